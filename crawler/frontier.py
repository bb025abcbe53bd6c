"""What is still to be read of a site, kept in the landing file so that a killed crawl goes on where it was."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime

from crawler.records.landing import LandingWriter
from crawler.records.site import Revisit
from crawler.revisit import Known, is_due, overdue

LISTED = "listed"  # why an ad that stands in the lists needs no visit tonight


class Frontier:
    """Pages by their public address: lists, then new ads, then known ones by how long they wait. All is committed with the records it gave.

    Attributes:
        resumed: an earlier run of the same landing file left something.
        stood: known ads that stand in the lists and are not asked for tonight; met_first: ads that were not known.
        lists_refused: lists that could not be understood, so that what they did not name proves nothing.
    """

    def __init__(self, landing: LandingWriter, *, known: Mapping[str, Known] | None = None, plan: Revisit | None = None, now: datetime | None = None) -> None:
        self._landing, self._history, self._plan = landing, known or {}, plan or Revisit()
        self._now = now or datetime.min
        committed = landing.frontier()
        self._known = set(committed)
        self.resumed = bool(committed)
        self._lists = deque((url, kind) for url, (kind, state, _) in committed.items() if state == "known" and kind != "ad")
        waiting = [url for url, (kind, state, _) in committed.items() if state == "known" and kind == "ad"]
        self._new = deque(url for url in waiting if url not in self._history)
        self._again = [url for url in waiting if url in self._history]
        self._sorted = False
        self.met_first = len(self._new)
        self.stood = sum(why == LISTED for _, _, why in committed.values())
        self.lists_refused = sum(bool(why) for kind, state, why in committed.values() if kind != "ad" and state == "done")
        self._unread = 0

    @property
    def left(self) -> int:
        """How many known pages have not been taken out yet."""
        return len(self._lists) + len(self._new) + len(self._again)

    @property
    def unread(self) -> int:
        """How many pages of this run were taken out and could not be read."""
        return self._unread

    def learn(self, urls: Iterable[str], kind: str) -> int:
        """Add pages of a kind (list, sitemap, ad) that were not known. Returns how many were new."""
        new = [url for url in dict.fromkeys(urls) if url not in self._known]
        self._known.update(new)
        if kind == "ad":
            self._learn_ads(new)
        else:
            for url in new:
                self._landing.note_frontier(url, kind, "known")
            self._lists.extend((url, kind) for url in new)
        self._landing.commit_if_large()
        return len(new)

    def _learn_ads(self, new: Iterable[str]) -> None:
        for url in new:
            known = self._history.get(url)
            if known is not None and not is_due(known, self._plan, self._now):
                self.stood += 1
                self._landing.note_frontier(url, "ad", "done", LISTED)
                continue
            self._landing.note_frontier(url, "ad", "known")
            if known is None:
                self._new.append(url)
                self.met_first += 1
            else:
                self._again.append(url)
                self._sorted = False

    def conditions(self, url: str) -> dict[str, str]:
        """Return the headers by which the site may answer that an ad is as it was; none for a new one."""
        known = self._history.get(url)
        return known.conditions() if known is not None else {}

    def take(self) -> tuple[str, str] | None:
        """Take the next page out: (address, kind), or None when nothing is left."""
        if self._lists:
            return self._lists.popleft()
        if self._new:
            return self._new.popleft(), "ad"
        if not self._sorted:  # the longest wait stands last, where it is taken from
            self._again.sort(key=lambda url: (overdue(self._history[url], self._plan, self._now), url))
            self._sorted = True
        return (self._again.pop(), "ad") if self._again else None

    def done(self, url: str, kind: str, why: str = "") -> None:
        """Note that a page needs no further visit in this run; call it before adding the records that the page gave."""
        self.lists_refused += kind != "ad" and bool(why)
        self._landing.note_frontier(url, kind, "done", why)

    def failed(self) -> None:
        """Note that a page could not be read; it stays known and a later run asks again."""
        self._unread += 1
