"""The peer: a Scrapy spider as one writes it in an afternoon, that follows the lists, reads the same fields and yields them. Nothing else is asked of it."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from crawler.records.site import SiteConfig

MANY = ("phones", "emails", "handles", "payment", "comments", "images")


class BareSpider(scrapy.Spider):
    """Lists to ads to items."""

    name = "bare"

    def __init__(self, *, site: SiteConfig) -> None:
        super().__init__()
        self.site, self.pages = site, 0

    def _asked(self, url: str, callback: Any) -> scrapy.Request:
        meta: dict[str, Any] = {}
        if self.site.fetcher == "browser":
            meta = {"playwright": True, "playwright_page_methods": [PageMethod("wait_for_selector", self.site.wait_for, state="attached")]}
        return scrapy.Request(url, callback=callback, meta=meta)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Begin with the list."""
        for url in self.site.start:
            yield self._asked(url, self.read_list)

    def read_list(self, response: Response) -> Iterator[scrapy.Request]:
        """Follow the list's ads and its next page."""
        self.pages += 1
        for link in response.css(f"{self.site.ad_links}::attr(href)").getall():
            yield self._asked(response.urljoin(link), self.read_ad)
        for link in response.css(f"{self.site.next_page}::attr(href)").getall():
            yield self._asked(response.urljoin(link), self.read_list)

    def read_ad(self, response: Response) -> Iterator[dict[str, Any]]:
        """Read the fields."""
        self.pages += 1
        ad: dict[str, Any] = {"url": response.url}
        for rule in self.site.fields:
            found = response.css(rule.css)
            texts = found.getall() if "::" in rule.css else [" ".join(node.css("::text").getall()).strip() for node in found]
            ad[rule.name] = texts if rule.name in MANY else (texts[0] if texts else "")
        yield ad


def settings(site: SiteConfig, chromium: str) -> dict[str, Any]:
    """Return Scrapy's defaults, without its log and with one item at a time; for JavaScript scrapy-playwright's defaults with the browser kept on loopback."""
    plain: dict[str, Any] = {"CONCURRENT_ITEMS": 1, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
    if site.fetcher != "browser":
        return plain
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    kept = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    launch = {"executable_path": chromium, "headless": True, "args": kept}
    return {**plain, "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}, "PLAYWRIGHT_LAUNCH_OPTIONS": launch}


def measured(site: SiteConfig, chromium: str) -> dict[str, float]:
    """Crawl, and return pages, items and CPU seconds of this process; imports before it do not count."""
    began = time.process_time()
    process = AsyncCrawlerProcess(settings(site, chromium))
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, site=site)
    process.start()
    assert crawler.stats is not None and isinstance(crawler.spider, BareSpider)
    return {"pages": crawler.spider.pages, "ads": crawler.stats.get_value("item_scraped_count", 0), "cpu_s": time.process_time() - began}


if __name__ == "__main__":
    print(json.dumps(measured(pickle.load(sys.stdin.buffer), sys.argv[1])))
