"""A night of many sites with the pauses between pages taken from a simulated clock: does it fit, and what does it cost the processor?

Each site is crawled in a process of its own, as on any night, but without its pauses; each request is then charged the pause that the config gives, or
the answer's own time where that is longer, and the sites are laid side by side as `crawler.run` does, so many at once.
Some of the sites are crawled in earnest and stand for the others.
Usage: python -m benchmarks.crawl_night [SITES [PAGES [CRAWLED]]]
"""

from __future__ import annotations

import heapq
import json
import sys

from benchmarks.crawl import ours
from benchmarks.crawl_cases.warm import warm_site
from benchmarks.worlds import scratch
from crawler.records.site import Politeness
from crawler.run import AT_ONCE

SITES, PAGES, CRAWLED = 200, 20_000, 10


def measure(sites: int = SITES, pages: int = PAGES, crawled: int = CRAWLED) -> dict[str, float]:
    """Return the hours that a night takes and the CPU seconds of all its crawling processes, their start included."""
    with scratch() as folder, warm_site("torget", pages // sites, folder) as site:
        found = [ours(site, folder) for _ in range(crawled)]
    lasted = [one["pages"] * max(Politeness().delay_s, one["wall_s"] / one["pages"]) for one in found]
    night = [lasted[number % crawled] for number in range(sites)]
    return {"hours": _side_by_side(night) / 3600, "cpu_s": sum(one["whole_cpu_s"] for one in found) * sites / crawled}


def _side_by_side(lasted: list[float]) -> float:
    """Return when the last site is done, each begun as soon as one of the places is free."""
    places = [0.0] * AT_ONCE
    for seconds in lasted:
        heapq.heapreplace(places, places[0] + seconds)
    return max(places)


if __name__ == "__main__":
    print(json.dumps(measure(*(int(one) for one in sys.argv[1:]))))
