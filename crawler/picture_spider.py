"""The second pass: pictures into memory, hashed in a limited child process, and dropped. Never a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.parse import fetched
from crawler.photo_hash import HashChild
from crawler.polite import PoliteSpider, now
from crawler.records.ad import ImageSeen
from crawler.reservation import KEEP_NOT, header_words
from crawler.robots import product_token
from crawler.why import NotAskedError, unreachable, why_failed

SILENT_MAX = 5  # pictures in a row that nothing answered


class PictureSpider(PoliteSpider):
    """Asks for one picture after the other, each address once, whatever number of ads shows it."""

    megabytes = 8

    def __init__(self, *, hasher: HashChild, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._hasher = hasher
        self._ads_of: dict[str, list[str]] = {}
        for ad, picture in self.order.pictures or ():
            self._ads_of.setdefault(picture, []).append(ad)
        self._left = list(reversed(self._ads_of))
        self._silent = 0

    def counts(self) -> dict[str, float]:
        """Return what a line of progress says; `ads` counts pictures with hashes here."""
        return {**super().counts(), "left": len(self._left)}

    def _next(self) -> tuple[str, str] | None:
        if self.failed or not self._left:
            return None
        if self.asked >= self.site.politeness.pages_max:
            self.stop(f"stopped after {self.asked} pictures with {len(self._left)} left")
            return None
        return self._left.pop(), "image"

    def _request(self, url: str, kind: str) -> Request:
        return Request(fetched(url, self.site), callback=self.read, errback=self.missed, meta={"kind": kind, "page": url}, dont_filter=True)

    def _reject(self, url: str, kind: str, reason: str) -> None:
        self._land(url, reason)

    async def read(self, response: Response) -> AsyncIterator[Request]:
        """Hash a picture and let it go."""
        picture = str(response.meta["page"])
        self._silent = 0
        tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
        if response.status != 200:
            self._land(picture, f"answered {response.status}")
        elif KEEP_NOT & header_words(tags, product_token(self.order.user_agent)) or response.headers.get("tdm-reservation") == b"1":
            self._land(picture, "the site asks not to keep it")
        else:
            self._land(picture, await asyncio.to_thread(self._hasher.hash, response.body))
        for request in self._following():
            yield request

    def missed(self, failure: Failure) -> Iterator[Request]:
        """Note why there are no hashes, and go on unless the site is out of reach."""
        error = failure.value or Exception()
        why = why_failed(error, megabytes=self.megabytes)
        self._silent = self._silent + 1 if unreachable(error) else 0
        if isinstance(error, NotAskedError) and error.whole_site:
            self.stop(why)
        elif self._silent >= SILENT_MAX:
            self.stop(f"{SILENT_MAX} pictures in a row were not given: {why}")
        else:
            self._land(str(failure.request.meta["page"]), why)  # type: ignore[attr-defined]
        yield from self._following()

    def _land(self, picture: str, hashed: tuple[tuple[str, bytes, int], ...] | str) -> None:
        hashes, unreadable = ((), hashed) if isinstance(hashed, str) else (hashed, "")
        if unreadable:
            self.rejected += 1
        else:
            self.ads += 1
        for ad in self._ads_of[picture]:
            self.landing.add(ImageSeen(site=self.site.site, url=ad, image=picture, seen_at=now(), hashes=hashes, unreadable=unreadable))
