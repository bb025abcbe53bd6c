"""What is still to be read of a site, kept in the landing file so that a killed crawl goes on where it was."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from crawler.records.landing import LandingWriter


class Frontier:
    """Pages by their public address, lists before ads. What is learned and done here is committed with the records it gave."""

    def __init__(self, landing: LandingWriter) -> None:
        self._landing = landing
        committed: Mapping[str, tuple[str, str]] = landing.frontier()
        self._known = set(committed)
        self.resumed = bool(committed)
        self._lists = deque((url, kind) for url, (kind, state) in committed.items() if state == "known" and kind != "ad")
        self._ads = deque(url for url, (kind, state) in committed.items() if state == "known" and kind == "ad")
        self._unread = 0

    @property
    def left(self) -> int:
        """How many known pages have not been taken out yet."""
        return len(self._lists) + len(self._ads)

    @property
    def unread(self) -> int:
        """How many pages of this run were taken out and could not be read."""
        return self._unread

    def learn(self, urls: Iterable[str], kind: str) -> int:
        """Add pages of a kind (list, sitemap, ad) that were not known. Returns how many were new."""
        new = [url for url in dict.fromkeys(urls) if url not in self._known]
        self._known.update(new)
        for url in new:
            self._landing.note_frontier(url, kind, "known")
        if kind == "ad":
            self._ads.extend(new)
        else:
            self._lists.extend((url, kind) for url in new)
        return len(new)

    def take(self) -> tuple[str, str] | None:
        """Take the next page out: (address, kind), or None when nothing is left."""
        if self._lists:
            return self._lists.popleft()
        return (self._ads.popleft(), "ad") if self._ads else None

    def drop_lists(self) -> None:
        """Leave the lists that are still to be read for another run."""
        self._lists.clear()

    def done(self, url: str, kind: str, why: str = "") -> None:
        """Note that a page needs no further visit in this run; call it before adding the records that the page gave."""
        self._landing.note_frontier(url, kind, "done", why)

    def failed(self) -> None:
        """Note that a page could not be read; it stays known and a later run asks again."""
        self._unread += 1
