"""A site of a few pages on loopback, for one test: what it answers is said in the test, and it remembers who asked for what and when."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from crawler.order import CrawlReport
from crawler.records.duckdb_file import attach, connect
from crawler.records.site import FieldRule, Politeness, SiteConfig
from crawler.run import Job, crawl_all

KEY = "c3" * 32
AT = datetime(2026, 11, 23, 2)
AGENT = "Lykta/0.1 (test; kontakt@exempel.example)"
PUBLIC = "https://exempel.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back; `lines_without_end` sends headers that never stop, `body_without_end` the body over and over, `drip_s` waits between its bytes."""

    body: bytes | str = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/html; charset=utf-8"
    pause_s: float = 0.0
    lines_without_end: bool = False
    body_without_end: bool = False
    drip_s: float = 0.0


@dataclass(slots=True, kw_only=True)
class SmallSite:
    """A running site: its base address, and what was asked of it in order."""

    base: str
    asked: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


Route = Answer | str | Callable[[int], Answer]


@contextmanager
def small_site(pages: Mapping[str, Route]) -> Iterator[SmallSite]:
    """Serve pages by path with query; a route may be a function of how often it was asked before. What is not there answers 404."""
    running = SmallSite(base="")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            before = running.asked.count(self.path)
            running.asked.append(self.path)
            running.at.append(time.monotonic())
            running.headers.append({name.lower(): value for name, value in self.headers.items()})
            route = pages.get(self.path, Answer(status=404, body="finns inte"))
            answer = route(before) if callable(route) else route
            self.send(Answer(body=answer) if isinstance(answer, str) else answer)

        def send(self, answer: Answer) -> None:
            time.sleep(answer.pause_s)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.lines_without_end:
                self.flush_headers()
                for _ in range(200_000):
                    self.wfile.write(b"X-Mer: " + b"a" * 900 + b"\r\n")
                return
            self.send_header(*(("Connection", "close") if answer.body_without_end else ("Content-Length", str(len(body)))))
            self.end_headers()
            for byte in body if answer.drip_s else b"":
                self.wfile.write(bytes([byte]))
                time.sleep(answer.drip_s)
            while answer.body_without_end:
                self.wfile.write(body)
            if not answer.drip_s:
                self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a reader that hangs up on a bomb does right

    server = Server(("127.0.0.1", 0), Handler)
    running.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()


def config(base: str, *, name: str = "exempel", **change: Any) -> SiteConfig:
    """Return a site's config: a list at /, ads by `a.ad`, title required, body, phones and pictures."""
    values: dict[str, Any] = {
        "site": name, "fetcher": "http", "hosts": ("127.0.0.1",), "start": (base + "/",), "ad_links": "a.ad", "next_page": "a.nasta", "ad_url": r"/annons/",
        "fetch_base": base, "public_base": PUBLIC, "simulator": True, "politeness": Politeness(delay_s=0.0, timeout_s=8.0),
        "fields": (
            FieldRule(name="title", css="h1", required=True), FieldRule(name="body", css="p.text"), FieldRule(name="phones", css="b.tel", many=True),
            FieldRule(name="images", css="img::attr(src)", many=True),
        ),
    }  # fmt: skip
    return SiteConfig(**{**values, **change})


def list_page(numbers: range | list[int], following: str = "") -> str:
    """Return a list page that leads to ads."""
    more = f'<a class="nasta" href="{following}">mer</a>' if following else ""
    return "<html>" + "".join(f'<a class="ad" href="/annons/{number}">ad</a>' for number in numbers) + more


def ad_page(number: int) -> str:
    """Return the page of an ad."""
    return f'<html><h1>Annons {number}</h1><p class="text">Påhittad text {number}</p><b class="tel">070-174 06 05</b>'


def site_of(numbers: range, **more: Route) -> dict[str, Route]:
    """Return a whole small site with these ads on one list; `more` adds or replaces paths, with _ for / at the beginning."""
    pages: dict[str, Route] = {"/robots.txt": "User-agent: *\nDisallow: /hemligt\n", "/": list_page(numbers)}
    return {**pages, **{f"/annons/{number}": ad_page(number) for number in numbers}, **more}


def crawl(*sites: SiteConfig, folder: Path, chromium: str | None = None, say: Callable[[str], None] = lambda line: None) -> list[CrawlReport]:
    """Crawl sites side by side into `<site>.duckdb` of a folder."""
    jobs = [Job(site=site, landing=folder / f"{site.site}.duckdb") for site in sites]
    return crawl_all(jobs, key=KEY, started_at=AT, chromium=chromium, log_folder=folder / "log", on_progress=say, user_agent=AGENT)


def landed(path: Path, question: str) -> list[tuple[Any, ...]]:
    """Ask a landing file."""
    con = connect(memory_limit="128MB", threads=1)
    try:
        attach(con, path, name="landing", key=KEY, read_only=True)
        return con.execute(question).fetchall()
    finally:
        con.close()


ADS = "SELECT url, title FROM landing.ad_seen ORDER BY url"
REJECTED = "SELECT url, reason FROM landing.rejected ORDER BY url"
RUN = "SELECT complete, finished_at IS NOT NULL FROM landing.run"


def ads(*numbers: int) -> list[tuple[str, str]]:
    """Return what ADS gives when these ads were landed."""
    return sorted((f"{PUBLIC}/annons/{number}", f"Annons {number}") for number in numbers)
