"""A week for several pairs and areas under capacity: who goes where, when, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipeline.casebook.teamwork import Pair

DAY_MAX = 6  # visits of one pair an evening
WORKDAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One row of a list in the week: which pair on which day, or neither when there is no room. `reasons` name words of the page."""

    row: Mapping[str, Any]
    pair: str
    day: date | None
    reasons: tuple[str, ...]


def plan_week(rows: Sequence[Mapping[str, Any]], pairs: Sequence[Pair], monday: date) -> list[Planned]:
    """Give the rows, in the order of the list, to pairs with room: first a pair that goes to the same municipality already, else the emptiest.

    The day is the earliest with room on which that pair goes to the municipality, no later than the person probably leaves.
    """
    week, days, planned = Counter[str](), Counter[tuple[str, date]](), []
    places: dict[tuple[str, date], str] = {}
    for row in rows:
        able = [pair for pair in pairs if (not pair.municipalities or row["municipality"] in pair.municipalities) and week[pair.name] < pair.visits]
        chosen = _chosen(row, able, monday, week, days, places)
        if chosen is None:
            covered = any(not pair.municipalities or row["municipality"] in pair.municipalities for pair in pairs)
            planned.append(Planned(row=row, pair="", day=None, reasons=("full",) if covered else ("uncovered",)))
            continue
        pair, day, reasons = chosen
        week[pair.name] += 1
        days[(pair.name, day)] += 1
        places[(pair.name, day)] = row["municipality"]
        planned.append(Planned(row=row, pair=pair.name, day=day, reasons=reasons))
    return planned


def _chosen(
    row: Mapping[str, Any], able: Sequence[Pair], monday: date, week: Counter[str], days: Counter[tuple[str, date]], places: Mapping[tuple[str, date], str]
) -> tuple[Pair, date, tuple[str, ...]] | None:
    """Return pair, day and reasons for one row, or None when nobody has room in time."""
    leaves = date.fromisoformat(str(row["expected_to_leave"])[:10])
    open_days = [day for day in (monday + timedelta(days=number) for number in range(WORKDAYS)) if day <= max(leaves, monday)]
    slots = [
        (places.get((pair.name, day)) != row["municipality"], places.get((pair.name, day)) is not None, week[pair.name], day, pair.name, pair)
        for pair in able
        for day in open_days
        if days[(pair.name, day)] < DAY_MAX and places.get((pair.name, day)) in (None, row["municipality"])
    ]
    if not slots:
        return None
    elsewhere, _, _, day, _, pair = min(slots, key=lambda slot: slot[:5])
    reasons = ["first_room" if elsewhere else "same_place"]
    if leaves <= monday + timedelta(days=WORKDAYS):
        reasons.append("leaves_soon")
    if pair.municipalities:
        reasons.append("own_area")
    return pair, day, tuple(reasons)
