"""A spider that looks at a few pages and hands their texts to its parent; the manners, gates and limits are those of every crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page as BrowserPage
from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip
from twisted.python.failure import Failure

from crawler.browser import Shown
from crawler.manners import Inflate, Manners
from crawler.parse import fetched
from crawler.reading_time import at_most
from crawler.spider import SiteSpider
from crawler.teach.look_order import Next
from crawler.teach.seen import Found, Seen
from crawler.why import NotAskedError, why_failed

PAGES_MAX = 24  # of one look
STILL = 3  # looks in a row, 0.3 s apart, at which it is as long as before
SETTLE_S = 8.0  # most seconds for a page in the browser to come to rest


class LookSpider(SiteSpider):
    """Asks for one page after the other, each chosen by what the ones before showed."""

    def __init__(self, *, choose: Next, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._choose = choose
        self.seen: list[Seen] = []

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the first page."""
        for request in self._chosen():
            yield request

    def found(self) -> Found:
        """Return what was seen so far."""
        manners = self.crawler.get_downloader_middleware(Manners)
        sitemaps = manners.sitemaps if manners is not None else ()
        return Found(pages=tuple(self.seen), sitemaps=sitemaps, failed=self.failed)

    def _chosen(self) -> Iterator[Request]:
        if self.failed or len(self.seen) >= PAGES_MAX:
            return
        if (step := self._choose(self.found())) is None:
            return
        meta: dict[str, Any] = {"kind": step.kind, "page": step.url}
        if self.site.fetcher == "browser" and step.kind != "sitemap":
            shown = Settled(self.site)
            meta |= {"shown": shown, **shown.meta(self.site.user_agent or self.order.user_agent)}
        yield Request(fetched(step.url, self.site), callback=self.read, errback=self.missed, meta=meta, dont_filter=True)

    async def read(self, response: Response) -> AsyncIterator[Request]:
        """Keep a page in memory, unless it may not be kept or is no page."""
        with at_most(self.order.reading_s):
            self._keep_page(response)
            following = list(self._chosen())
        for request in following:
            yield request

    def _keep_page(self, response: Response) -> None:
        asked, kind = str(response.meta["page"]), str(response.meta["kind"])
        why = f"answered {response.status}" if response.status != 200 else self._not_to_be_kept(asked, kind, response)
        text = "" if why else _text(response)
        self.seen.append(Seen(asked=asked, url=response.url, kind=kind, text=text, why=why or ("" if text else "not a page of text")))

    def missed(self, failure: Failure) -> Iterator[Request]:
        """Note a page that was not fetched; stop when the whole site may not be read."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value or Exception()
        why = why_failed(error, megabytes=self.megabytes)
        if isinstance(error, NotAskedError) and error.whole_site:
            self.stop(why)
        asked = str(request.meta["page"])
        self.seen.append(Seen(asked=asked, url=asked, kind=str(request.meta["kind"]), why=why))
        yield from self._chosen()


def _text(response: Response) -> str:
    body = response.body
    if body[:2] == b"\x1f\x8b":
        return gunzip(body, max_size=Inflate.INFLATED_MAX).decode("utf-8", "replace")
    return response.text if isinstance(response, TextResponse) else ""


class Settled(Shown):
    """Waits until a page of which nothing is known comes to rest: its requests are answered, and it stops growing."""

    async def _wait(self, page: BrowserPage) -> None:
        if self.status >= 400:
            return
        try:
            await page.wait_for_load_state("networkidle", timeout=SETTLE_S * 1000)
            before, still = -1, 0
            for _ in range(20):
                size = await page.evaluate("document.documentElement.outerHTML.length")
                still = still + 1 if size == before else 0
                if still == STILL:
                    break
                before = size
                await page.wait_for_timeout(300)
        except BrowserError:
            return
        await self._scroll(page)
