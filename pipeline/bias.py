"""Who is flagged, approved and visited, by language, municipality and price: rates with intervals, small counts suppressed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import duckdb

from pipeline.outreach.figures import SMALL, suppressed
from pipeline.reading.places import municipality_names
from pipeline.store import sql

LEVEL = 0.95  # of every interval
PRICES = (1000, 1500, 2000)  # crowns an hour, the lower bounds of all price bands but the first
ASKED = ("language", "municipality", "price")
MEASURES = ("flagged", "approved", "visited")
UNKNOWN = "not said"
FEW = "groups too small to show"
NOTES = (
    "A unit is an advertiser as linked; an ad on its own is one. Intervals are Wilson's, 95 %.",
    f"Groups of fewer than {SMALL} units stand together; counts of 1 to {SMALL - 1} are left out, with others so that nothing can be subtracted.",
    "A rate that differs is a question, not an answer: groups differ in what they show, and with twenty groups one differs by chance.",
    "Words of nationality, ethnicity, gender and language are taken out before anything is compared; names are not, as two people are told apart by them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One advertiser as linked: its group by each thing asked, and whether it has a band, two people's approval, a visit."""

    language: str
    municipality: str
    price: str
    flagged: bool
    approved: bool
    visited: bool


def wilson(count: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the bounds of a share, 0 to 1, by Wilson's interval, which holds for small counts too; (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    z, share = NormalDist().inv_cdf(0.5 + level / 2), count / of
    middle, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return 0.0 if count == 0 else low, 1.0 if count == of else high


def units(con: duckdb.DuckDBPyConnection, approved: frozenset[str], visited: frozenset[str]) -> list[Unit]:
    """Return all units of a store.

    Args:
        con: the store, readable by plain table names.
        approved, visited: clusters that two people let through; that anybody went to.
    """
    towns = municipality_names()
    return [
        Unit(
            language=language or UNKNOWN,
            municipality=towns.get(municipality, municipality) or UNKNOWN,
            price=_price(hour),
            flagged=band is not None,
            approved=unit in approved,
            visited=unit in visited,
        )
        for unit, band, language, municipality, hour in con.execute(sql("bias_units")).fetchall()
    ]


def _price(hour: float | None) -> str:
    if hour is None:
        return UNKNOWN
    above = [bound for bound in PRICES if hour >= bound]
    below = [bound for bound in PRICES if hour < bound]
    return f"from {above[-1]} kr/h" if not below else f"below {below[0]} kr/h" if not above else f"{above[-1]} to {below[0]} kr/h"


def bias(found: Sequence[Unit]) -> dict[str, Any]:
    """Return the body of `lykta bias`: by each thing asked a row for each group, the largest first, and all units last."""
    return {"version": 1, "level": LEVEL, "by": {name: _table(found, name) for name in ASKED}, "notes": list(NOTES)}


def _table(found: Sequence[Unit], name: str) -> list[dict[str, Any]]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for one in found:
        groups[getattr(one, name)].append(one)
    few = [group for group, members in groups.items() if len(members) < SMALL]
    together = [one for group in few for one in groups.pop(group)]
    names = sorted(groups, key=lambda group: (-len(groups[group]), group))
    if together:
        names.append(FEW)
        groups[FEW] = together
    table = [_counts(groups[group]) for group in names]
    shown = suppressed([*table, [sum(row[place] for row in table) for place in range(len(MEASURES) + 1)]])
    overall = _counts(found)
    return [_row(group, cells, overall) for group, cells in zip([*names, "all"], shown, strict=True)]


def _counts(members: Sequence[Unit]) -> list[int]:
    return [len(members), *(sum(getattr(one, measure) for one in members) for measure in MEASURES)]


def _row(group: str, cells: Sequence[int | None], overall: Sequence[int]) -> dict[str, Any]:
    usual = [count / max(1, overall[0]) for count in overall[1:]]
    rates = {name: _rate(count, cells[0], rate) for name, count, rate in zip(MEASURES, cells[1:], usual, strict=True)}
    return {"group": group, "units": cells[0], **rates}


def _rate(count: int | None, of: int | None, usual: float) -> dict[str, Any] | None:
    """Return count, rate and interval, and whether the rate of all lies outside it; None where the count is suppressed."""
    if count is None or of is None:
        return None
    low, high = wilson(count, of)
    return {"count": count, "rate": count / of if of else 0.0, "low": low, "high": high, "differs": not low <= usual <= high}
