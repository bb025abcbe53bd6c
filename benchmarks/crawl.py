"""How many pages a CPU second of the crawling process reads, beside a bare Scrapy spider that reads the same site; how long the event loop stands still.

Counted is the user and system time of the one Python process that crawls, all its threads, from before Scrapy is set up until the landing file is
closed: imports are left out on both sides, and so are the site's own process and, for pages with JavaScript, the browser and its driver, which do the
same work for both. Politeness is off (no pause), the site is warm and in a process of its own, landing is encrypted. Pairs are interleaved, and the
medians are compared.

Usage: python -m benchmarks.crawl [ADS [PAGES_WITH_JAVASCRIPT [PAIRS]]]
"""

from __future__ import annotations

import json
import pickle
import shutil
import statistics
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.crawl_cases.heavy import heavy_site
from benchmarks.crawl_cases.warm import warm_site
from benchmarks.worlds import scratch
from crawler.order import Order
from crawler.records.site import SiteConfig

KEY, AGENT = "e5" * 32, "Lykta/0.1 (benchmark; kontakt@exempel.example)"
ADS, SCRIPT_ADS, PAIRS = 1500, 40, 5
STANDSTILL_RUNS = 3


def measure(ads: int = ADS, script_ads: int = SCRIPT_ADS, pairs: int = PAIRS) -> dict[str, float]:
    """Return pages a CPU second and the ratio to the peer, for plain pages and for pages with JavaScript, and the longest standstills in milliseconds.

    Standstills are those of the plain site, and of one whose pages are as heavy as pages may be.
    """
    with scratch() as folder, warm_site("torget", ads, folder) as plain, warm_site("fonstret", script_ads, folder) as script:
        found = _named("", _pairs(plain, folder, pairs)) | _named("script_", _pairs(script, folder, pairs))
        found |= _standing("", plain, folder)
        with heavy_site() as heavy:
            found |= _standing("heavy_", heavy, folder)
    return found


def _standing(prefix: str, site: SiteConfig, folder: Path) -> dict[str, float]:
    """Return the longest standstills of a crawl, in milliseconds: the median of some runs."""
    watched = [ours(site, folder, watched=True) for _ in range(STANDSTILL_RUNS)]
    return {f"{prefix}{name}": statistics.median(one[name] for one in watched) for name in ("standstill_ms", "standstill_clock_ms")}


def _named(prefix: str, pairs: list[tuple[float, float]]) -> dict[str, float]:
    mine, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    return {f"{prefix}pages_a_cpu_s": mine, f"peer_{prefix}pages_a_cpu_s": peer, f"{prefix}ratio": mine / peer}


def _pairs(site: SiteConfig, folder: Path, pairs: int) -> list[tuple[float, float]]:
    found = []
    for _ in range(pairs):
        mine, peer = ours(site, folder), _bare(site)
        if mine["ads"] != peer["ads"]:
            raise RuntimeError(f"{site.site}: {mine['ads']:.0f} ads here, {peer['ads']:.0f} there: not the same work")
        found.append((mine["pages"] / mine["cpu_s"], peer["pages"] / peer["cpu_s"]))
        print(f"{site.site}: {found[-1][0]:.1f} pages a CPU second, bare {found[-1][1]:.1f}", file=sys.stderr, flush=True)
    return found


def ours(site: SiteConfig, folder: Path, *, watched: bool = False, pictures: tuple[tuple[str, str], ...] | None = None) -> dict[str, float]:
    """Crawl a site, or pictures of it, with this house's crawler in a process of its own; returns what `crawl_cases.ours` measured."""
    order = Order(
        site=site, landing=folder / "landing.duckdb", key=KEY, started_at=datetime(2026, 11, 23, 2), chromium=chromium(), log=folder / "log",
        user_agent=AGENT, pictures=pictures,
    )  # fmt: skip
    order.landing.unlink(missing_ok=True)
    return _figures("ours", pickle.dumps(order), *(["--watched"] if watched else []))


def _bare(site: SiteConfig) -> dict[str, float]:
    return _figures("bare", pickle.dumps(site), chromium())


def _figures(kind: str, told: bytes, *arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", f"benchmarks.crawl_cases.{kind}", *arguments], input=told, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def chromium() -> str:
    """Return the path of the browser; empty when there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


if __name__ == "__main__":
    print(json.dumps(measure(*(int(one) for one in sys.argv[1:])), indent=1))
