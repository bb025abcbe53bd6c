"""Kill a crawl at random moments and go on with it; count ads that are missing or doubled in the end, and pages that were fetched again.

Usage: python -m benchmarks.faults.crawl_kills [KILLS [ADS [SEED]]]
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks.worlds import scratch
from crawler.child import BATCH
from tests.crawler.small_site import ADS, SmallSite, ads, config, crawl, landed, site_of, small_site

KILLS, ADS_MADE, SEED = 20, 5000, 7
LISTS = 1  # list pages of the site, which a kill may cost too


def measure(kills: int = KILLS, count: int = ADS_MADE, seed: int = SEED) -> dict[str, int]:
    """Return kills, ads missing and doubled after the last run, pages fetched again, and the most that the kills may cost."""
    chance = random.Random(seed)
    with scratch() as folder, small_site(site_of(range(count))) as running:
        site, done = config(running.base), 0
        for moment in sorted(chance.randrange(1, count) for _ in range(kills)):
            done += _killed(running, folder, lambda: crawl(site, folder=folder), moment + chance.randrange(BATCH))
        (report,) = crawl(site, folder=folder)
        if not report.complete:
            raise RuntimeError(f"the last run was not whole: {report.failed}")
        found = Counter(landed(folder / "exempel.duckdb", ADS))
        asked = sum(not path.startswith(("/robots", "/.well")) for path in running.asked)
    wanted = set(ads(*range(count)))
    again = asked - count - LISTS
    return {"kills": done, "missing": len(wanted - set(found)), "doubled": sum(found.values()) - len(found), "again": again, "again_most": done * BATCH}


def _killed(running: SmallSite, folder: Path, work: object, at: int) -> bool:
    """Let a crawl run until so many pages were asked for, and kill its process; False when it was done before."""
    run = threading.Thread(target=work)  # type: ignore[arg-type]
    run.start()
    while run.is_alive() and len(running.asked) < at:
        time.sleep(0.001)
    killed = False
    for child in _children():
        os.kill(child, signal.SIGKILL)
        killed = True
    run.join()
    return killed


def _children() -> list[int]:
    """Return this process's own crawling children."""
    threads = Path("/proc/self/task").glob("*/children")
    found = [int(child) for listed in threads for child in listed.read_text().split()]
    return [child for child in found if b"crawler.child" in Path(f"/proc/{child}/cmdline").read_bytes()]


def main(arguments: list[str]) -> int:
    """Print the counts; returns 1 when an ad was lost or doubled, or more was fetched again than an open batch a kill."""
    counts = measure(*(int(one) for one in arguments))
    print(json.dumps(counts))
    return int(bool(counts["missing"] or counts["doubled"] or counts["again"] > counts["again_most"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
