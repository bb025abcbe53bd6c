"""The browser for sites that show nothing without JavaScript: which flags, which requests, and when a page counts as shown."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page, Response, ViewportSize, WebSocketRoute
from playwright.async_api import Request as PageRequest
from scrapy import Request
from scrapy_playwright.page import PageMethod

from crawler.gate import Gate, why_refused
from crawler.records.site import SiteConfig

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-breakpad",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--blink-settings=imagesEnabled=false",
)
NEVER_LOADED = frozenset({"image", "media", "font", "websocket", "eventsource", "manifest", "ping", "texttrack"})
SCROLLED_WINDOW: ViewportSize = {"width": 1280, "height": 2400}
SCROLL = Path(__file__).with_name("scroll.js").read_text("utf-8")
HANDLER = "crawler.browser_handler.BrowserHandler"


def resolver_rules(site: SiteConfig, resolve: Callable[[str], list[str]]) -> str:
    """Return Chromium's host rules: each host of the site stays with the address that was checked now, at its own ports; nothing else exists.

    Args:
        resolve: name to numeric addresses.
    """
    if site.simulator:
        return ", ".join([*(f"MAP {origin} {origin}" for origin in Gate(site).made_up), "MAP * ~NOTFOUND"])
    pinned, ports = [], Gate(site).ports
    for host in site.hosts:
        allowed = [address for address in resolve(host) if not why_refused(address, simulator=False)]
        if allowed:
            address = f"[{allowed[0]}]" if ":" in allowed[0] else allowed[0]
            pinned += [f"MAP {host}:{port} {address}" for port in ports]
    return ", ".join([*pinned, "MAP * ~NOTFOUND"])


def resolve_now(host: str) -> list[str]:
    """Return the addresses of a host, IPv4 first; none when it has none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({str(item[4][0]) for item in found}, key=lambda address: (":" in address, address))


def scrapy_settings(site: SiteConfig, *, chromium: str) -> dict[str, Any]:
    """Return the settings that put the browser in the place of the plain client, for requests that ask for it."""
    as_root = os.geteuid() == 0
    return {
        "DOWNLOAD_HANDLERS": {**dict.fromkeys(("data", "file", "ftp", "s3")), "http": HANDLER, "https": HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": chromium,
            "headless": True,
            "chromium_sandbox": not as_root,
            "env": {**os.environ, "HOME": tempfile.gettempdir()},  # the run's own folder, which goes with it
            "args": [*FLAGS, *(["--no-sandbox"] if as_root else []), f"--host-resolver-rules={resolver_rules(site, resolve_now)}"],
        },
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": site.politeness.timeout_s * 1000,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
    }


class Shown:
    """Waits for one page of a browser to show what the site's config waits for, and remembers whether it did.

    Attributes:
        status: of the page itself; 0 before it answered.
        missing: the selector never appeared.
    """

    def __init__(self, site: SiteConfig) -> None:
        self._site = site
        self.status = 0
        self.missing = False
        self._scrolls = 0

    def meta(self, user_agent: str) -> dict[str, Any]:
        """Return what a Scrapy request carries so that this page is read in the browser."""
        return {
            "playwright": True,
            "playwright_context_kwargs": {
                "user_agent": user_agent,
                "accept_downloads": False,
                "service_workers": "block",
                "permissions": [],
                "locale": "sv-SE",
            },
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_init_callback": self._open,
            "playwright_page_methods": [PageMethod(self._wait)],
        }

    async def _open(self, page: Page, request: Request) -> None:
        self._scrolls = self._site.scroll_max if request.meta.get("kind") == "list" else 0
        if self._scrolls:
            await page.set_viewport_size(SCROLLED_WINDOW)
        await page.route_web_socket("**/*", self._close_socket)
        page.on("response", self._answered)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.on("popup", lambda popup: popup.close())

    async def _close_socket(self, route: WebSocketRoute) -> None:
        await route.close()

    def _answered(self, response: Response) -> None:
        if not self.status and response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.status = response.status

    async def _wait(self, page: Page) -> None:
        if self.status >= 400:
            return
        try:
            if self._site.wait_for:
                await page.wait_for_selector(self._site.wait_for, state="attached", timeout=self._site.politeness.timeout_s * 1000)
        except BrowserError:
            self.missing = True
        await self._scroll(page)

    async def _scroll(self, page: Page) -> None:
        """Scroll a list to its end. Rows that it takes away as others come are put back, so that every link is on the page at last."""
        if not self._scrolls or self.missing:
            return
        try:
            await page.evaluate(SCROLL, {"steps": self._scrolls, "limit_ms": self._site.politeness.timeout_s * 1000})
        except BrowserError:
            return  # a page that went away under the scrolling is read as it is


def unwanted(request: PageRequest, allows: Callable[[str], bool]) -> bool:
    """Tell whether a request of a page is not made: pictures, sockets and beacons never, other hosts and what robots.txt forbids neither."""
    if request.resource_type in NEVER_LOADED:
        return True
    if urlsplit(request.url).scheme in ("data", "blob", "about"):
        return False
    return not allows(request.url)
