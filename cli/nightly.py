"""One night: crawl the sites, run every stage, publish; under one lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cli.terminal import working
from pipeline import setup
from pipeline.home import Home
from pipeline.night import StageReport, night_lock, run_stages
from pipeline.publish import run_name
from pipeline.starting import settings_to_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night did: its name, the moment it looked from, a report a stage, and the sites that failed with why."""

    run: str
    as_of: datetime
    stages: tuple[StageReport, ...]
    failed: tuple[str, ...]


def run_night(home: Home, *, crawl: bool, as_of: datetime | None, at: datetime, who: str, say: Callable[[str], None]) -> Night:
    """Run the whole night.

    Args:
        crawl: False works on what was landed already.
        as_of: the moment to look from; otherwise now, or in a research installation the latest time an ad was seen.
        at: now, naive UTC.

    Raises:
        Failure: another run is on (5), no legal basis (7), a config mistake or a missing key (8).
    """
    settings = settings_to_run(home)
    failed: list[str] = []
    with night_lock(home, who=who, now=at):
        fetch = None
        if crawl:
            from cli.crawling import crawl_sites, photo_fetcher  # Scrapy takes a second to import, and an import needs none of it
            from cli.watching import watching

            with watching() as counts:
                reports = crawl_sites(home, settings, only=None, started_at=at, say=say, counts=counts)
            failed = [f"{report.site}: {report.failed}" for report in reports if report.failed]
            fetch = photo_fetcher(home, settings, started_at=at, say=say)
        viewpoint = as_of or setup.default_as_of(home, at)
        with working("opening the store ...") as begin:
            clock = viewpoint if home.kind == "demo" else at  # a made-up town lives in its own time
            stages = run_stages(
                home, settings, viewpoint, fetch_photos=fetch, photos_since=at - timedelta(hours=1), clock=clock, say=say, begin=begin
            )  # fmt: skip
    return Night(run=run_name(viewpoint), as_of=viewpoint, stages=tuple(stages), failed=tuple(failed))
