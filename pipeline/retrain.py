"""Weigh links anew from one's own store, and say what the new weights would change before anything is written."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline import cluster, link
from pipeline.evaluate import b_cubed, pairwise
from pipeline.failure import Exit, Failure
from pipeline.linking_settings import LinkingSettings, LinkRules
from pipeline.train_links import chances_of, difference, tally
from pipeline.weigh import Chances, installed_splink

PAIRS_MIN = 50  # pairs of one advertiser without which a store is too small to measure anything by


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """New chances, how every weight changed, from how many pairs, and what old and new weights make of the same ads, by name of the figure."""

    chances: Chances
    changes: tuple[str, ...]
    same_pairs: int
    strangers: int
    old: Mapping[str, float]
    new: Mapping[str, float]


def retrain(con: duckdb.DuckDBPyConnection, settings: LinkingSettings, as_of: datetime, groups: Mapping[int, str] | None = None) -> Trained:
    """Measure new chances and try them. Nothing in the store is changed.

    Args:
        groups: who really belongs together, ad by ad, where that is known; then precision and recall are among the figures.

    Raises:
        Failure: the store holds too few pairs that a rule is certain of (4).
    """
    old = dataclasses.replace(settings.link, weigh_by="splink", trained_with=installed_splink())
    with _undone(con):
        counted = tally(con, old)
    pairs = max((sum(counts.values()) for counts in counted.same.values()), default=0)
    if pairs < PAIRS_MIN:
        raise Failure(Exit.NOTHING, f"{pairs} pairs of ads share a contact for certain; at least {PAIRS_MIN} are needed to measure by. Nothing was changed.")
    chances = chances_of([counted])
    new = dataclasses.replace(old, chances=chances)
    return Trained(
        chances=chances,
        changes=tuple(difference(old.chances, chances)),
        same_pairs=pairs,
        strangers=max(sum(counts.values()) for counts in counted.strangers.values()),
        old=_figures(con, old, settings, as_of, groups),
        new=_figures(con, new, settings, as_of, groups),
    )


@contextmanager
def _undone(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("BEGIN")
    try:
        yield
    finally:
        con.execute("ROLLBACK")


def _figures(
    con: duckdb.DuckDBPyConnection, rules: LinkRules, settings: LinkingSettings, as_of: datetime, groups: Mapping[int, str] | None
) -> dict[str, float]:
    """Link and cluster with some weights, judgements aside, and undo it."""
    with _undone(con):
        link.run(con, rules, as_of)
        cluster.run(con, settings.cluster, as_of)
        admitted = con.execute("SELECT count(DISTINCT (left_ad, right_ad)) FROM link WHERE admitted").fetchall()[0][0]
        members: dict[int, str] = dict(con.execute("SELECT ad_id, cluster_id FROM cluster_member").fetchall())
    sizes = Counter(members.values())
    figures = {"links": float(admitted), "clusters": float(len(sizes)), "largest_cluster": float(max(sizes.values(), default=0))}
    if groups:
        ours = {ad: members.get(ad, f"alone {ad}") for ad in groups}
        figures |= {f"pairwise_{name}": round(value, 4) for name, value in pairwise(ours, groups).items()}
        figures |= {f"b_cubed_{name}": round(value, 4) for name, value in b_cubed(ours, groups).items()}
    return figures
