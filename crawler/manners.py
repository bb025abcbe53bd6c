"""Before each request: is the address ours to ask, and does robots.txt allow it? After each answer: log it, and wait when asked to."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.polite import PoliteSpider
from crawler.reservation import path_reserved, reserved_paths
from crawler.robots import RobotsRules, read_robots, robots_address
from crawler.why import NotAskedError, unreachable, why_failed

ASK_LATER = frozenset({429, 503})
TRIES_MAX = 3  # more askings of a page that says later, or does not answer
PAUSE_MAX_S = 120.0  # a longer Retry-After ends the run: the site wants to be left alone
PAUSES_MAX_S = 600.0  # all pauses of a run together
DELAY_MAX_S = 60.0
TDMREP = "/.well-known/tdmrep.json"
log = logging.getLogger("crawler.manners")


def pause_s(retry_after: str, *, tries: int, delay_s: float, now: datetime) -> float:
    """Return the seconds to wait before asking again.

    Args:
        retry_after: header value: seconds, an HTTP date, or '' when the site names none.
        tries: how often the page was asked again already, from 0.
        delay_s: the usual pause between requests; doubled with each try, at least a second.
        now: with a time zone.
    """
    if retry_after.strip().isdecimal():
        return min(float(retry_after.strip()), 10 * PAUSE_MAX_S)
    try:
        named = parsedate_to_datetime(retry_after)
        return max(0.0, (named.replace(tzinfo=named.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return float(max(delay_s, 1.0) * 2**tries)


class Manners:
    """Scrapy's downloader middleware closest to the wire, so that redirects and repeated askings pass it too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, RobotsRules] = {}
        self._reserved: dict[str, tuple[str, ...]] = {}
        self._paused_s = 0.0
        self._asking = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Manners:
        """Build for a crawler."""
        return cls(crawler)

    @property
    def _spider(self) -> PoliteSpider:
        spider = self._crawler.spider
        if not isinstance(spider, PoliteSpider):
            raise TypeError("these manners belong to our own spiders")
        return spider

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the robots.txt files read so far name, those that may be asked alone."""
        named = [url for rules in self._rules.values() if rules.rules is not None for url in rules.rules.sitemaps]
        return tuple(url for url in dict.fromkeys(named) if not self._spider.gate.why_not(url))

    async def process_request(self, request: Request) -> None:
        """Let a request through, or refuse it with the reason."""
        spider = self._spider
        request.meta["download_slot"] = spider.site.site  # one queue and one delay for all hosts of the site
        if why := spider.gate.why_not(request.url):
            raise NotAskedError(why)
        if request.meta.get("kind") == "robots":
            return
        address = robots_address(request.url)
        async with self._asking:
            if address not in self._rules:
                await self._read_rules(address)
        rules = self._rules[address]
        if why := rules.why_not(request.url) or path_reserved(request.url, self._reserved[address]):
            raise NotAskedError(why, whole_site=bool(rules.refused))
        request.meta["allowed_by"] = rules.source

    def allows(self, url: str) -> bool:
        """Tell whether a page's own request to an address may be made, by rules that were read already."""
        address = robots_address(url)
        rules = self._rules.get(address)
        return rules is not None and not self._spider.gate.why_not(url) and not rules.why_not(url) and not path_reserved(url, self._reserved[address])

    async def _read_rules(self, address: str) -> None:
        spider = self._spider
        status, body = await self._fetch(address, "robots.txt is asked for before it can be obeyed", tries=0)
        rules = read_robots(status=status, body=body, user_agent=spider.order.user_agent)
        if rules.delay_s > PAUSE_MAX_S:
            rules = dataclasses.replace(rules, refused=f"robots.txt asks for {rules.delay_s:.0f} s between requests, more patience than a night has")
        self._slow_to(min(rules.delay_s, PAUSE_MAX_S))
        patterns: tuple[str, ...] = ()
        if not rules.refused and not rules.why_not(address.replace("/robots.txt", TDMREP)):
            status, body = await self._fetch(address.replace("/robots.txt", TDMREP), rules.source, tries=TRIES_MAX)
            patterns = reserved_paths(body.decode("utf-8", "replace")) if status == 200 else ()
        self._rules[address], self._reserved[address] = rules, patterns
        log.info("rules of %s: %s; %d reserved", address, rules.refused or rules.source, len(patterns))

    async def _fetch(self, address: str, allowed_by: str, *, tries: int) -> tuple[int, bytes]:
        """Return status and body; (0, b'') when nothing answered or the answer may not be read."""
        request = Request(address, meta={"kind": "robots", "allowed_by": allowed_by, "tries": tries}, dont_filter=True)
        engine = self._crawler.engine
        if engine is None:
            return 0, b""
        try:
            response = await engine.download_async(request)
        except Exception as error:  # whatever it is: without rules nothing may be fetched
            log.info("no answer from %s: %s", address, why_failed(error, megabytes=self._spider.megabytes))
            return 0, b""
        return response.status, response.body

    def _slow_to(self, delay_s: float) -> None:
        """Lengthen the pause between requests, never shorten it."""
        engine = self._crawler.engine
        if engine is None:
            return
        slots, name = engine.downloader.slots, self._spider.site.site
        longer = max(delay_s, self._spider.site.politeness.delay_s)
        engine.downloader.per_slot_settings[name] = {"concurrency": 1, "delay": longer, "jitter": 0.0}
        if name in slots:
            slots[name].delay = max(slots[name].delay, longer)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Log an answer as it came over the wire; wait and ask again where it says later."""
        spider = self._spider
        spider.note_fetch(request, status=response.status, size=len(response.body))
        if response.status not in ASK_LATER or request.meta.get("tries", 0) >= TRIES_MAX:
            return response
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = pause_s(header, tries=request.meta.get("tries", 0), delay_s=spider.site.politeness.delay_s, now=datetime.now(UTC))
        if wait > PAUSE_MAX_S or self._paused_s + wait > PAUSES_MAX_S:
            spider.stop(f"it answers {response.status} and asks for more patience than a night has; lengthen delay_s in its [politeness]")
            return response
        self._slow_to(min(DELAY_MAX_S, 2 * spider.site.politeness.delay_s))
        return await self._again(request, wait, f"answered {response.status}")

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Log a request that nothing answered, and ask again where that may help."""
        if isinstance(exception, IgnoreRequest):
            return None
        spider = self._spider
        spider.note_fetch(request, status=0, size=0, error=why_failed(exception, megabytes=spider.megabytes))
        wait = max(1.0, spider.site.politeness.delay_s)
        if not unreachable(exception) or request.meta.get("tries", 0) >= 1 or self._paused_s + wait > PAUSES_MAX_S:
            return None
        return await self._again(request, wait, "did not answer")

    async def _again(self, request: Request, wait: float, why: str) -> Request:
        log.info("%s %s; asking again in %.0f s", request.url, why, wait)
        self._paused_s += wait
        await asyncio.sleep(wait)
        again = request.replace(dont_filter=True)
        again.meta["tries"] = request.meta.get("tries", 0) + 1
        return again


class Inflate(HttpCompressionMiddleware):
    """Scrapy's, with a bound of its own for what an answer may inflate to; the setting bounds what comes over the wire."""

    INFLATED_MAX = 20 << 20

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._max_size = self.INFLATED_MAX


