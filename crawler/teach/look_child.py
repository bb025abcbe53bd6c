"""The child process of a look: its order comes over standard input, the pages leave over standard output, nothing touches a disk in plain text."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pickle
import secrets
import struct
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from scrapy.crawler import AsyncCrawlerProcess

from crawler import verdict
from crawler.bounded_headers import bound_headers
from crawler.quiet_log import open_log
from crawler.records.landing import LandingWriter
from crawler.scrapy_settings import scrapy_settings
from crawler.teach.look_order import LookOrder
from crawler.teach.look_spider import LookSpider
from crawler.teach.seen import Found


def look(wanted: LookOrder) -> Found:
    """Look until nothing more is wanted. Fetches are noted in an encrypted file with a key that nobody keeps, and that goes afterwards."""
    order = wanted.order
    if order.site.fetcher == "browser" and order.chromium is None:
        return Found(pages=(), failed=verdict.no_browser(order.site))
    bound_headers()
    with tempfile.TemporaryDirectory(prefix="look-") as folder:
        landing = LandingWriter(
            Path(folder) / "look.duckdb", key=secrets.token_hex(32), site=order.site.site, source="crawl", started_at=order.started_at
        )  # fmt: skip
        with landing:
            scrapy_process = AsyncCrawlerProcess(scrapy_settings(order, megabytes=LookSpider.megabytes))
            crawler = scrapy_process.create_crawler(LookSpider)
            scrapy_process.crawl(crawler, order=order, landing=landing, tell=lambda counts: None, choose=wanted.choose)
            scrapy_process.start()
            spider = crawler.spider
            return spider.found() if isinstance(spider, LookSpider) else Found(pages=(), failed="the look could not be started; the site's log says why")


def serve() -> None:
    """Run the order that comes over standard input, and write what was found to standard output."""
    with _own_output() as output:
        (length,) = struct.unpack(">I", sys.stdin.buffer.read(4))
        wanted = pickle.loads(sys.stdin.buffer.read(length))
        if not isinstance(wanted, LookOrder):
            raise ValueError("the parent process sent something else than an order to look")
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        open_log(wanted.order.log)
        output.write(json.dumps(dataclasses.asdict(look(wanted))).encode())


@contextlib.contextmanager
def _own_output() -> Iterator[BinaryIO]:
    """Keep standard output for what was found: what any library prints goes nowhere."""
    with os.fdopen(os.dup(1), "wb") as output, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        yield output


def _leave_with_parent() -> None:
    """End this process at once when its parent is gone."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    serve()
