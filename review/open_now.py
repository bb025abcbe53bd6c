"""Who has which cluster open right now, so that no two colleagues are offered the same one.

It is kept in memory alone: it blocks nobody, a restart forgets it, and the night knows nothing of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

OPEN_FOR = timedelta(minutes=10)  # after a page was shown; who reads longer has it open all the same, but a colleague may be offered it


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A cluster that somebody has open, and when they were shown it."""

    user: str
    cluster: str
    at: datetime


class OpenNow:
    """The cluster that each reader was shown or offered last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, Opened] = {}

    def shown(self, user: str, cluster: str, *, now: datetime) -> None:
        """Note that a reader was shown a cluster; the one before is no longer open."""
        with self._lock:
            self._last[user] = Opened(user=user, cluster=cluster, at=now)

    def closed(self, user: str) -> None:
        """Note that a reader has nothing open any more."""
        with self._lock:
            self._last.pop(user, None)

    def at_colleagues(self, user: str, *, now: datetime) -> dict[str, Opened]:
        """Return the clusters that others than a reader have open, each with who was shown it last."""
        with self._lock:
            return self._at_colleagues(user, now)

    def offer(self, user: str, clusters: Iterable[str], *, now: datetime) -> str:
        """Return the first of some clusters that no colleague has open, and note it as the reader's in the same moment; '' for none."""
        with self._lock:
            taken = self._at_colleagues(user, now)
            name = next((cluster for cluster in clusters if cluster not in taken), "")
            if name:
                self._last[user] = Opened(user=user, cluster=name, at=now)
            return name

    def _at_colleagues(self, user: str, now: datetime) -> dict[str, Opened]:
        others = sorted((one for one in self._last.values() if one.user != user and now - one.at < OPEN_FOR), key=lambda one: one.at)
        return {one.cluster: one for one in others}
