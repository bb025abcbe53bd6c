"""Why a cluster stands where it stands: its links and every part of its total."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import duckdb

from pipeline.failure import Exit, Failure
from pipeline.outreach.sentences import came
from pipeline.store import sql

LINEAGE = """
SELECT cluster_id, run, from_cluster, why FROM cluster_lineage WHERE $cluster IS NULL OR cluster_id = $cluster ORDER BY cluster_id, run DESC, from_cluster
"""


def explain(con: duckdb.DuckDBPyConnection, cluster_id: str) -> dict[str, Any]:
    """Return the body of `lykta explain`: links with a sentence each, families, counter-evidence, total, gate, weakest sign.

    Raises:
        Failure: no cluster has that id.
    """
    row = con.execute("SELECT band, parts FROM cluster_priority WHERE cluster_id = $cluster", {"cluster": cluster_id}).fetchone()
    if row is None:
        raise Failure(Exit.USAGE, f"{cluster_id}: no such cluster. `lykta clusters` lists them.")
    links = [
        {"a": {"site": a_site, "url": a_url}, "b": {"site": b_site, "url": b_url}, "kind": kind, "weight": weight, "sentence": sentence}
        for a_site, a_url, b_site, b_url, kind, weight, sentence in con.execute(sql("score_links"), {"cluster": cluster_id}).fetchall()
    ]
    parts = json.loads(row[1])
    parts.pop("hangs_on", None)  # what the page says in other languages
    return {"version": 1, "cluster": cluster_id, "band": row[0], "links": links, **parts}


def lineage(con: duckdb.DuckDBPyConnection, cluster_id: str | None = None) -> dict[str, list[str]]:
    """Return for each cluster that came from others, or for the one named, a Swedish sentence for each, the latest night first."""
    found: dict[str, list[str]] = defaultdict(list)
    for cluster, run, source, why in con.execute(LINEAGE, {"cluster": cluster_id}).fetchall():
        found[cluster].append(f"{run}: {came('sv', why, cluster, source)}")
    return dict(found)
