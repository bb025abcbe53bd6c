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
from pipeline.outreach.cluster_view import ClusterView, cluster_view
from pipeline.outreach.settings import OutreachSettings

Stamp = tuple[int, int]  # when a file was written, and its number: both change when it is replaced
KEPT = 2000  # clusters, their parts and further pages of ads
_NOTHING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All candidates of a snapshot in one language, by name too, and those of them that have a band and are not held back."""

    every: list[Candidate]
    named: Mapping[str, Candidate]
    banded: list[Candidate]


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """One published run, opened read-only twice, and what was read from it so far.

    What is read ahead is read from `aside`, so that nobody who waits for an answer waits for it. `stamp` and `erased` tell which
    publication it is, and how far erasures were obeyed when it was opened.
    """

    con: duckdb.DuckDBPyConnection
    aside: duckdb.DuckDBPyConnection
    run: str
    as_of: datetime
    stamp: Stamp
    erased: Stamp
    found: dict[str, Gathered] = field(default_factory=dict)
    kept: OrderedDict[tuple[object, ...], Any] = field(default_factory=OrderedDict)
    memory: threading.Lock = field(default_factory=threading.Lock)  # held for a moment, to look something up or keep it
    lock: threading.RLock = field(default_factory=threading.RLock)  # held while `con` reads; what is kept waits for nobody
    ahead: threading.Lock = field(default_factory=threading.Lock)  # held while `aside` reads

    def gathered(self, settings: OutreachSettings) -> Gathered:
        """Return all candidates in the settings' language."""
        if settings.language not in self.found:
            with self.lock:
                if settings.language not in self.found:
                    self.found[settings.language] = _gathered(candidates(self.con, settings))
        return self.found[settings.language]

    def candidates(self, settings: OutreachSettings) -> list[Candidate]:
        """Return all candidates in the settings' language, as a list."""
        return self.gathered(settings).every

    def cluster(self, name: str, language: str) -> ClusterView | None:
        """Return one cluster in a language, or None."""
        found: ClusterView | None = self.once(("cluster", name, language), lambda con: cluster_view(con, name, language=language))
        return found

    def once(self, key: tuple[object, ...], make: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        """Return what `make` reads or works out from the snapshot, made once for each key; the last used are kept."""
        found = self._kept(key)
        if found is not _NOTHING:
            return found
        with self.lock:
            found = self._kept(key)  # another may have made it while we waited
            if found is _NOTHING:
                found = make(self.con)
                self.keep(key, found)
            return found

    def keep(self, key: tuple[object, ...], made: object) -> None:
        """Keep something that was made of the snapshot, and let go of what was not used for longest."""
        with self.memory:
            self.kept[key] = made
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)

    def has(self, key: tuple[object, ...]) -> bool:
        """Whether something is kept."""
        return self._kept(key) is not _NOTHING

    def read(self, function: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        """Run a reading function on the snapshot; one at a time."""
        with self.lock:
            return function(self.con)

    def _kept(self, key: tuple[object, ...]) -> Any:
        with self.memory:
            if key not in self.kept:
                return _NOTHING
            self.kept.move_to_end(key)
            return self.kept[key]


def _gathered(every: list[Candidate]) -> Gathered:
    banded = [one for one in every if one.band is not None and not one.held_by]
    return Gathered(every=every, named={one.cluster: one for one in every}, banded=banded)
