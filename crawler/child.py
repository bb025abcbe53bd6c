"""The child process that reads one site: its order comes over standard input, its progress and report leave as JSON lines.

Each site has a process of its own because Twisted's reactor starts once, and because a site that hangs or eats memory must not harm another.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import os
import pickle
import struct
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

import duckdb
from scrapy.crawler import AsyncCrawlerProcess

from crawler import verdict
from crawler.bounded_headers import bound_headers
from crawler.order import CrawlReport, Order, Reading
from crawler.photo_hash import HashChild
from crawler.picture_spider import PictureSpider
from crawler.polite import Begin, PoliteSpider, Tell, now
from crawler.quiet_log import open_log
from crawler.records.landing import LandingWriter
from crawler.scrapy_settings import scrapy_settings
from crawler.spider import SiteSpider

log = logging.getLogger("crawler.child")
BATCH, EVERY_S = 20, 2.0  # a kill loses at most so many records or seconds


def read_order(stream: BinaryIO) -> Order:
    """Read the order that the parent process wrote: four bytes of length, then the pickled order.

    Raises:
        ValueError: something else came.
    """
    (length,) = struct.unpack(">I", stream.read(4))
    order = pickle.loads(stream.read(length))
    if not isinstance(order, Order):
        raise ValueError("the parent process sent something else than an order")
    return order


def crawl(order: Order, tell: Tell, begin: Begin = lambda reading: None) -> CrawlReport:
    """Read the site, or its pictures, to the end or to a reason why not."""
    began = time.monotonic()
    if order.site.fetcher == "browser" and order.pictures is None and order.chromium is None:
        return CrawlReport(site=order.site.site, failed=verdict.no_browser(order.site), trouble="no_browser")
    try:
        landing = LandingWriter(
            order.landing,
            key=order.key,
            site=order.site.site,
            source="crawl" if order.pictures is None else "pictures",
            started_at=order.started_at,
            batch=BATCH,
            every_s=EVERY_S,
        )
    except duckdb.Error:
        why = f"its landing file {order.landing.name} cannot be opened: another crawl writes it, or it is damaged"
        return CrawlReport(site=order.site.site, failed=why)
    with landing:
        report = _run(order, landing, tell, begin)
        landing.finish(finished_at=now(), complete=report.complete)
    report = dataclasses.replace(report, seconds=round(time.monotonic() - began, 1))
    log.info("%s", report)
    return report


def _run(order: Order, landing: LandingWriter, tell: Tell, begin: Begin) -> CrawlReport:
    bound_headers()
    kind: type[PoliteSpider] = SiteSpider if order.pictures is None else PictureSpider
    scrapy_process = AsyncCrawlerProcess(scrapy_settings(order, megabytes=kind.megabytes))
    crawler = scrapy_process.create_crawler(kind)
    with contextlib.ExitStack() as stack:
        more: dict[str, Any] = {} if order.pictures is None else {"hasher": stack.enter_context(HashChild())}
        scrapy_process.crawl(crawler, order=order, landing=landing, tell=tell, begin=begin, **more)
        scrapy_process.start()
    if not isinstance(crawler.spider, PoliteSpider):
        return CrawlReport(site=order.site.site, failed="the crawl could not be started; the site's log says why")
    return crawler.spider.report()


def serve() -> None:
    """Run the order that comes over standard input."""
    with _own_output() as lines:
        order = read_order(sys.stdin.buffer)
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        open_log(order.log)
        report = crawl(order, lambda counts: _say(lines, {"progress": counts}), readings_to(lines))
        _say(lines, {"report": dataclasses.asdict(report)})


def readings_to(lines: BinaryIO) -> Begin:
    """Return what tells of each page before it is read."""

    def begin(reading: Reading) -> None:
        _say(lines, {"reading": {name: getattr(reading, name) for name in Reading.__slots__}})

    return begin


@contextlib.contextmanager
def _own_output() -> Iterator[BinaryIO]:
    """Keep standard output for the report alone: what any library prints goes nowhere."""
    with os.fdopen(os.dup(1), "wb", buffering=0) as lines, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        yield lines


def _say(lines: BinaryIO, message: dict[str, Any]) -> None:
    lines.write(json.dumps(message, ensure_ascii=True).encode() + b"\n")


def _leave_with_parent() -> None:
    """End this process at once when its parent is gone; what was committed stays."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    serve()
