"""One published run as the page reads it: what was read once is kept, because a snapshot never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from pipeline.outreach.candidates import Candidate, candidates
from pipeline.outreach.cluster_view import ClusterView, cluster_view, cluster_views
from pipeline.outreach.settings import OutreachSettings

Stamp = tuple[int, int]  # when a file was written, and its number: both change when it is replaced
KEPT = 2000  # clusters, drawings and pages of ads
AHEAD, AT_ONCE = 100, 10  # clusters at the top of the queue that are read before anybody asks; how many in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All candidates of a snapshot in one language, by name too, and those of them that have a band and are not held back."""

    every: list[Candidate]
    named: Mapping[str, Candidate]
    banded: list[Candidate]


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """One published run, opened read-only, and what was read from it so far.

    `stamp` and `erased` tell which publication it is, and how far erasures were obeyed when it was opened.
    """

    con: duckdb.DuckDBPyConnection
    run: str
    as_of: datetime
    stamp: Stamp
    erased: Stamp
    found: dict[str, Gathered] = field(default_factory=dict)
    kept: OrderedDict[tuple[object, ...], Any] = field(default_factory=OrderedDict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def gathered(self, settings: OutreachSettings) -> Gathered:
        """Return all candidates in the settings' language."""
        with self.lock:
            if settings.language not in self.found:
                every = candidates(self.con, settings)
                banded = [one for one in every if one.band is not None and not one.held_by]
                self.found[settings.language] = Gathered(every=every, named={one.cluster: one for one in every}, banded=banded)
            return self.found[settings.language]

    def candidates(self, settings: OutreachSettings) -> list[Candidate]:
        """Return all candidates in the settings' language, as a list."""
        return self.gathered(settings).every

    def cluster(self, name: str, language: str) -> ClusterView | None:
        """Return one cluster in a language, or None."""
        found: ClusterView | None = self.once(("cluster", name, language), lambda con: cluster_view(con, name, language=language))
        return found

    def read_top(self, settings: OutreachSettings) -> None:
        """Read the clusters that people will open first, some at a time, so that nobody who reads meanwhile waits long."""
        first = sorted(self.gathered(settings).banded, key=lambda one: (one.band, -one.last_seen.timestamp()))
        names = [one.cluster for one in first[:AHEAD]]
        for start in range(0, len(names), AT_ONCE):
            with self.lock:
                for view in cluster_views(self.con, names[start : start + AT_ONCE], language=settings.language):
                    self.kept[("cluster", view.cluster, settings.language)] = view

    def once(self, key: tuple[object, ...], make: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        """Return what `make` reads or works out from the snapshot, made once for each key; the last used are kept."""
        with self.lock:
            if key not in self.kept:
                self.kept[key] = make(self.con)
                if len(self.kept) > KEPT:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(key)
            return self.kept[key]

    def read(self, function: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        """Run a reading function on the snapshot; one at a time."""
        with self.lock:
            return function(self.con)
