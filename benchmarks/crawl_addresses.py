"""Addresses that must not be reached, in every way a page can lead to them: each is tried against listeners, and every attempt to connect is noted.

A case counts as reached when a listener hears of it, or when the crawling process tries to connect to any address but the site's.
Usage: python -m benchmarks.crawl_addresses
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.crawl import AGENT, KEY, chromium
from benchmarks.crawl_cases.fooled import PUBLIC, Names
from benchmarks.crawl_cases.forbidden import Answer, Ground, ground
from benchmarks.worlds import scratch
from crawler.order import Order
from crawler.records.site import FieldRule, Politeness, SiteConfig

HOST = "publik.example"
LITERALS = (
    "127.0.0.1", "127.8.9.10", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "localhost", "localhost.", "%31%32%37.0.0.1", "①②⑦.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]",
    "publik.example@127.0.0.1", "127.0.0.1\\@publik.example", "publik.example", "publik.example.127.0.0.1.nip.example",
)  # fmt: skip
REBOUND = (
    "127.0.0.1", "::1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1",
)  # fmt: skip
SCRIPTS = {
    "fetch": 'fetch("{url}", {{mode: "no-cors"}})', "image": 'new Image().src = "{url}"', "socket": 'new WebSocket("{url}".replace("http", "ws"))',
    "events": 'new EventSource("{url}")', "beacon": 'navigator.sendBeacon("{url}", "x")', "window": 'window.open("{url}")',
    "worker": 'navigator.serviceWorker.register("{url}")', "shared": 'new Worker(URL.createObjectURL(new Blob([`fetch("{url}", {{mode: "no-cors"}})`])))',
    "call": 'new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{port}"}}]}}).createDataChannel("x")',
}  # fmt: skip
ELEMENTS = {
    "frame": '<iframe src="{url}"></iframe>', "style": '<link rel="stylesheet" href="{url}">', "code": '<script src="{url}"></script>',
    "ahead": '<link rel="prefetch" href="{url}">', "near": '<link rel="preconnect" href="{url}">', "object": '<object data="{url}"></object>',
    "film": '<video src="{url}" autoplay></video>', "redirected": '<script src="/vidare/{name}"></script>',
}  # fmt: skip
OTHER_SCHEMES = ("file:///etc/hostname", "ftp://127.0.0.1/x", "//127.0.0.1:{port}/x", "data:text/html,<h1>x", "javascript:alert(1)")


def measure() -> dict[str, float]:
    """Return how many cases were tried, how many were reached, and how many good pages beside them were read as they should."""
    tried, reached, good = 0, list[str](), 0
    with scratch() as folder:
        for cases, landed, hits in (_pages(folder), _robots(folder), _names(folder), _pictures(folder), _browser(folder)):
            tried, good = tried + cases, good + landed
            reached += hits
    for line in reached:
        print(f"reached: {line}", file=sys.stderr)
    return {"tried": tried, "reached": len(reached), "good_pages": good}


def _targets(opened: Ground) -> list[str]:
    return [f"http://{host}:{opened.inside_port}/x" for host in LITERALS] + [one.format(port=opened.inside_port) for one in OTHER_SCHEMES]


def _ad(more: str = "") -> Answer:
    return 200, "", f"<html><h1>Annons</h1><p class=text>Påhittad</p>{more}".encode()


def _listed(links: list[str], following: str = "") -> Answer:
    return 200, "", ("<html>" + "".join(f'<a class="ad" href="{link}">x</a>' for link in links) + f'<a class="nasta" href="{following}">').encode()


def _pages(folder: Path) -> tuple[int, int, list[str]]:
    """Links, redirects, next pages, sitemaps and names that change their mind: one crawl of everything a list can lead to."""
    rebound = {f"namn{number}.example": [PUBLIC, PUBLIC, address] for number, address in enumerate(REBOUND)}

    def answer(opened: Ground, path: str) -> Answer:
        targets = _targets(opened)
        kind, _, number = path.strip("/").partition("/")
        if path == "/":
            names = [link for name in rebound for link in (f"http://{name}:{opened.site_port}/annons/{name}", f"/annons/efter-{name}")]
            return _listed(["/annons/1", *targets, *(f"/vidare/{place}" for place in range(len(targets))), *names], targets[0])
        if kind == "karta":
            named = "".join(f"<url><loc>{target.replace('<', '')}</loc></url>" for target in ["/annons/0", *targets])
            index = "".join(f"<sitemap><loc>{target.replace('<', '')}</loc></sitemap>" for target in targets)
            return 200, "Content-Type: application/xml", f"<x>{named}{index}</x>".encode()
        if kind == "vidare":
            return 302, f"Location: {targets[int(number)].encode().decode('latin-1')}", b""
        return _ad() if kind == "annons" else (404, "", b"")

    with ground(answer) as opened:
        found = _crawl(opened, folder, names={HOST: [PUBLIC], **rebound}, hosts=(HOST, *rebound), sitemap=(f"http://{HOST}:{opened.site_port}/karta",))
    cases = len(LITERALS) + len(OTHER_SCHEMES)
    return 4 * cases + 1 + len(rebound), found["report"]["ads"], _hits(opened, found)


def _robots(folder: Path) -> tuple[int, int, list[str]]:
    """A robots.txt and a tdmrep.json that lead elsewhere."""
    hits = []
    for first in ("/robots.txt", "/.well-known/tdmrep.json"):

        def answer(opened: Ground, path: str, first: str = first) -> Answer:
            return (302, f"Location: http://127.0.0.1:{opened.inside_port}{first}", b"") if path == first else (404, "", b"")

        with ground(answer) as opened:
            hits += _hits(opened, _crawl(opened, folder, names={HOST: [PUBLIC]}))
    return 2, 0, hits


def _names(folder: Path) -> tuple[int, int, list[str]]:
    """A site whose name is a private address from the beginning."""
    hits = []
    for address in ("127.0.0.1", "::1"):
        with ground(lambda opened, path: _ad()) as opened:
            hits += _hits(opened, _crawl(opened, folder, names={HOST: [address]}))
    return 2, 0, hits


def _pictures(folder: Path) -> tuple[int, int, list[str]]:
    """Pictures at forbidden addresses, and pictures that lead there."""

    def answer(opened: Ground, path: str) -> Answer:
        kind, _, number = path.strip("/").partition("/")
        return (302, f"Location: {_targets(opened)[int(number)].encode().decode('latin-1')}", b"") if kind == "vidare" else (404, "", b"")

    with ground(answer) as opened:
        base = f"http://{HOST}:{opened.site_port}"
        pictures = [(base + "/annons/1", one) for target in enumerate(_targets(opened)) for one in (target[1], f"{base}/vidare/{target[0]}")]
        found = _crawl(opened, folder, names={HOST: [PUBLIC]}, pictures=tuple(pictures))
    return len(pictures), 0, _hits(opened, found)


def _browser(folder: Path) -> tuple[int, int, list[str]]:
    """What a page in the browser can reach for: by script, by element, by a redirect of itself or of a part."""
    ways = {**SCRIPTS, **ELEMENTS}

    def answer(opened: Ground, path: str) -> Answer:
        kind, _, name = path.strip("/").partition("/")
        url = f"http://127.0.0.1:{opened.inside_port}/{name}"
        if path == "/":
            return _listed([f"/annons/{one}" for one in ways] + [f"/vidare/{place}" for place in range(len(LITERALS))])
        if kind == "vidare":
            target = _targets(opened)[int(name)] if name.isdecimal() else url
            return 302, f"Location: {target.encode().decode('latin-1')}", b""
        if name in SCRIPTS:
            return _ad(f"<script>try {{ {SCRIPTS[name].format(url=url, port=opened.inside_port)} }} catch (e) {{}}</script>")
        return _ad(ELEMENTS[name].format(url=url, name=name)) if name in ELEMENTS else (404, "", b"")

    with ground(answer) as opened:
        found = _crawl(opened, folder, names={HOST: [PUBLIC]}, fetcher="browser", wait_for="h1, a.ad")
    return len(ways) + len(LITERALS), found["report"]["ads"], _hits(opened, found)


def _crawl(opened: Ground, folder: Path, *, names: Names, pictures: Any = None, **change: Any) -> dict[str, Any]:
    base = f"http://{HOST}:{opened.site_port}"
    fields = (FieldRule(name="title", css="h1", required=True), FieldRule(name="body", css="p.text"))
    values: Mapping[str, Any] = {
        "site": "adresser", "fetcher": "http", "hosts": (HOST,), "start": (base + "/",), "ad_links": "a.ad", "next_page": "a.nasta", "fields": fields,
        "politeness": Politeness(delay_s=0.0, timeout_s=5.0), **change,
    }  # fmt: skip
    order = Order(
        site=SiteConfig(**values), landing=folder / "landing.duckdb", key=KEY, started_at=datetime(2026, 11, 23, 2), chromium=chromium(), log=folder / "log",
        user_agent=AGENT, pictures=pictures,
    )  # fmt: skip
    order.landing.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-m", "benchmarks.crawl_cases.fooled"], input=pickle.dumps((order, names)), stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{values['fetcher']} {'pictures' if pictures else 'pages'}: {found}", file=sys.stderr)
    return found


def _hits(opened: Ground, found: Mapping[str, Any]) -> list[str]:
    return [*opened.reached, *(f"tried to connect to {address}" for address in found["elsewhere"])]


if __name__ == "__main__":
    print(json.dumps(measure()))
