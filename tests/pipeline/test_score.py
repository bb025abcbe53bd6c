"""The arithmetic of a score, by hand."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from pipeline.explain import explain
from pipeline.indicator_settings import IndicatorSettings
from pipeline.score_arithmetic import Found, score_cluster
from tests.indicators.town import TOUR, Advert, bands, judge, parts, shipped_indicators, store_of

AS_OF = datetime(2026, 11, 23)


@pytest.fixture(scope="module")
def settings() -> IndicatorSettings:
    return shipped_indicators()


def found(family: str, strength: str, days: int = 0, *, indicator: str = "", raised_by: str = "") -> Found:
    name = indicator or f"{family}_{strength}"
    return Found(indicator=name, family=family, strength=strength, last_supported=AS_OF - timedelta(days=days), title=name, raised_by=raised_by)


def several(family: str, *strengths: str) -> list[Found]:
    """Different indicators of one family."""
    return [found(family, strength, indicator=f"{family}_{number}") for number, strength in enumerate(strengths)]


WORKED = {
    "independent touring, chatty ad": (
        [*several("contact", "weak"), *several("language", *3 * ("weak",)), *several("inconsistency", "weak", "weak"), *several("rhythm", "weak")],
        (2.625, 0, 0.5, False, None),
    ),
    "all language, inconsistency and rhythm": (
        [*several("language", "moderate", *6 * ("weak",)), *several("inconsistency", *3 * ("weak",)), *several("rhythm", *5 * ("weak",))],
        (3.375, 2, 0.0, False, None),
    ),
    "ordinary massage chain": ([*several("venue", "weak"), *several("language", "moderate"), *several("rhythm", "weak")], (2.5, 1, 0.5, False, None)),
    "parlour with sex-ad link and live-in work": ([*several("venue", "moderate", "moderate"), *several("rhythm", "weak")], (2.75, 1, 2.25, False, None)),
    "parlour rotation network": (
        [*several("venue", "strong", "moderate"), *several("movement", "strong"), *several("contact", "strong")],
        (9.75, 3, 9.75, True, "A"),
    ),
    "agency-like cluster": ([*several("contact", "strong"), *several("authorship", "moderate"), *several("images", "weak")], (5.0, 2, 5.0, True, "C")),
    "managed touring network": (
        [*several("contact", "strong", "moderate"), *several("movement", "strong"), *several("images", "moderate"),
         *several("authorship", "moderate", "moderate")],
        (10.5, 4, 10.5, True, "A"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_example_gives_what_the_catalogue_says(case: str, settings: IndicatorSettings) -> None:
    signs, expected = WORKED[case]
    score = score_cluster(signs, [], settings, AS_OF)
    families = score.parts["families"]
    wide = sum(family["counted"] >= 1.0 for family in families)
    structural = sum(family["counted"] for family in families if family["family"] in settings.structural)
    assert (score.total, wide, structural, score.gate_met, score.band) == expected


def test_three_friends_who_say_so_pass_the_gate_and_are_held(settings: IndicatorSettings) -> None:
    friends = [*several("contact", "strong"), *several("movement", "strong")]
    score = score_cluster(friends, ["declared_duo_or_collective"], settings, AS_OF)
    assert (score.total, score.gate_met, score.band, score.held_by) == (5.5, True, None, "declared_duo_or_collective")
    assert score_cluster([*friends, found("images", "moderate")], ["declared_duo_or_collective"], settings, AS_OF).band == "B"


def test_a_finding_halves_thirty_days_after_the_fortnight_and_expires(settings: IndicatorSettings) -> None:
    totals = [score_cluster([found("contact", "strong", days)], [], settings, AS_OF).total for days in (0, 14, 44, 74, 179, 180)]
    assert totals == [3.0, 3.0, 1.5, 0.75, pytest.approx(0.066, abs=0.001), 0.0]


def test_the_gate_does_not_age_and_the_band_does(settings: IndicatorSettings) -> None:
    signs = [found(family, "strong", 60) for family in ("contact", "movement", "venue")]
    assert [score_cluster([*signs[:count]], [], settings, AS_OF).band for count in (1, 2, 3)] == [None, "C", "C"]
    assert [score_cluster(signs, [], settings, AS_OF - timedelta(days=days)).band for days in (60, 30, 0)] == ["A", "B", "C"]


def test_each_piece_of_counter_evidence_takes_half_a_point_and_never_more_than_one_and_a_half(settings: IndicatorSettings) -> None:
    signs = [*several("contact", "strong"), *several("movement", "strong")]
    totals = [score_cluster(signs, [f"c{number}" for number in range(count)], settings, AS_OF).total for count in range(6)]
    assert totals == [6.0, 5.5, 5.0, 4.5, 4.5, 4.5]
    assert score_cluster([found("contact", "weak")], ["a", "b", "c"], settings, AS_OF).total == 0.0


def test_ten_phones_count_as_one(settings: IndicatorSettings) -> None:
    once = score_cluster([found("contact", "strong")], [], settings, AS_OF)
    assert score_cluster([found("contact", "strong") for _ in range(10)], [], settings, AS_OF) == once


def test_order_does_not_matter(settings: IndicatorSettings) -> None:
    signs = [found("contact", "strong", 20), found("contact", "weak"), found("movement", "strong"), found("language", "moderate", 3)]
    assert len({str(score_cluster(order, ["b", "a"], settings, AS_OF)) for order in itertools.permutations(signs)}) == 1


def test_the_weakest_sign_is_the_one_without_which_the_band_falls_furthest(settings: IndicatorSettings) -> None:
    signs = [*several("contact", "strong"), *several("movement", "strong"), found("images", "moderate"), found("language", "weak")]
    assert score_cluster(signs, [], settings, AS_OF).parts["weakest"] == "Utan ”contact_0” skulle bandet falla till C."
    two = [*several("contact", "strong"), *several("authorship", "moderate")]
    assert score_cluster(two, [], settings, AS_OF).parts["weakest"] == "Utan ”contact_0” skulle klustret inte nå poänggrinden."


def test_a_band_that_hangs_on_no_sign_alone_says_so(settings: IndicatorSettings) -> None:
    signs = [*several("contact", "strong"), *several("movement", "strong"), *several("venue", "strong"), *several("payments", "strong")]
    expected = "Bandet hänger inte på ett enda tecken: utan ”contact_0”, som väger mest, vore det fortfarande A."
    assert score_cluster(signs, [], settings, AS_OF).parts["weakest"] == expected


def test_leaving_out_a_sign_lowers_those_that_it_raised(settings: IndicatorSettings) -> None:
    raised = found("language", "moderate", indicator="said", raised_by="phone")
    signs = [found("contact", "strong", indicator="phone"), found("movement", "strong"), raised, found("venue", "strong")]
    assert score_cluster(signs, [], settings, AS_OF).parts["weakest"] == "Utan ”phone” skulle bandet falla till B."
    assert score_cluster(signs[1:], [], settings, AS_OF).total - 1.0 == 6.5


def test_a_cluster_without_band_hangs_on_nothing(settings: IndicatorSettings) -> None:
    assert score_cluster([found("contact", "strong")], [], settings, AS_OF).parts["weakest"] == ""
    assert score_cluster([], [], settings, AS_OF).parts["weakest"] == ""


def total_by_hand(shown: Mapping[str, Any]) -> float:
    """Add up a total from the shown parts alone, as a person with a pencil would."""
    points = 0.0
    for family in shown["families"]:
        worth = sorted((sign["weight"] * sign["decay"] for sign in family["findings"]), reverse=True)
        points += min(family["cap"], sum(value / (1, 2, 4)[min(place, 2)] for place, value in enumerate(worth)))
    return max(0.0, points - min(1.5, 0.5 * len(shown["counter"])))


MUNICIPALITIES = {"Helsingborg": "1283", "Malmö": "1280", "Lund": "1281"}
RING = [
    Advert(
        number=10 * person + stop, name=name, phone=f"c{person % 2}", town=MUNICIPALITIES[city], first=first, last=first + 4, pictures=(7, 8), template=3,
        cues=("third_party_contact_language", "client_screening_language"),
    )
    for person, name in enumerate(("Lina", "Mia", "Eva", "Sara", "Nora", "Moa"))
    for stop, (city, first) in enumerate(TOUR)
]  # fmt: skip


def test_explain_shows_every_part_from_which_a_person_gets_the_same_total() -> None:
    con = store_of(RING)
    judge(con)
    body = explain(con, "k-1")
    assert set(body) == {"version", "cluster", "band", "links", "families", "counter", "total", "gate", "weakest"}
    assert [family["family"] for family in body["families"]] == ["authorship", "contact", "images", "language", "movement"]
    assert [item["id"] for item in body["counter"]] == ["own_rules_and_boundaries"]
    assert body["total"] == pytest.approx(total_by_hand(body)) == 10.0
    assert all(rule["met"] for rule in body["gate"]) and body["band"] == "A"


@pytest.mark.parametrize("days", [0, 20, 50, 100, 200])
def test_the_total_is_the_sum_of_its_shown_parts_however_old_they_are(days: int) -> None:
    con = store_of(RING)
    judge(con, AS_OF + timedelta(days=days))
    assert bands(con)["k-1"][1] == pytest.approx(total_by_hand(parts(con)))
