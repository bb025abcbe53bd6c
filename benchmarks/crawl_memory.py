"""How much memory the crawling process takes at its peak, for a small site and for one ten times as large.

What grows is the set of addresses that the site has, and what DuckDB keeps of the landing file until its share of memory is full.
Usage: python -m benchmarks.crawl_memory [ADS]
"""

from __future__ import annotations

import json
import sys

from benchmarks.crawl import ours
from benchmarks.crawl_cases.warm import warm_site
from benchmarks.worlds import scratch

ADS = 10_000  # 100,000 is the promise; it takes about half an hour


def measure(ads: int = ADS) -> dict[str, float]:
    """Return peak memory in MB for `ads` and for a tenth of them, and the bytes that each further page costs."""
    small, large = (_crawled(count) for count in (ads // 10, ads))
    grown = (large["peak_mb"] - small["peak_mb"]) * 1e6 / (large["pages"] - small["pages"])
    return {"peak_mb": large["peak_mb"], "small_peak_mb": small["peak_mb"], "bytes_a_page": grown, "pages": large["pages"]}


def _crawled(ads: int) -> dict[str, float]:
    with scratch() as folder, warm_site("torget", ads, folder) as site:
        found = ours(site, folder)
    if found["ads"] != ads:
        raise RuntimeError(f"{found['ads']:.0f} of {ads} ads were read")
    return found


if __name__ == "__main__":
    print(json.dumps(measure(*(int(one) for one in sys.argv[1:]))))
