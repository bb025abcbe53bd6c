"""A page that its script makes is read as any other; what else its script wants to fetch is not fetched."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.async_api import Error
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser_handler import BrowserHandler
from crawler.records.site import Politeness
from tests.crawler.small_site import ADS, PUBLIC, REJECTED, Answer, ads, config, crawl, landed, list_page, site_of, small_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MARKER = "bild-som-webblasaren-aldrig-laddar"


def script_page(inner: str, script: str = "") -> str:
    """Return a page that is empty until its script has fetched what it shows."""
    return f'<html><main></main><script>document.querySelector("main").innerHTML = {json.dumps(inner)}; {script}</script>'


def test_scripts_are_run_and_what_they_reach_for_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    assert CHROMIUM, "these tests need Chromium"
    with small_site({}) as foreign:
        port = foreign.base.rpartition(":")[2]
        reach = "".join(
            f"try {{ {one} }} catch (e) {{}};"
            for one in (
                f'fetch("{foreign.base}/fetch", {{mode: "no-cors"}})', f'new Image().src = "{foreign.base}/bild"', f'new WebSocket("ws://127.0.0.1:{port}/ws")',
                f'new EventSource("{foreign.base}/es")', f'navigator.sendBeacon("{foreign.base}/beacon", "x")', f'fetch("http://localhost:{port}/namn")',
                'fetch("/vidare")', 'fetch("/hemligt/fil")', f'window.open("{foreign.base}/nytt")', 'fetch("/tillaten")',
                f'document.head.innerHTML = "<link rel=prefetch href={foreign.base}/p>"', 'navigator.serviceWorker.register("/sw.js")',
            )
        )  # fmt: skip
        pages = site_of(range(1, 4)) | {
            "/": script_page(list_page([1, 2, 3, 4])),
            "/annons/1": script_page(f'<h1>Annons 1</h1><img src="/bild/{MARKER}.jpg">', reach),
            "/annons/2": Answer(status=302, headers=(("Location", foreign.base + "/omled"),)),
            "/annons/3": script_page("<h2>inget"),
            "/annons/4": script_page("<h1>Annons 4</h1>"),
            "/vidare": Answer(status=302, headers=(("Location", foreign.base + "/omledd"),)),
        }
        with small_site(pages) as running:
            site = config(running.base, fetcher="browser", wait_for="h1, a.ad", politeness=Politeness(delay_s=0.0, timeout_s=8.0))
            (report,) = crawl(site, folder=tmp_path, chromium=CHROMIUM)
        assert foreign.asked == []
    assert (report.failed, landed(tmp_path / "exempel.duckdb", ADS)) == ("", ads(1, 4))
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == [
        (f"{PUBLIC}/annons/2", "led to a host that may not be asked"),
        (f"{PUBLIC}/annons/3", "nothing that matches h1, a.ad appeared within 8 s"),
    ]
    assert "/tillaten" in running.asked
    assert not [path for path in running.asked if path.startswith(("/bild", "/hemligt", "/sw.js", "/favicon"))]
    assert list(Path(tempfile.gettempdir()).glob(f"lykta-{os.getpid()}-*")) == []


def test_without_a_browser_the_site_that_needs_one_says_so_and_the_others_go_on(tmp_path: Path) -> None:
    with small_site(site_of(range(2))) as running:
        report, other = crawl(config(running.base, name="skript", fetcher="browser"), config(running.base), folder=tmp_path, chromium=None)
    assert report.failed == "no browser: skript shows nothing without JavaScript. Install Chromium (Debian: apt-get install chromium) and crawl again"
    assert (report.complete, other.ads, other.complete) == (False, 2, True)


@pytest.mark.parametrize(("failures", "starts"), [(0, 1), (1, 2), (2, 2)])
def test_a_browser_that_ends_while_it_starts_is_started_once_more(monkeypatch: pytest.MonkeyPatch, failures: int, starts: int) -> None:
    started: list[int] = []

    async def start(_: ScrapyPlaywrightDownloadHandler) -> None:
        started.append(len(started))
        if len(started) <= failures:
            raise Error("BrowserType.launch: Target page, context or browser has been closed")

    monkeypatch.setattr(ScrapyPlaywrightDownloadHandler, "_maybe_launch_browser", start)
    handler = object.__new__(BrowserHandler)
    try:
        asyncio.run(handler._maybe_launch_browser())
        came_up = True
    except Error:
        came_up = False
    assert (came_up, len(started)) == (failures < 2, starts)
