"""A crawl as it is watched: on a terminal a table that moves, elsewhere a line a site and minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table

from cli.terminal import say, visible
from crawler.run import progress, time_left

EVERY_S = 60.0  # seconds between two lines of a site where nobody watches a terminal: a night lasts hours, and its journal is read
COLUMNS = ("Site", "Pages", "Read", "New", "As they were", "Not understood", "Errors", "Pause", "Left", "Time left")
Counts = Callable[[str, Mapping[str, float]], None]


@contextmanager
def watching() -> Iterator[Counts]:
    """Give a function that takes a site's name and its counts, and shows them."""
    if not sys.stderr.isatty():
        yield _by_the_minute()
        return
    latest: dict[str, Mapping[str, float]] = {}
    with Live(table(latest), console=Console(stderr=True, highlight=False), refresh_per_second=2) as live:

        def show(site: str, counts: Mapping[str, float]) -> None:
            latest[site] = counts
            live.update(table(latest))

        yield show


def _by_the_minute() -> Counts:
    said: dict[str, float] = {}

    def tell(site: str, counts: Mapping[str, float]) -> None:
        now = time.monotonic()
        if now - said.get(site, -EVERY_S) >= EVERY_S:
            said[site] = now
            say(f"{site}: {progress(counts)}")

    return tell


def table(latest: Mapping[str, Mapping[str, float]]) -> Table:
    """Return the table of what each site counted last."""
    drawn = Table(box=None, pad_edge=False)
    for name in COLUMNS:
        drawn.add_column(name, justify="left" if name == "Site" else "right")
    for site, counts in latest.items():
        drawn.add_row(visible(site), *cells(counts))
    return drawn


def cells(counts: Mapping[str, float]) -> list[str]:
    """Return the cells of a site after its name."""
    same = counts.get("unchanged", 0) + counts.get("stood", 0)
    whole = [counts["pages"], counts["ads"], counts.get("new", 0), same, counts["rejected"], counts["errors"]]
    return [*(f"{count:.0f}" for count in whole), f"{counts['pause_s']:.0f} s", f"{counts['left']:.0f}", time_left(counts).removeprefix(", about ")]
