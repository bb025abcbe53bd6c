"""The runs that the published snapshot carries, as facts."""

from __future__ import annotations

import duckdb

from pipeline.health.facts import Facts, from_row

RUNS = "SELECT * EXCLUDE (run) FROM site_run WHERE started_at > (SELECT max(started_at) - INTERVAL 40 DAY FROM site_run) ORDER BY started_at"


def runs(con: duckdb.DuckDBPyConnection) -> list[Facts]:
    """Return what is kept of the crawls of the last 40 days, oldest first; none from a snapshot that was published before runs were kept."""
    try:
        return [from_row(row) for row in con.execute(RUNS).fetchall()]
    except duckdb.CatalogException:
        return []
