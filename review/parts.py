"""What a cluster's page shows that no decision changes: read and drawn once for each snapshot, and before anybody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.outreach.cluster_view import ClusterView, ReadAd, ShownAd, cluster_views, marked, texts_of
from pipeline.outreach.ties import Ties, ties_of
from review.drawing.graph import Graph, graph
from review.drawing.map import Map, drawn_map
from review.drawing.timeline import Timeline, timeline
from review.snapshot import Snapshot

ADS_A_PAGE = 20
AT_ONCE = 5  # clusters that are read ahead in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A cluster's ties, drawings and first page of ads."""

    ties: Ties
    timeline: Timeline
    graph: Graph
    map: Map
    first: tuple[ReadAd, ...]


def parts_of(snapshot: Snapshot, view: ClusterView) -> Parts:
    """Return a cluster's parts."""
    found: Parts = snapshot.once(_key(view.cluster), lambda con: _made(con, [view])[0])
    return found


def read_ahead(snapshot: Snapshot, names: Sequence[str], language: str) -> None:
    """Read some clusters with their parts before anybody asks, a few at a time; nothing when somebody else is reading ahead."""
    if not snapshot.ahead.acquire(blocking=False):
        return
    try:
        missing = [name for name in names if not is_read(snapshot, name, language)]
        for start in range(0, len(missing), AT_ONCE):
            views = [view for view in cluster_views(snapshot.aside, missing[start : start + AT_ONCE], language=language) if view.ads]
            for view, made in zip(views, _made(snapshot.aside, views), strict=True):
                snapshot.keep(("cluster", view.cluster, language), view)
                snapshot.keep(_key(view.cluster), made)
    finally:
        snapshot.ahead.release()


def is_read(snapshot: Snapshot, name: str, language: str) -> bool:
    """Whether a cluster is kept with its parts."""
    return snapshot.has(_key(name)) and snapshot.has(("cluster", name, language))


def page_of_ads(snapshot: Snapshot, view: ClusterView, page: int) -> Sequence[ReadAd]:
    """Return one page of a cluster's ads with their texts; pages count from 1."""
    if page == 1:
        return parts_of(snapshot, view).first
    shown = _shown(view, page)
    found: Sequence[ReadAd] = snapshot.once(("ads", view.cluster, page), lambda con: marked(shown, texts_of(con, shown)))
    return found


def _key(cluster: str) -> tuple[object, ...]:
    return ("parts", cluster)


def _shown(view: ClusterView, page: int) -> Sequence[ShownAd]:
    return view.ads[(page - 1) * ADS_A_PAGE : page * ADS_A_PAGE]


def _made(con: duckdb.DuckDBPyConnection, views: Sequence[ClusterView]) -> list[Parts]:
    first = [_shown(view, 1) for view in views]
    tied, texts = ties_of(con, [view.cluster for view in views]), texts_of(con, [ad for ads in first for ad in ads])
    return [
        Parts(ties=tied[view.cluster], timeline=timeline(view.ads), graph=graph(view.ads), map=drawn_map(view.ads), first=tuple(marked(ads, texts)))
        for view, ads in zip(views, first, strict=True)
    ]
