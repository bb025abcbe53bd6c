"""Rates by who is flagged: intervals that hold, small counts that nobody can subtract, and every advertiser counted once."""

from __future__ import annotations

import math

import pytest

from pipeline.bias import ASKED, FEW, MEASURES, Unit, bias, units, wilson
from pipeline.outreach.figures import SMALL
from tests.indicators.town import Advert, judge, store_of


def people(language: str, count: int, *, flagged: int = 0, approved: int = 0) -> list[Unit]:
    """Advertisers of one language, the first of them flagged and approved."""
    return [
        Unit(language=language, municipality="Lund", price="not said", flagged=number < flagged, approved=number < approved, visited=False)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (50, 1000, 0.0381, 0.0653), (0, 0, 0.0, 1.0)]
)
def test_intervals_are_wilsons_as_published(count: int, of: int, low: float, high: float) -> None:
    assert list(wilson(count, of)) == pytest.approx([low, high], abs=5e-5)


def test_an_interval_covers_the_true_share_nine_times_in_ten_whatever_the_size() -> None:
    for of, share in ((8, 0.3), (40, 0.05), (200, 0.02)):
        chances = [math.comb(of, count) * share**count * (1 - share) ** (of - count) for count in range(of + 1)]
        covered = sum(chance for count, chance in enumerate(chances) if wilson(count, of)[0] <= share <= wilson(count, of)[1])
        assert covered >= 0.9


def test_P22_a_group_whose_rate_is_not_that_of_all_is_marked() -> None:
    rows = {row["group"]: row for row in bias([*people("sv", 900, flagged=30), *people("ro", 100, flagged=30)])["by"]["language"]}
    assert list(rows) == ["sv", "ro", "all"]
    assert [rows[name]["flagged"]["differs"] for name in rows] == [True, True, False]
    assert not any(row[name]["differs"] for row in rows.values() for name in ("approved", "visited") if row[name]["count"] == 0), "nobody was visited"
    assert (rows["ro"]["units"], rows["ro"]["flagged"]["count"], rows["ro"]["flagged"]["rate"]) == (100, 30, 0.3)


def test_small_groups_stand_together_and_no_small_count_can_be_subtracted() -> None:
    found = [*people("sv", 40, flagged=9, approved=2), *people("en", 30, flagged=6), *people("th", 3, flagged=1), *people("hu", 4, flagged=3)]
    rows = {row["group"]: row for row in bias(found)["by"]["language"]}
    assert list(rows) == ["sv", "en", FEW, "all"]
    shown = [row["flagged"] for row in rows.values()]
    hidden = sum(cell is None for cell in shown[:-1])
    assert shown[2] is None and (hidden > 1 or shown[-1] is None), "4 of 7 would follow from the total"
    assert all(cell["count"] == 0 or cell["count"] >= SMALL for row in rows.values() for name in MEASURES if (cell := row[name]) is not None)
    assert rows["sv"]["approved"] is None and rows["all"]["approved"] is None


def test_P22_every_advertiser_is_counted_once_by_language_municipality_and_price() -> None:
    adverts = [Advert(number=number, name=name, phone="c1", town="1283") for number, name in enumerate(("Lina", "Mia", "Eva"), start=1)]
    con = store_of([*adverts, Advert(number=9, name="Sara", phone="c2", town="1281")])
    con.execute("DELETE FROM cluster_member WHERE ad_id = 9")
    con.execute("INSERT INTO price VALUES (1, 1, 800, 'SEK', 30, 'text', 0, 0), (9, 9, 1200, 'SEK', 60, 'text', 0, 0)")
    con.execute("INSERT INTO ad_language VALUES (1, 1, 'sv', 0.9), (1, 1, 'en', 0.1), (2, 2, 'sv', 1.0)")
    judge(con)
    con.execute("UPDATE cluster_priority SET band = 'C'")
    found = units(con, frozenset({"k-1"}), frozenset())
    con.execute("UPDATE observed SET minor = true WHERE ad_id = 9")
    assert found == [
        Unit(language="not said", municipality="Lund", price="1000 to 1500 kr/h", flagged=False, approved=False, visited=False),
        Unit(language="sv", municipality="Helsingborg", price="1500 to 2000 kr/h", flagged=True, approved=True, visited=False),
    ]
    assert [one.municipality for one in units(con, frozenset(), frozenset())] == ["Helsingborg"], "an ad that may be of a child is in no statistics"
    assert set(bias(found)["by"]) == set(ASKED)
