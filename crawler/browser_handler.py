"""scrapy-playwright's download handler, asking our own spider which requests of a page may be made."""

from __future__ import annotations

from playwright.async_api import Request as PageRequest
from scrapy.crawler import Crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.spider import SiteSpider


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Aborts what the spider does not want; without a spider of ours, everything."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self.abort_request = self._unwanted

    def _unwanted(self, request: PageRequest) -> bool:
        spider = self._crawler.spider
        return not isinstance(spider, SiteSpider) or spider.unwanted(request)
