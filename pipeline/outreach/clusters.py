"""Clusters as scripts read them: the body of `lykta clusters --json`."""

from __future__ import annotations

from typing import Any

import duckdb

from pipeline.outreach.candidates import outreach_sql


def clusters(con: duckdb.DuckDBPyConnection, *, run: str, band: str | None, language: str) -> dict[str, Any]:
    """Return all clusters of the snapshot, or those of one band. Ads with a stated age under 18 are in none."""
    rows = con.execute(outreach_sql("clusters"), {"sv": language == "sv", "band": band}).fetchall()
    return {"run": run, "clusters": [_shape(row) for row in rows]}


def _shape(row: tuple[Any, ...]) -> dict[str, Any]:
    cluster, band, coverage, first_seen, last_seen, personas, municipalities, ads, findings, counters = row
    return {
        "cluster": cluster,
        "band": band,
        "coverage": round(coverage or 0.0, 2),
        "first_seen": first_seen.isoformat() + "Z",
        "last_seen": last_seen.isoformat() + "Z",
        "personas": personas,
        "municipalities": municipalities,
        "ads": ads,
        "findings": findings,
        "counter": counters,
    }
