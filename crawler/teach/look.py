"""Look at a site: a child process fetches the pages as politely and as guardedly as a crawl does, and gives them back in memory."""

from __future__ import annotations

import functools
import json
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawler.order import Order
from crawler.parse import list_links, sitemap_links
from crawler.reading_time import ENDED_BY, READING_S, too_long
from crawler.records.site import SiteConfig
from crawler.run import FOLDER, KEPT_ENVIRONMENT
from crawler.teach.explore import next_step
from crawler.teach.look_order import LookOrder, Next
from crawler.teach.seen import Found, Seen, Step

HUNG_S = 900.0  # a look is two dozen pages at most, five seconds apart and thirty seconds each
LISTS_MAX = 4  # list pages that are followed to the first ads


def explore(site: SiteConfig, url: str, *, example: str, chromium: str | None, at: datetime, user_agent: str, log: Path) -> Found:
    """Look at a site of which nothing is known but an address; robots.txt comes first."""
    return run_look(site, functools.partial(next_step, start=url, example=example), chromium=chromium, at=at, user_agent=user_agent, log=log)


def follow(site: SiteConfig, *, ads: int, chromium: str | None, at: datetime, user_agent: str, log: Path) -> Found:
    """Look at a site as its config describes it: from a list or a sitemap to so many ads."""
    return run_look(site, functools.partial(configured_step, site=site, ads=ads), chromium=chromium, at=at, user_agent=user_agent, log=log)


def fetch_one(site: SiteConfig, url: str, kind: str, *, chromium: str | None, at: datetime, user_agent: str, log: Path) -> Found:
    """Look at one page."""
    step = Step(url=url, kind=kind)
    return run_look(site, functools.partial(listed_step, steps=(step,)), chromium=chromium, at=at, user_agent=user_agent, log=log)


def listed_step(found: Found, steps: Sequence[Step]) -> Step | None:
    """Return the next of given pages."""
    return steps[len(found.pages)] if len(found.pages) < len(steps) else None


def configured_step(found: Found, site: SiteConfig, ads: int) -> Step | None:
    """Return the next page on the way that a config describes: sitemaps and lists until ads are named, then ads."""
    asked = {seen.asked for seen in found.pages}
    lists: list[Step] = [Step(url=url, kind="sitemap") for url in site.sitemap] + [Step(url=url, kind="list") for url in site.start]
    named: list[str] = []
    for seen in found.pages:
        if seen.why or seen.kind == "ad":
            continue
        links = sitemap_links(seen.page, site) if seen.kind == "sitemap" else list_links(seen.page, site)
        named += links.ads
        lists += [Step(url=url, kind="sitemap") for url in links.sitemaps] + [Step(url=url, kind="list") for url in links.lists]
    if named:
        wanted = list(dict.fromkeys(named))[: ads * 2]
        good = len(found.good("ad"))
        return next((Step(url=url, kind="ad") for url in wanted if url not in asked), None) if good < ads else None
    fresh = [step for step in lists if step.url not in asked]
    return fresh[0] if fresh and len(asked) < LISTS_MAX else None


def run_look(site: SiteConfig, choose: Next, *, chromium: str | None, at: datetime, user_agent: str, log: Path) -> Found:
    """Run a look in a child process, to its end or until it hangs."""
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-{site.site}-", ignore_cleanup_errors=True) as folder:
        order = Order(
            site=site, landing=Path(folder) / "unused.duckdb", key="0" * 64, started_at=at, chromium=chromium, log=log, user_agent=user_agent
        )  # fmt: skip
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ} | {"TMPDIR": folder}
        child = subprocess.Popen(
            [sys.executable, "-m", "crawler.teach.look_child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            return _answer(child, pickle.dumps(LookOrder(order=order, choose=choose)), log)
        finally:
            child.kill()
            child.wait()


def _answer(child: subprocess.Popen[bytes], order: bytes, log: Path) -> Found:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child process has no pipes")
    child.stdin.write(struct.pack(">I", len(order)) + order)
    child.stdin.flush()  # and left open: its end tells the child that its parent is gone
    with _Deadline(child):
        answer = child.stdout.read()
    if not answer and child.wait() in ENDED_BY:
        return Found(pages=(), failed=f"one of its pages {too_long(READING_S)}")
    if not answer:
        return Found(pages=(), failed=f"the look ended without an answer; see {log}")
    said = json.loads(answer)  # not pickled: a child that read hostile pages is not trusted to build objects here
    return Found(pages=tuple(Seen(**seen) for seen in said["pages"]), sitemaps=tuple(said["sitemaps"]), failed=str(said["failed"]))


class _Deadline:
    """Ends a child that takes longer than any look may."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._timer = threading.Timer(HUNG_S, child.kill)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
