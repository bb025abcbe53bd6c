"""The table by kind says who was found, who was missed, and for want of what."""

from __future__ import annotations

from typing import Any

from pipeline.evaluate_kinds import by_kind, groups_of
from tests.indicators.town import Advert, judge, store_of
from tests.pipeline.test_score import RING

FRIENDS = [Advert(number=100 + number, name=name, phone="c9", cluster="k-2") for number, name in enumerate(("Anna", "Anna", "Britt", "Britt"))]
SINGLE = [Advert(number=200 + number, name="Siv", phone=f"s{number}", cluster=f"k-s{number // 2}") for number in range(6)]


def truth(adverts: list[Advert], kind: str, *, controlled: bool) -> list[dict[str, Any]]:
    return [{"site": "exempel", "url": f"u{one.number}", "group": kind, "controlled": controlled, "kind": kind} for one in adverts]


def test_each_kind_has_a_row_with_what_was_found_and_what_was_missing() -> None:
    con = store_of([*RING, *FRIENDS, *SINGLE])
    judge(con)
    known = [*truth(RING, "circuit", controlled=True), *truth(FRIENDS, "friends", controlled=False), *truth(SINGLE, "scattered", controlled=True)]
    con.execute("DELETE FROM cluster_member WHERE ad_id = 205")
    con.execute("INSERT INTO finding VALUES ('f', 'coercion_debt_help_cue', NULL, 'ad:200', 'strong', '2026-11-20', '', '')")
    con.execute("INSERT INTO finding_evidence VALUES ('f', 200, 'text', 'x')")
    rows = {row["kind"]: row for row in by_kind(con, known)}
    assert {kind: (row["controlled"], row["large_in_band"], row["large_groups"], row["missing"]) for kind, row in rows.items()} == {
        "circuit": (True, 1, 1, {}),
        "friends": (False, 0, 1, {"families": 1}),
        "scattered": (True, 0, 1, {"split": 1}),
    }
    assert rows["circuit"]["bands"] == {"A": 1, "B": 0, "C": 0}
    assert rows["circuit"]["flagged_by"]["group_circuit"] == 1 and rows["friends"]["flagged_by"] == {}
    assert [rows[kind]["read_otherwise"] for kind in rows] == [{}, {}, {"same day": 1}]
    assert rows["circuit"]["families"]["movement"] == 1.0


def test_an_advertiser_whose_ads_are_linked_with_nothing_is_said_to_lack_links_and_a_truth_without_kinds_has_no_table() -> None:
    con = store_of(SINGLE)
    con.execute("DELETE FROM cluster_member")
    known = truth(SINGLE, "scattered", controlled=True)
    assert [(one.missing, one.ads, one.band) for one in groups_of(con, known)] == [("not linked", 6, None)]
    assert by_kind(con, [{**row, "kind": ""} for row in known]) == []
