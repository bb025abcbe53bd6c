"""A spider driven by hand: what it asks for is answered by a function instead of a network, so that a whole crawl takes milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import HtmlResponse, Response, XmlResponse
from twisted.python.failure import Failure

from crawler.order import CrawlReport, Order
from crawler.records.ad import Ad, Rejected
from crawler.records.landing import LandingWriter
from crawler.records.site import SiteConfig
from crawler.revisit import Known
from crawler.spider import SiteSpider
from crawler.why import NotAskedError
from simulator import site as made_up
from simulator.hostile import GZIP_BYTES

KEY, AT, AGENT = "d4" * 32, datetime(2026, 11, 23, 2), "Lykta/0.1 (test; kontakt@exempel.example)"
TRIES, REDIRECTS_MAX, HEADERS = 4, 5, "headers"

Answering = Callable[[str, Mapping[str, str]], made_up.Answer]


class Memory:
    """A landing file that is none: it keeps what a spider hands it."""

    def __init__(self) -> None:
        self.records: list[Any] = []
        self.pages: list[tuple[str, str, str, str]] = []
        self.outcome: dict[str, str] = {}

    def add(self, record: Any) -> None:
        self.records.append(record)

    def note_frontier(self, url: str, kind: str, state: str, why: str = "") -> None:
        self.pages.append((url, kind, state, why))

    def note_sign(self, code: str, kind: str) -> None: ...

    def note_validator(self, url: str, etag: str, last_modified: str) -> None: ...

    def note_outcome(self, **told: str) -> None:
        self.outcome = told

    def signs(self) -> dict[str, int]:
        return {}

    def frontier(self) -> dict[str, tuple[str, str, str]]:
        return {}

    def counts(self) -> tuple[int, int]:
        return sum(isinstance(one, Ad) for one in self.records), sum(isinstance(one, Rejected) for one in self.records)

    def commit(self) -> None: ...

    def commit_if_large(self) -> None: ...

    def named(self) -> set[str]:
        """Return the ads that the lists named."""
        return {url for url, kind, _, _ in self.pages if kind == "ad"}

    def lists_whole(self) -> bool:
        """Tell whether the lists prove that what they do not name is not there, as ingest counts it."""
        last = {url: (state, why) for url, kind, state, why in self.pages if kind != "ad"}
        return bool(last) and set(last.values()) == {("done", "")} and bool(self.named())


def drive(site: SiteConfig, answer: Answering, *, landing: LandingWriter | Memory, known: Mapping[str, Known] | None = None, at: datetime = AT) -> CrawlReport:
    """Crawl a site whose answers come from `answer` (address, request headers) into a landing file.

    Asking again after 429 and 503, redirects, a first robots.txt, bombs and bytes that drip are done as the manners and the network do them.
    """
    order = Order(site=site, landing=Path("/"), key=KEY, started_at=at, chromium=None, log=Path("/"), user_agent=AGENT, known=known or {})
    spider = SiteSpider(order=order, landing=landing, tell=lambda counts: None)
    robots = answer(site.fetch_base + "/robots.txt", {})
    waiting = list(spider._following())
    while waiting:
        request = waiting.pop()
        waiting += list(_one(spider, request, answer, robots_status=robots.status))
    return spider.report()


def _one(spider: SiteSpider, request: Request, answer: Answering, *, robots_status: int):  # type: ignore[no-untyped-def]
    if robots_status >= 500:
        return spider.missed(_failure(NotAskedError(f"robots.txt answered {robots_status}, so nothing may be fetched now", whole_site=True), request))
    asked, url, headers = 0, request.url, {name.decode(): values[0].decode() for name, values in request.headers.items()}
    for _ in range(TRIES + REDIRECTS_MAX):
        got = answer(url, headers)
        if error := _broken(got):
            spider.note_fetch(request, status=0, size=0, error=str(error))
            return spider.missed(_failure(error, request))
        spider.note_fetch(request, status=got.status, size=len(got.body))
        if got.status in (429, 503) and asked < TRIES - 1:
            asked += 1
        elif got.status == 302:
            request.meta["redirect_times"] = request.meta.get("redirect_times", 0) + 1
            url = spider.site.fetch_base + dict(got.headers)["Location"]
            if request.meta["redirect_times"] > REDIRECTS_MAX:
                return spider.missed(_failure(IgnoreRequest("max redirections reached"), request))
        else:
            break
    spider.take(_response(url, got, request))
    return spider._following()


def _broken(got: made_up.Answer) -> Exception | None:
    if got.drip_s * len(got.body) > 15:
        return DownloadTimeoutError("15 s")
    if got.headers_without_end:
        return ValueError("too many headers")
    inflates = dict(got.headers).get("Content-Encoding") == "gzip" and len(got.body) < GZIP_BYTES
    return DownloadCancelledError("larger") if inflates else None


def _failure(error: Exception, request: Request) -> Failure:
    failure = Failure(error)
    failure.request = request  # type: ignore[attr-defined]
    return failure


def _response(url: str, got: made_up.Answer, request: Request) -> Response:
    request.meta["download_latency"] = got.pause_s
    kind = XmlResponse if "xml" in got.kind else HtmlResponse
    response = kind(url, status=got.status, headers=dict(got.headers), body=got.body, encoding="utf-8", request=request)
    if "shown" in request.meta:
        request.meta["shown"].missing = not response.css(request.meta["shown"]._site.wait_for)
    return response


def town_site(site: made_up.Site, config: SiteConfig, mode: Callable[..., made_up.Answer]) -> Answering:
    """Answer as a made-up site in a mode does."""

    def answer(url: str, headers: Mapping[str, str]) -> made_up.Answer:
        request = made_up.Request(target=url.removeprefix(config.fetch_base), cookie="")
        return mode(site, request, site.answer(request))

    return answer
