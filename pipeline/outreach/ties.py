"""What a person should know of a cluster's links: what people judged of them, what may belong too, and what was never followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.casebook.belonging import Reasoned, judgements_on
from pipeline.casebook.book import Casebook
from pipeline.outreach.candidates import outreach_sql

SUCCESSOR = """
SELECT lineage.cluster_id FROM cluster_lineage AS lineage JOIN cluster USING (cluster_id)
WHERE from_cluster = $cluster AND why IN ('merged', 'joined') ORDER BY run DESC, lineage.cluster_id LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Links that were not followed to one other cluster ('' for single ads): why, to how many ads, what is shared."""

    other: str
    why: str
    ads: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverLinked:
    """Something that ads of the cluster show and that never links: `shown` is masked, '' for pictures and texts."""

    kind: str
    shown: str
    reason: str
    ads: int

    @property
    def cause(self) -> str:
        """The reason without its figures, as a key of the page's words."""
        return self.reason.split(":")[0].replace(" ", "_").replace("/", "_").replace(".", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """`states` says how each judgement stood on the night of the snapshot: number -> (state, numbers that contradict it)."""

    states: dict[int, tuple[str, str]]
    doubts: tuple[Doubt, ...]
    never: tuple[NeverLinked, ...]


def ties(con: duckdb.DuckDBPyConnection, cluster: str) -> Ties:
    """Read the ties of one cluster from a review snapshot; a snapshot of an earlier program has none of them."""
    return ties_of(con, [cluster])[cluster]


def ties_of(con: duckdb.DuckDBPyConnection, clusters: Sequence[str]) -> dict[str, Ties]:
    """Read the ties of several clusters at once, which costs little more than those of one."""
    known, doubts, never = (_rows(con, name, clusters) for name in ("view_judgements", "view_doubts", "view_excluded"))
    return {
        cluster: Ties(
            states={number: (state, against) for number, state, against in known[cluster]},
            doubts=tuple(Doubt(other=row[0], why=row[1], ads=row[2], kinds=tuple(row[3] or ())) for row in doubts[cluster]),
            never=tuple(NeverLinked(kind=row[0], shown=row[1], reason=row[2], ads=row[3]) for row in never[cluster]),
        )
        for cluster in clusters
    }


def states(con: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, str]]:
    """Return how every judgement stood on the night of the snapshot: number -> (state, numbers that contradict it)."""
    try:
        return {row[0]: (row[1], row[2]) for row in con.execute("SELECT judgement, state, against FROM link_judgement").fetchall()}
    except duckdb.CatalogException:
        return {}


def successor(con: duckdb.DuckDBPyConnection, cluster: str) -> str:
    """Return the cluster that one went into, as the snapshot knows it now; '' when it did not go into any that is still there."""
    row = con.execute(SUCCESSOR, {"cluster": cluster}).fetchone()
    return str(row[0]) if row else ""


def _rows(con: duckdb.DuckDBPyConnection, name: str, clusters: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each cluster without its name."""
    found: dict[str, list[tuple[Any, ...]]] = {cluster: [] for cluster in clusters}
    try:
        rows = con.execute(outreach_sql(name), {"clusters": ",".join(clusters)}).fetchall()
    except duckdb.CatalogException:
        return found
    for cluster, *rest in rows:
        found[cluster].append(tuple(rest))
    return found


def judged(book: Casebook, found: Ties, ads: Sequence[int]) -> list[tuple[Reasoned, str, str]]:
    """Return what people judged of some ads, the latest first, each with its state and what contradicts it; `new` until a night followed it."""
    return [(one, *found.states.get(one.number, ("new", ""))) for one in judgements_on(book, ads)]
