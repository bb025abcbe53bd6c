"""Figures that a steering group may see: whole months, areas, lanes, offers, answers, harm; small cells suppressed so that nothing can be subtracted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from pipeline.casebook.visits import outcome_codes

SMALL = 5  # counts from 1 to 4 are never shown
MEASURES = ("rows", "answered", "offer", "declined", "harm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One table: rows by name, columns by measure, None where a cell is suppressed; totals stand last in each row and in the last row."""

    names: tuple[str, ...]
    measures: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]


def suppressed(table: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Suppress small cells of a table whose last row holds the totals of its columns, and others with them so that no total gives them back.

    A column's hidden cells are at least two, and together at least SMALL, unless nothing else is left to hide; then the total goes too.
    Rows carry no totals: their measures overlap.
    """
    hidden = [[0 < value < SMALL for value in row] for row in table]
    for column in range(len(table[0]) if table else 0):
        _protect([row[column] for row in table], hidden, column)
    return [[None if hidden[number][place] else value for place, value in enumerate(row)] for number, row in enumerate(table)]


def _protect(values: Sequence[int], hidden: list[list[bool]], column: int) -> None:
    body = range(len(values) - 1)
    while True:
        gone = [number for number in body if hidden[number][column]]
        if not gone or hidden[-1][column] or (len(gone) > 1 and sum(values[number] for number in gone) >= SMALL):
            break
        left = [number for number in body if not hidden[number][column] and values[number] > 0]
        if not left:
            hidden[-1][column] = True
            break
        hidden[min(left, key=lambda number: (values[number], number))][column] = True
    if hidden[-1][column]:
        for number in body:
            hidden[number][column] = hidden[number][column] or values[number] > 0


def figures(outcomes: Sequence[Mapping[str, Any]], *, by: str, until: date) -> Figures:
    """Count outcomes by `month`, `municipality` or `lane`, those before `until` alone (the first day of a month).

    One outcome counts in every measure that it meets: rows, somebody answered, an offer was accepted, declined, harm done.
    """
    codes, counts = outcome_codes(), Counter[tuple[str, str]]()
    names: dict[str, None] = {}
    for one in sorted(outcomes, key=lambda item: str(item["at"])):
        at, meant = datetime.fromisoformat(str(one["at"])), codes[one["code"]]
        if at.date() >= until:
            continue
        name = f"{at:%Y-%m}" if by == "month" else str(one["body"].get(by) or "")
        names.setdefault(name)
        counts[(name, "rows")] += 1
        for measure in MEASURES[1:]:
            counts[(name, measure)] += bool(meant[measure])
    body = [[counts[(name, measure)] for measure in MEASURES] for name in names]
    table = [*body, [sum(row[place] for row in body) for place in range(len(MEASURES))]]
    shown = suppressed(table)
    return Figures(names=tuple(names), measures=MEASURES, cells=tuple(tuple(row) for row in shown[:-1]), totals=tuple(shown[-1]))


def days_to_offer(outcomes: Sequence[Mapping[str, Any]], *, until: date) -> int | None:
    """Return the median days from the last sighting of an ad to the outcome, None for fewer than SMALL."""
    days = [
        (datetime.fromisoformat(str(one["at"])) - datetime.fromisoformat(str(one["body"]["last_seen"]).removesuffix("Z"))).days
        for one in outcomes
        if datetime.fromisoformat(str(one["at"])).date() < until
    ]
    return int(median(days)) if len(days) >= SMALL else None
