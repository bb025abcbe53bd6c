"""A made-up site of any number of ads on loopback that answers fast, in a process of its own. Usage: python -m benchmarks.crawl_cases.warm SITE ADS"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler.records.ad import Ad
from crawler.records.site import SiteConfig
from pipeline.settings import read_site
from simulator.site import Answer, Request, Site
from simulator.town import Plan, town_of

PLAN = Plan(seed=7, ads=600, nights=1, until=date(2026, 11, 23))
FIRST = 10_000  # number of the first ad


def many_ads(name: str, ads: int) -> list[Ad]:
    """Return so many ads of a made-up site: those of a small town over and over, each time under another number."""
    town = [ad for listing in town_of(PLAN) if (ad := listing.on(0)) is not None and ad.site == name]
    places = [town[0].url.rsplit("/", 1)[0]] * ads
    return [dataclasses.replace(town[number % len(town)], url=f"{place}/{FIRST + number}") for number, place in enumerate(places)]


class _Connection(asyncio.Protocol):
    """Reads a request's first line, answers as the site does, and stays open."""

    def __init__(self, site: Site) -> None:
        self._site, self._read = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where the answers go."""
        self._out: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer every request that has come whole."""
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, self._read = self._read.split(b"\r\n\r\n", 1)
            self._out.write(_wire(self._site.answer(Request(target=head.split(b" ", 2)[1].decode("latin-1")))))


def _wire(answer: Answer) -> bytes:
    head = f"HTTP/1.1 {answer.status} OK\r\nContent-Type: {answer.kind}\r\nContent-Length: {len(answer.body)}\r\n\r\n"
    return head.encode() + answer.body


async def _serve(name: str, ads: int) -> None:
    site = Site(name, many_ads(name, ads), [], lambda shown: b"")
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(site), "127.0.0.1", 0)
    site.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    print(site.config().replace("\n", "\0"), flush=True)
    async with server:
        await server.serve_forever()


@contextlib.contextmanager
def warm_site(name: str, ads: int, folder: Path) -> Iterator[SiteConfig]:
    """Serve a site until the block ends; gives the config by which it is read, without pauses and with pages for all of it."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.crawl_cases.warm", name, str(ads)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        path = folder / f"{name}.toml"
        path.write_text(server.stdout.readline().replace("\0", "\n"), "utf-8")
        yield read_site(path)
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
