"""The three sites on loopback, each on a free port of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.records.ad import Ad
from simulator.listing import Listing, Shown
from simulator.modes import MODES, Mode
from simulator.pictures import jpeg
from simulator.site import SITES, Answer, Request, Site
from simulator.town import Plan

HEADERS_MAX_S = 120.0  # seconds after which even headers without end stop, should nobody hang up
STOP_S = 0.05  # seconds between looks whether a pause is over because the site stops


@dataclass(slots=True, kw_only=True)
class Running:
    """A site that is being served: its base address, its config for the crawler, and what was asked of it so far, in order."""

    site: Site
    asked: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address that the site's paths come after, without a slash at the end."""
        return self.site.base

    @property
    def config(self) -> str:
        """The text of `config/sites/<site>.toml`."""
        return self.site.config()


def read_modes(words: Sequence[str]) -> dict[str, list[str]]:
    """Read modes such as `torget=slow`; several of one site add up.

    Raises:
        ValueError: an unknown site or mode, with those that exist.
    """
    found: dict[str, list[str]] = {site: [] for site in SITES}
    for word in words:
        site, _, mode = word.partition("=")
        if site not in found or mode not in MODES:
            raise ValueError(f"{word} is not SITE=MODE; sites: {', '.join(SITES)}; modes: {', '.join(MODES)}")
        found[site].append(mode)
    return found


def up_on_last_night(listings: Sequence[Listing], plan: Plan, limit: int) -> list[Listing]:
    """Return what is up on the last night in the order of the ads' numbers, at most `limit` (0: all)."""
    up = [listing for listing in listings if listing.on(plan.nights - 1)]
    return up[:limit] if limit else up


@contextlib.contextmanager
def serving(listings: Sequence[Listing], plan: Plan, *, limit: int = 0, modes: Sequence[str] = ()) -> Iterator[dict[str, Running]]:
    """Serve the last night's ads until the block ends.

    Yields:
        site name to the running site.

    Raises:
        ValueError: a mode that does not exist.
    """
    wanted = read_modes(modes)
    up = up_on_last_night(listings, plan, limit)
    stopping = threading.Event()
    servers: list[_Server] = []
    running: dict[str, Running] = {}
    try:
        for name in SITES:
            running[name] = Running(site=_site(name, up, plan))
            server = _Server(running[name], [MODES[mode]() for mode in wanted[name]], stopping)
            running[name].site.base = f"http://127.0.0.1:{server.server_address[1]}"
            servers.append(server)
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": STOP_S}, daemon=True).start()
        yield running
    finally:
        stopping.set()
        for server in servers:
            server.shutdown()
            server.server_close()


def _site(name: str, up: Sequence[Listing], plan: Plan) -> Site:
    ads: list[Ad] = []
    pictures: list[Shown] = []
    for listing in up:
        ad = listing.on(plan.nights - 1)
        if ad is not None and ad.site == name:
            ads.append(ad)
            pictures += listing.pictures

    def draw(shown: Shown) -> bytes:
        return jpeg(shown.identity, shown.variant, shown.turn, seed=plan.seed)

    return Site(name, ads, pictures, draw)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, running: Running, modes: Sequence[Mode], stopping: threading.Event) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.running, self.modes, self.stopping = running, modes, stopping

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: readers hang up on bombs and drips, and that is what they should do."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answer a request as the site and its modes have it."""
        request = Request(target=self.path, cookie=self.headers.get("Cookie", ""))
        running = self.server.running
        running.asked.append(self.path)
        answer = running.site.answer(request)
        for mode in self.server.modes:
            answer = mode(running.site, request, answer)
        if not self._waited(answer.pause_s):
            return
        self._head(answer)
        self._body(answer)

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        answer = self.server.running.site.answer(Request(target=self.path))
        self._head(answer)
        self.end_headers()

    def _waited(self, seconds: float) -> bool:
        if seconds and self.server.stopping.wait(seconds):
            self.close_connection = True
            return False
        return True

    def _head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.headers_without_end:
            self._headers_without_end()
            return
        self.send_header("Content-Length", str(len(answer.body)))

    def _body(self, answer: Answer) -> None:
        if answer.headers_without_end:
            return
        self.end_headers()
        if not answer.drip_s:
            self.wfile.write(answer.body)
            return
        for byte in answer.body:
            self.wfile.write(bytes([byte]))
            if not self._waited(answer.drip_s):
                return

    def _headers_without_end(self) -> None:
        self.flush_headers()
        self.close_connection = True
        until = time.monotonic() + HEADERS_MAX_S
        line = b"X-Mer: " + b"a" * 1000 + b"\r\n"
        with contextlib.suppress(OSError, socket.timeout):
            while time.monotonic() < until and not self.server.stopping.is_set():
                self.wfile.write(line * 16)

    def log_message(self, *words: object) -> None:
        """Keep no log of its own."""
