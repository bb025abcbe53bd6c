"""Touring dates: the town and the time that stand beside each other, whichever leads."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.reading.stay_days import days_of
from tests.reading.conftest import reader


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Malmö 3-7 december, Lund 8-9 december", [("1280", "12-03", "12-07"), ("1281", "12-08", "12-09")]),
        ("3-7 december i Malmö, 8-9 december i Lund", [("1280", "12-03", "12-07"), ("1281", "12-08", "12-09")]),
        ("Från 28 november till 3 december i Göteborg", [("1480", "11-28", "12-03")]),
        ("Stockholm 5:e-9:e maj. Sedan hemma", [("0180", "05-05", "05-09")]),
        ("Luleå dec 3 - dec 9", [("2580", "12-03", "12-09")]),
        ("Malmö 3-7/12 & Lund 10/12-14/12", [("1280", "12-03", "12-07"), ("1281", "12-10", "12-14")]),
        ("i Malmö t.o.m. 12 december", [("1280", "", "12-12")]),
        ("Malmö 7-3 december", []),
        ("Öppet 10-18 i Lund, ring 3-7", []),
        ("Ny i Malmö. Lediga dagar 3-7 december", []),
        ("3-7 december", []),
    ],
)
def test_dates_belong_to_the_town_beside_them(text: str, stays: list[tuple[str, str, str]]) -> None:
    assert [(stay.municipality, stay.first, stay.last) for stay in reader().read(text).stays] == stays


def test_a_time_without_a_date_is_said_as_it_stands() -> None:
    read = reader().read("This week in Lund, next week in Malmö!").as_json()["stays"]
    assert read == [
        {"municipality": "1281", "name": "Lund", "from": "", "to": "", "said": "this_week", "start": 0, "end": 17},
        {"municipality": "1280", "name": "Malmö", "from": "", "to": "", "said": "next_week", "start": 19, "end": 37},
    ]


@pytest.mark.parametrize(
    ("text", "written", "days"),
    [
        ("Malmö 3-7 december", date(2026, 11, 24), (date(2026, 12, 3), date(2026, 12, 7))),
        ("Malmö 3-7 december", date(2026, 12, 9), (date(2026, 12, 3), date(2026, 12, 7))),
        ("Malmö 3-7 januari", date(2026, 11, 24), (date(2027, 1, 3), date(2027, 1, 7))),
        ("Malmö 29 dec - 2 jan", date(2026, 12, 20), (date(2026, 12, 29), date(2027, 1, 2))),
        ("Malmö 29 dec - 2 jan", date(2027, 1, 1), (date(2026, 12, 29), date(2027, 1, 2))),
        ("i Malmö t.o.m. 12 december", date(2026, 11, 24), (None, date(2026, 12, 12))),
        ("Malmö 29 februari", date(2027, 12, 1), (date(2028, 2, 29), date(2028, 2, 29))),
        ("Malmö 31 november", date(2026, 11, 24), None),
        ("Malmö den här veckan", date(2026, 11, 24), (date(2026, 11, 24), date(2026, 11, 29))),
        ("Malmö nästa vecka", date(2026, 11, 24), (date(2026, 11, 30), date(2026, 12, 6))),
        ("i Malmö i helgen", date(2026, 11, 24), (date(2026, 11, 28), date(2026, 11, 29))),
        ("i Malmö i helgen", date(2026, 11, 29), (date(2026, 11, 29), date(2026, 11, 29))),
        ("i Malmö idag", date(2026, 11, 24), (date(2026, 11, 24), date(2026, 11, 24))),
        ("i Malmö i morgon", date(2026, 11, 30), (date(2026, 12, 1), date(2026, 12, 1))),
    ],
)
def test_the_day_a_text_was_written_says_which_days_are_meant(text: str, written: date, days: tuple[date | None, date] | None) -> None:
    (stay,) = reader().read(text).stays
    found = days_of(stay, written)
    assert (found and (found.first, found.last)) == days
