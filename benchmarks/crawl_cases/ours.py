"""One crawl as the child process does it, in this process, so that it can be measured: the order comes over standard input, figures leave as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import resource
import sys
import time
from pathlib import Path

from benchmarks.crawl_cases.standing import Standstill
from crawler.child import crawl, readings_to
from crawler.order import Order
from crawler.polite import PoliteSpider
from crawler.quiet_log import open_log


def measured(order: Order, *, watched: bool) -> dict[str, float]:
    """Crawl, and return pages, ads, CPU seconds and peak memory of this process (imports before it do not count), and standstill when watched."""
    standstill = Standstill()
    if watched:
        _watch(standstill)
    open_log(order.log)
    began, began_at = time.process_time(), time.monotonic()
    with open(os.devnull, "wb", buffering=0) as nowhere:  # what is told of each page is part of the work
        report = crawl(order, lambda counts: None, readings_to(nowhere))
    print(report, file=sys.stderr)
    return {
        "pages": report.pages,
        "ads": report.ads,
        "rejected": report.rejected,
        "cpu_s": time.process_time() - began,
        "whole_cpu_s": time.process_time(),
        "wall_s": time.monotonic() - began_at,
        "peak_mb": _peak_mb(),
        "child_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "standstill_ms": 1000 * standstill.longest_s,
        "standstill_clock_ms": 1000 * standstill.by_clock_s,
        "standstills": standstill.over,
    }


def _peak_mb() -> float:
    """Return this process's own peak; what getrusage says is at least that of the process which started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _watch(standstill: Standstill) -> None:
    """Let the watch begin with the spider, and keep it from being collected."""
    begin = PoliteSpider._begin
    tasks: list[asyncio.Task[None]] = []

    def begin_watched(spider: PoliteSpider) -> None:
        begin(spider)
        tasks.append(asyncio.get_running_loop().create_task(standstill.watch()))

    PoliteSpider._begin = begin_watched  # type: ignore[method-assign, assignment]


def serve() -> None:
    """Run the order that comes over standard input."""
    order = pickle.load(sys.stdin.buffer)
    print(json.dumps(measured(order, watched="--watched" in sys.argv)))


if __name__ == "__main__":
    serve()
