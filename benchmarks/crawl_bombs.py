"""How much memory and time the answers of `crawl_cases.bombs` cost a crawl that has good ads beside them, and whether those are read all the same.

Memory is the peak of the crawling process and of the child that hashes pictures. A stall is the longest time between two requests of the crawl: a page
that drips is ended by `timeout_s`, 25 s, and asked for once more a second later. Usage: python -m benchmarks.crawl_bombs
"""

from __future__ import annotations

import dataclasses
import json
import time
from itertools import pairwise

from benchmarks.crawl import ours
from benchmarks.crawl_cases.bombs import page_bombs, picture_bombs, sitemap_bombs
from benchmarks.worlds import scratch
from crawler.records.site import Politeness
from tests.crawler.small_site import Answer, Route, SmallSite, ad_page, config, small_site

GOOD = 5  # ads after each bomb that answer as they should: more than bombs in a row, after which a site counts as down


def measure() -> dict[str, float]:
    """Return peak memory in MB, the longest stall in seconds, and how many good ads beside the bombs were not read."""
    pages, pictures = _pages(), _pictures()
    peak = max(one[name] for one in (pages, pictures) for name in ("peak_mb", "child_peak_mb"))
    return {"peak_mb": peak, "stall_s": max(pages["stall_s"], pictures["stall_s"]), "good_ads_lost": pages["good"] - pages["ads"]}


def _pages() -> dict[str, float]:
    bombs, maps = page_bombs(), sitemap_bombs()
    numbers = range(GOOD * len(bombs))
    links = [link for place, name in enumerate(bombs) for link in (name, *(str(number) for number in numbers[place * GOOD :][:GOOD]))]
    pages: dict[str, Route] = {f"/annons/{number}": ad_page(number) for number in numbers}
    pages |= {f"/annons/{name}": bomb for name, bomb in bombs.items()} | dict(maps)
    named = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in maps)
    pages["/index.xml"] = Answer(body=f"<sitemapindex>{named}</sitemapindex>", kind="application/xml")
    pages["/"] = "<html>" + "".join(f'<a class="ad" href="/annons/{link}">ad</a>' for link in links)
    pages |= {f"/annons/redirect?varv={lap}": pages["/annons/redirect"] for lap in range(20)}
    with scratch() as folder, small_site(pages) as running:
        site = config(running.base, ad_url=r"/annons/\w", sitemap=(running.base + "/index.xml",), politeness=Politeness(delay_s=0.0))
        found = ours(site, folder)
        readable = sum(name in ("deep", "links") for name in bombs)  # large, but pages all the same
        return {**found, "stall_s": _stall(running), "good": len(numbers) + readable}


def _pictures() -> dict[str, float]:
    bombs = picture_bombs()
    with scratch() as folder, small_site(bombs) as running:
        site = dataclasses.replace(config(running.base, politeness=Politeness(delay_s=0.0)), photos=True)
        found = ours(site, folder, pictures=tuple((f"{running.base}/annons/1", running.base + path) for path in bombs))
        return {**found, "stall_s": _stall(running)}


def _stall(running: SmallSite) -> float:
    return max(later - earlier for earlier, later in pairwise([*running.at, time.monotonic()]))


if __name__ == "__main__":
    print(json.dumps(measure()))
