"""Read one site as its config says: lists and sitemaps to ads, ads to records; nothing here knows a particular site."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

from playwright.async_api import Request as PageRequest
from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip
from twisted.python.failure import Failure

from crawler import signs, verdict
from crawler.browser import Shown, unwanted
from crawler.frontier import Frontier
from crawler.manners import Inflate, Manners
from crawler.order import CrawlReport, Reading
from crawler.overgrown import overgrown
from crawler.parse import Links, MissingFieldError, Page, ad_address, fetched, list_links, parse_ad, sitemap_links, stored
from crawler.polite import PoliteSpider, now
from crawler.reading_time import at_most, too_long
from crawler.records.ad import Ad, Rejected
from crawler.records.troubles import name_of
from crawler.reservation import FOLLOW_NOT, header_words, reserved
from crawler.robots import product_token
from crawler.why import INFLATES, NotAskedError, unreachable, why_failed

SILENT_MAX = 5  # pages in a row that nothing answered, or that were refused: the site is down or does not want us
STRANGE_MAX = 20  # ads in a row from the first on that were not understood: the site has changed
STALE_LISTS_MAX = 3  # list pages in a row without a new ad: the list has no end
GONE = frozenset({404, 410})
ENDLESS = "endless"  # why a list was left although it led on
VALIDATOR_MAX = 200  # characters of an ETag or a date that are kept
BIG = 100_000  # bytes of a page from which on it is read beside the event loop, which it would hold up
log = logging.getLogger("crawler.spider")


class SiteSpider(PoliteSpider):
    """Asks for one page after the other; each answer ends with the request for the next."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.frontier = Frontier(self.landing, known=self.order.known, plan=self.site.revisit, now=self.order.started_at)
        self._first = {stored(url, self.site) for url in (*self.site.sitemap, *self.site.start)}
        self.frontier.learn((stored(url, self.site) for url in self.site.sitemap), "sitemap")
        self.frontier.learn((stored(url, self.site) for url in self.site.start), "list")
        self._go_on()
        self._silent = self._stale_lists = self._unchanged = 0
        self._endless = False

    def _go_on(self) -> None:
        """Take up the counts of this run where a page that took too long ended its last process."""
        ads, rejected = self.landing.counts()
        last = self.order.left[-1] if self.order.left else Reading(url="", kind="", asked=0, pages=0, ads_before=ads, rejected_before=rejected)
        self._before_ads, self._before_rejected = last.ads_before, last.rejected_before
        self.asked, self.pages, self.ads, self.rejected = last.asked, last.pages, ads - last.ads_before, rejected - last.rejected_before
        self._too_long = {reading.url for reading in self.order.left}

    def counts(self) -> dict[str, float]:
        """Return what progress says: counts, those of new and known ads among them, the pause, and the seconds since the run began."""
        known = {"unchanged": self._unchanged, "stood": self.frontier.stood, "new": self.frontier.met_first}
        return {**super().counts(), **known, "left": self.frontier.left}

    def report(self) -> CrawlReport:
        """Return what the run did; complete when its lists were read to their end and every ad that they name was asked for and answered.

        A page that was answered but not understood leaves a run complete: its ad stands in the lists, so nothing is called gone for it.
        """
        self.landing.commit()
        ads, rejected = self.landing.counts()
        seen = ads + self._unchanged + self.frontier.stood
        if not self.failed:
            self.stop(verdict.at_the_end(self.site, ads=seen, rejected=rejected, endless=STALE_LISTS_MAX if self._endless else 0))
        whole = not (self.failed or self.frontier.left or self.frontier.unread or self.frontier.lists_refused or self.order.ads_max)
        trouble = name_of(self.signs, asked=self.asked) or ("" if whole or self.order.ads_max else "incomplete")
        self.landing.note_outcome(trouble=trouble, failed=self.failed)
        return dataclasses.replace(super().report(), complete=whole, trouble=trouble, unchanged=self._unchanged, stood=self.frontier.stood)

    def _next(self) -> tuple[str, str] | None:
        while not (self.failed or (self.order.ads_max and self.ads + self.rejected >= self.order.ads_max)):
            if (taken := self.frontier.take()) is None:
                return None
            if self.asked >= self.site.politeness.pages_max:
                self.frontier.failed()
                self.stop(verdict.budget_spent(self.site, left=self.frontier.left + 1), sign="budget")
                return None
            if taken[0] not in self._too_long:
                return taken
            self.note_sign("traps", taken[1])
            self._reject(*taken, too_long(self.order.reading_s))
        return None

    def _request(self, url: str, kind: str) -> Request:
        meta: dict[str, Any] = {"kind": kind, "page": url}
        headers = self.frontier.conditions(url) if kind == "ad" else {}
        if self.site.fetcher == "browser" and kind != "sitemap":
            shown, headers = Shown(self.site), {}
            meta |= {"shown": shown, **shown.meta(self.site.user_agent or self.order.user_agent)}
        return Request(fetched(url, self.site), callback=self.read, errback=self.missed, headers=headers, meta=meta, dont_filter=True)

    async def read(self, response: Response) -> AsyncIterator[Request]:
        """Take an answer in, whatever it is, and go on."""
        self._tell_reading(response)
        with at_most(self.order.reading_s):
            if len(response.body) < BIG:
                self.take(response)
            else:
                self.beside = True  # nothing else writes the landing file meanwhile
                try:
                    await asyncio.to_thread(self.take, response)
                finally:
                    self.beside = False
        for request in self._following():
            yield request

    def _tell_reading(self, response: Response) -> None:
        before = {"ads_before": self._before_ads, "rejected_before": self._before_rejected}
        self.begin(Reading(url=str(response.meta["page"]), kind=str(response.meta["kind"]), asked=self.asked, pages=self.pages, **before))

    def take(self, response: Response) -> None:
        """Take an answer in: its records and links are noted, or why there are none."""
        url, kind = str(response.meta["page"]), str(response.meta["kind"])
        try:
            self._take(url, kind, response)
        except Exception as error:  # a page of a kind nobody thought of must not end the crawl
            log.warning("%s: not understood", url, exc_info=error)
            self.note_sign("redesign", kind)
            self._reject(url, kind, INFLATES if "Decompression" in type(error).__name__ else f"a page of another kind ({type(error).__name__})")

    def missed(self, failure: Failure) -> Iterator[Request]:
        """Note a page that was not fetched, and go on unless the whole site is out of reach."""
        request: Request = failure.request  # type: ignore[attr-defined]
        url, kind, error = str(request.meta["page"]), str(request.meta["kind"]), failure.value or Exception()
        why = why_failed(error, megabytes=self.megabytes)
        if isinstance(error, NotAskedError) and error.whole_site:
            self.frontier.failed()
            self.stop(why, sign="robots_down" if "answer" in why else "robots_refuses", kind="robots")
        elif unreachable(error):
            self.note_sign("stalled" if why == "no whole answer in time" else "unreachable", kind)
            self._unread(url, kind, why)
        else:
            self._silent = 0
            if not isinstance(error, NotAskedError) and (sign := signs.refusal_sign(why)):
                self.note_sign(sign, kind)
            self._reject(url, kind, why)
        yield from self._following()

    def _take(self, url: str, kind: str, response: Response) -> None:
        if response.meta.get("download_latency", 0.0) >= signs.LATENCY_SLOW_S:
            self.note_sign("slow", kind)
        if response.status in GONE and kind == "ad":
            self.frontier.done(url, kind, str(response.status))
            self._silent = 0
        elif response.status == 304 and kind == "ad" and self.frontier.conditions(url):
            self.frontier.done(url, kind, "unchanged")
            self._unchanged, self._silent = self._unchanged + 1, 0
        elif response.status != 200:
            self._unread(url, kind, f"answered {response.status}")
        elif why := self._not_to_be_kept(url, kind, response):
            self._reject(url, kind, why)
        elif kind == "ad":
            self._take_ad(url, response)
        else:
            self._take_list(url, kind, response)

    def _not_to_be_kept(self, url: str, kind: str, response: Response) -> str:
        self._silent = 0
        agent = product_token(self.order.user_agent)
        tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
        if kind != "ad" and FOLLOW_NOT & header_words(tags, agent):
            return "X-Robots-Tag asks not to follow the links of this page"
        text = response.text if isinstance(response, TextResponse) else ""
        if len(text) >= BIG and overgrown(text):
            self.note_sign("traps", kind)
            return "a tag with more attributes than can be read"
        tdm = (response.headers.get("tdm-reservation") or b"").decode("latin-1")
        if why := reserved(robots_tag=tags if kind == "ad" else (), tdm_header=tdm, text=text, agent=agent):
            return why
        if why := self.gate.why_not(response.url):
            return f"led elsewhere: {why}"
        shown = response.meta.get("shown")
        if shown is not None and shown.missing:
            page = Page(url=response.url, text=text)
            self.note_sign(signs.ad_sign(page, None) if kind == "ad" else signs.list_sign(page, kind), kind)
            return f"nothing that matches {self.site.wait_for} appeared within {self.site.politeness.timeout_s:.0f} s"
        return ""

    def _take_ad(self, url: str, response: Response) -> None:
        if not isinstance(response, TextResponse):
            self._reject(url, "ad", "not a page of text")
            return
        page = Page(url=fetched(url, self.site), text=response.text)
        if response.meta.get("redirect_times") and not ad_address(response.url, self.site):
            self._refuse_ad(url, page, None, "led to a page that is no ad")
            return
        try:
            ad = parse_ad(page, self.site, now())
        except MissingFieldError as missing:
            self._refuse_ad(url, page, None, str(missing))
            return
        if sign := signs.ad_sign(page, ad):
            self._refuse_ad(url, page, ad, f"another page where the ad should be ({sign})")
            return
        self._keep(url, ad, response)

    def _refuse_ad(self, url: str, page: Page, ad: Ad | None, reason: str) -> None:
        self.note_sign(signs.ad_sign(page, ad), "ad")
        self._reject(url, "ad", reason)

    def _keep(self, url: str, ad: Ad, response: Response) -> None:
        self.ads += 1
        if signs.hostile(ad):
            self.note_sign("hostile_text", "ad")
        etag, modified = ((response.headers.get(name) or b"").decode("latin-1")[:VALIDATOR_MAX] for name in ("ETag", "Last-Modified"))
        self.landing.note_validator(url, etag, modified)
        self.frontier.done(url, "ad")
        self.landing.add(ad)

    def _take_list(self, url: str, kind: str, response: Response) -> None:
        links = self._links(kind, response)
        new = self.frontier.learn((stored(link, self.site) for link in links.ads), "ad")
        new += self.frontier.learn((stored(link, self.site) for link in links.sitemaps), "sitemap")
        new += self.frontier.learn((stored(link, self.site) for link in links.lists), "list")
        self._stale_lists = self._stale_lists + 1 if links.next_page and not new else 0
        if links.next_page and self._stale_lists < STALE_LISTS_MAX:
            self.frontier.learn([stored(links.next_page, self.site)], "list")
        elif links.next_page:
            self._endless = True
            self.note_sign("endless_lists", kind)
        self.frontier.done(url, kind, ENDLESS if self._endless else self._instead(url, kind, links, response))

    def _instead(self, url: str, kind: str, links: Links, response: Response) -> str:
        """Note what a list shows that names no ad, or names each under several addresses; return why it proves nothing, '' for a list that does."""
        if sign := signs.listed_twice(named=links.named, ads=len(links.ads)):
            self.note_sign(sign, kind)
        if links.ads or links.lists or links.sitemaps or links.next_page:
            return ""
        text = response.text if isinstance(response, TextResponse) else ""
        sign = signs.list_sign(Page(url=url, text=text), kind)
        self.note_sign(sign, kind)
        return sign if sign in signs.WALL_CODES or url in self._first else ""

    def _links(self, kind: str, response: Response) -> Links:
        if kind == "sitemap":
            body = response.body
            if body[:2] == b"\x1f\x8b":
                body = gunzip(body, max_size=Inflate.INFLATED_MAX)
            text = response.text if isinstance(response, TextResponse) and body is response.body else body.decode("utf-8", "replace")
            return sitemap_links(Page(url=response.url, text=text), self.site)
        if not isinstance(response, TextResponse):
            raise TypeError("a list that is not text")
        return list_links(Page(url=response.url, text=response.text), self.site)

    def _unread(self, url: str, kind: str, why: str) -> None:
        """Leave a page for a later run; give the site up when nothing answers, or when a page to begin with cannot be read."""
        self.frontier.failed()
        self._silent += 1
        log.info("%s not read: %s", url, why)
        if url in self._first:
            self.stop(f"{verdict.place(url)}: {why}; without it there is nothing to begin with, and the next crawl asks again")
        elif self._silent >= SILENT_MAX:
            self.stop(f"{SILENT_MAX} pages in a row were not given (the last: {why}); the next crawl goes on from there")

    def _reject(self, url: str, kind: str, reason: str) -> None:
        self.rejected += 1
        log.info("%s not understood: %s", url, reason)
        self.frontier.done(url, kind, reason)
        self.landing.add(Rejected(site=self.site.site, url=url, reason=reason, seen_at=now()))
        if url in self._first:
            self.stop(f"{verdict.place(url)}: {reason}")
        elif kind == "ad" and not self.ads and not self._before_ads and self.rejected >= STRANGE_MAX:
            self.stop(verdict.changed(self.site, rejected=self.rejected, reason=reason))

    def unwanted(self, request: PageRequest) -> bool:
        """Tell whether a request of a page in the browser is not made."""
        manners = self.crawler.get_downloader_middleware(Manners)
        return unwanted(request, manners.allows if manners is not None else lambda _: False)
