"""What every spider of this house carries: its order, its gate, its landing file, its counts, and why it stopped."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.gate import Gate
from crawler.order import CrawlReport, Order, Reading
from crawler.parse import stored
from crawler.records.ad import PageFetch
from crawler.records.landing import LandingWriter
from crawler.why import NO_ADDRESS

STATUS_SIGNS = {429: "too_many", 500: "unavailable"}  # 500 stands for it and everything above
PROGRESS_S = 2.0  # seconds between two lines of progress, and between looks whether a batch is old
Tell = Callable[[dict[str, float]], None]
Begin = Callable[[Reading], None]


def now() -> datetime:
    """Return the present moment as naive UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


class PoliteSpider(scrapy.Spider):
    """The base of the two spiders: one for pages, one for pictures.

    Attributes:
        failed: '' or why the run did not reach its end; the first reason stays.
        signs: code of a trouble to how many pages of this run, and of earlier ones of the same landing file, showed it.
        asked: pages asked for, robots.txt not counted.
        tell: called every two seconds with the counts so far; begin: called with each page before it is read.
        beside: a page is being read beside the event loop, and the landing file is not to be written from within it.
    """

    name = "polite"
    megabytes = 5  # most of an answer on the wire

    def __init__(self, *, order: Order, landing: LandingWriter, tell: Tell, begin: Begin = lambda reading: None) -> None:
        super().__init__(name=order.site.site)
        self.order, self.site, self.landing, self.tell, self.begin = order, order.site, landing, tell, begin
        self.gate = Gate(order.site)
        self.pages = self.ads = self.rejected = self.errors = self.asked = 0
        self.failed, self.beside = "", False
        self.signs: Counter[str] = Counter(landing.signs())
        self._began = time.monotonic()
        self._ticking: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PoliteSpider:
        """Build the spider and listen for its beginning and end."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._begin, signal=signals.spider_opened)
        crawler.signals.connect(spider._end, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the first page that is not read yet."""
        for request in self._following():
            yield request

    def _following(self) -> Iterator[Request]:
        """Yield the request for the next page, or nothing when the run is over."""
        while (taken := self._next()) is not None:
            self.asked += 1
            try:
                request = self._request(*taken)
            except ValueError:  # javascript:, mailto: and the like: one such link must not end the crawl
                self._reject(*taken, NO_ADDRESS)
                continue
            yield request
            return

    def _next(self) -> tuple[str, str] | None:
        """Take the next page out: (public address, kind), or None when the run is over."""
        raise NotImplementedError

    def _request(self, url: str, kind: str) -> Request:
        """Return what asks for a page.

        Raises:
            ValueError: nobody could ask for such an address.
        """
        raise NotImplementedError

    def _reject(self, url: str, kind: str, reason: str) -> None:
        """Note that a page is not to be had, and why."""
        raise NotImplementedError

    def _begin(self) -> None:
        ticking: Coroutine[Any, Any, None] = self._tick()
        self._ticking = asyncio.get_running_loop().create_task(ticking)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(PROGRESS_S)
            if not self.beside:
                self.landing.commit_if_old()
            self.tell(self.counts())

    def _end(self, reason: str) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        if reason == "shutdown":
            self.stop("interrupted; what was committed stays, and the next crawl goes on from there", sign="interrupted")
        elif reason not in ("finished", "done"):
            self.stop(f"the crawl ended early ({reason})", sign="interrupted")

    def stop(self, why: str, *, sign: str = "", kind: str = "run") -> None:
        """Remember why the run ends before its end; the first reason stays. `sign` is the code of what was seen, on a page of a kind."""
        self.failed = self.failed or why
        if sign:
            self.note_sign(sign, kind)

    def note_sign(self, code: str, kind: str) -> None:
        """Count a trouble that a page showed."""
        self.signs[code] += 1
        self.landing.note_sign(code, kind)

    def counts(self) -> dict[str, float]:
        """Return what progress says: counts, the seconds between two requests, and the seconds since the run began."""
        told = {"pages": self.pages, "ads": self.ads, "rejected": self.rejected, "errors": self.errors, "left": 0}
        return {**told, "pause_s": self._pause_s(), "seconds": time.monotonic() - self._began}

    def _pause_s(self) -> float:
        """Return the seconds between two requests now: the config's, or more where the site asked for it."""
        engine = self.crawler.engine if hasattr(self, "crawler") else None
        slot = engine.downloader.slots.get(self.site.site) if engine is not None else None
        return float(slot.delay) if slot is not None else self.site.politeness.delay_s

    def report(self) -> CrawlReport:
        """Return what the run did so far, without its duration."""
        return CrawlReport(site=self.site.site, pages=self.pages, ads=self.ads, rejected=self.rejected, failed=self.failed)

    def note_fetch(self, request: Request, *, status: int, size: int, error: str = "") -> None:
        """Log a request with what allowed it, under the page's public address."""
        self.pages += 1
        kind = str(request.meta.get("kind", "ad"))
        self.errors += not 200 <= status < 400 and kind != "robots"
        if kind != "robots" and (sign := STATUS_SIGNS.get(min(status, 500) if status else 0, "")):
            self.note_sign(sign, kind)
        self.landing.add(
            PageFetch(
                url=stored(request.url, self.site),
                kind=kind,
                fetched_at=now(),
                status=status,
                bytes=size,
                allowed_by=str(request.meta.get("allowed_by", "")),
                error=error,
            )
        )
