"""A week for several pairs: under capacity, in their areas, together where they go anyway, in time."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.casebook.teamwork import Pair
from pipeline.outreach.week import plan_week

MONDAY = date(2026, 11, 23)


def row(number: int, municipality: str = "1283", leaves: str = "2026-12-20") -> dict[str, Any]:
    return {"row": number, "municipality": municipality, "expected_to_leave": leaves}


def pair(name: str, visits: int, *municipalities: str) -> Pair:
    return Pair(name=name, municipalities=municipalities, visits=visits, languages="")


def planned(rows: list[dict[str, Any]], pairs: list[Pair]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.pair, one.day.isoformat() if one.day else "", one.reasons) for one in plan_week(rows, pairs, MONDAY)]


def test_rows_of_one_municipality_are_one_evening() -> None:
    assert planned([row(1), row(2)], [pair("ett", 6)]) == [("ett", "2026-11-23", ("first_room",)), ("ett", "2026-11-23", ("same_place",))]


def test_capacity_and_areas_hold() -> None:
    rows = [row(1), row(2, "1480"), row(3, "0180"), row(4)]
    assert [one[:1] + one[2:] for one in planned(rows, [pair("skåne", 1, "1283"), pair("göteborg", 5, "1480")])] == [
        ("skåne", ("first_room", "own_area")), ("göteborg", ("first_room", "own_area")), ("", ("uncovered",)), ("", ("full",)),
    ]  # fmt: skip


def test_another_town_is_another_day_and_who_leaves_is_met_before() -> None:
    rows = [row(1), row(2, "1480", "2026-11-23"), row(3, "1480")]
    assert planned(rows, [pair("ett", 6)]) == [("ett", "2026-11-23", ("first_room",)), ("", "", ("full",)), ("ett", "2026-11-24", ("first_room",))]
