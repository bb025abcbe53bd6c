"""Figures for a steering group: no small cell is shown, and none can be found by subtracting."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.outreach.figures import SMALL, days_to_offer, figures, suppressed

TABLES = st.integers(1, 6).flatmap(lambda rows: st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=rows, max_size=rows))


@given(TABLES)
def test_nobody_finds_a_small_cell_by_subtracting(body: list[list[int]]) -> None:
    totals = [sum(row[place] for row in body) for place in range(2)]
    shown = suppressed([*body, totals])
    for place in range(2):
        column = [row[place] for row in shown]
        assert not [value for value in column if value is not None and 0 < value < SMALL]
        unknown = [number for number, value in enumerate(column[:-1]) if value is None]
        if column[-1] is not None and unknown:
            left = column[-1] - sum(value for value in column[:-1] if value is not None)
            ways = [way for way in product(range(1, left + 1), repeat=len(unknown)) if sum(way) == left] if len(unknown) < 4 else []
            assert len(unknown) > 1 and (len(unknown) >= 4 or all(len({way[place] for way in ways}) > 1 for place in range(len(unknown))))


def outcome(at: str, code: str = "contact_talk", municipality: str = "1283") -> dict[str, Any]:
    return {"at": at, "code": code, "body": {"municipality": municipality, "lane": "R3", "last_seen": "2026-10-01T00:00:00Z"}}


def test_a_running_month_is_not_counted_and_measures_overlap() -> None:
    found = [outcome(f"2026-10-{day:02d}T10:00:00", "accepted_health") for day in range(1, 8)] + [outcome("2026-11-03T10:00:00")] * 9
    table = figures(found, by="month", until=date(2026, 11, 1))
    assert (table.names, table.cells, table.totals) == (("2026-10",), ((7, 7, 7, 0, 0),), (7, 7, 7, 0, 0))
    assert days_to_offer(found, until=date(2026, 11, 1)) == 3
    assert days_to_offer(found[:4], until=date(2026, 11, 1)) is None
