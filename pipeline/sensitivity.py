"""How bands move when each weight, and each indicator, counts half or half more: nobody's place should hang on one guess."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from indicators.catalogue import catalogue
from pipeline.indicator_settings import IndicatorSettings
from pipeline.score import ScoreSettings, counters_in, found_in
from pipeline.score_arithmetic import Found, band_of
from pipeline.what_if import refuse_other_catalogue

SHARES = (0.5, 1.5)  # of what something counts now
BANDS = ("A", "B", "C", None)
SCORED = "SELECT cluster_id, as_of, catalogue FROM cluster_priority ORDER BY cluster_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """All clusters of a night: their findings, what speaks against them, and the moment they were scored at."""

    found: Mapping[str, Sequence[Found]]
    counters: Mapping[str, Sequence[str]]
    as_of: datetime


def sensitivity(con: duckdb.DuckDBPyConnection, settings: ScoreSettings) -> dict[str, Any]:
    """Return the body of `lykta indicators sensitivity`: bands now, and for each change how many clusters rise, fall, come in and go out.

    Args:
        con: a store or snapshot that holds a scored night.
        settings: those of the night that scored.

    Raises:
        Failure: points, rules or phrases have changed since the night (7).
    """
    rows = con.execute(SCORED).fetchall()
    for version in {row[2] for row in rows}:
        refuse_other_catalogue(version, settings)
    if not rows:
        return {"version": 1, "clusters": 0, "bands": _counted([]), "changes": []}
    found = found_in(con, settings)
    town = Town(found={cluster: found[cluster] for cluster, _, _ in rows}, counters=counters_in(con), as_of=rows[0][1])
    now = bands(town, settings.indicators)
    changes = [{"what": what, "share": share, **_moved(now, bands(town, changed))} for what, share, changed in variants(settings.indicators)]
    return {"version": 1, "clusters": len(rows), "bands": _counted(list(now.values())), "changes": changes}


def bands(town: Town, settings: IndicatorSettings) -> dict[str, str | None]:
    """Return the band of every cluster."""
    return {cluster: band_of(found, town.counters.get(cluster, ()), settings, town.as_of) for cluster, found in town.found.items()}


def variants(settings: IndicatorSettings) -> Iterator[tuple[str, float, IndicatorSettings]]:
    """Yield each strength, each indicator that counts, and the counter-evidence, at half and at half more; caps and gate stay as they are."""
    for tier, weight in settings.weights.items():
        if weight:
            yield from ((f"weight {tier}", share, dataclasses.replace(settings, weights={**settings.weights, tier: weight * share})) for share in SHARES)
    for share in SHARES:
        yield "counter-evidence", share, dataclasses.replace(settings, counter=dataclasses.replace(settings.counter, each=settings.counter.each * share))
    for item in catalogue():
        if item.family in settings.family_caps and settings.weights.get(item.tier, 0.0):
            yield from ((item.id, share, dataclasses.replace(settings, shares={**settings.shares, item.id: share})) for share in SHARES)


def _moved(now: Mapping[str, str | None], then: Mapping[str, str | None]) -> dict[str, Any]:
    """Count what moved; every cluster that moves is in exactly one of up, down, enters, leaves."""
    moved = [(now[cluster], then[cluster]) for cluster in now if now[cluster] != then[cluster]]
    return {
        "up": sum(before is not None and after is not None and after < before for before, after in moved),
        "down": sum(before is not None and after is not None and after > before for before, after in moved),
        "enters": sum(before is None for before, _ in moved),
        "leaves": sum(after is None for _, after in moved),
        "bands": _counted(list(then.values())),
    }


def _counted(found: Sequence[str | None]) -> dict[str, int]:
    counts = Counter(found)
    return {band or "none": counts[band] for band in BANDS}
