"""scrapy-playwright's download handler, asking our own spider which requests of a page may be made."""

from __future__ import annotations

import logging

from playwright.async_api import Error
from playwright.async_api import Request as PageRequest
from scrapy.crawler import Crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.spider import SiteSpider

log = logging.getLogger("crawler.browser_handler")


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Aborts what the spider does not want; without a spider of ours, everything."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self.abort_request = self._unwanted

    async def _maybe_launch_browser(self) -> None:
        """Start the browser, once more when it ends while it starts: a site is not given up for a night because of that."""
        try:
            await super()._maybe_launch_browser()
        except Error as error:
            log.warning("the browser did not start, trying once more", exc_info=error)
            await super()._maybe_launch_browser()

    def _unwanted(self, request: PageRequest) -> bool:
        spider = self._crawler.spider
        return not isinstance(spider, SiteSpider) or spider.unwanted(request)
