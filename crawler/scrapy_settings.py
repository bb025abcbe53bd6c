"""Scrapy's settings for one site: one request at a time, nothing kept, nothing told, everything bounded."""

from __future__ import annotations

from typing import Any

from crawler import browser
from crawler.order import Order

MEGABYTE = 1 << 20


def scrapy_settings(order: Order, *, megabytes: int) -> dict[str, Any]:
    """Return the settings of a run.

    Args:
        megabytes: most of an answer on the wire.
    """
    site = order.site
    settings: dict[str, Any] = {
        "USER_AGENT": site.user_agent or order.user_agent,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "sv,en;q=0.5"},
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # the default of 100 makes 100 tasks an answer
        "DOWNLOAD_DELAY": site.politeness.delay_s,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_TIMEOUT": site.politeness.timeout_s,
        "DOWNLOAD_MAXSIZE": megabytes * MEGABYTE,
        "DOWNLOAD_WARNSIZE": 0,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows what was asked
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # obeyed by crawler.manners, which also knows 5xx, Crawl-delay and who comes first
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve names where nobody checks them
        "HTTPERROR_ALLOW_ALL": True,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # it would read a callback's source again for every answer
        "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0},  # no console, no control port, no memory mail
        "TWISTED_DNS_RESOLVER": "crawler.resolver.CheckedResolver",
        "SITE_IS_SIMULATOR": site.simulator,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.manners.Inflate": 590,
            "crawler.manners.Manners": 900,
        },
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
    }
    if site.fetcher == "browser" and order.pictures is None and order.chromium is not None:
        settings |= browser.scrapy_settings(site, chromium=order.chromium)
    return settings
