"""What a crawling child process is told, and what it reports when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawler.reading_time import READING_S
from crawler.records.site import SiteConfig
from crawler.revisit import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page that is about to be read, told before: should the reading never end, it is known which page it was and where the run stood.

    Attributes:
        url: its public address; kind: ad, list or sitemap.
        asked, pages: pages asked for and answers received so far in this run.
        ads_before, rejected_before: rows in the landing file before this run.
    """

    url: str = field(repr=False)
    kind: str
    asked: int
    pages: int
    ads_before: int
    rejected_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One site to read in one child process.

    Attributes:
        key: 64 hex digits for the landing file; never shown in a repr.
        started_at: naive UTC.
        chromium: path of the browser; None when there is none.
        log: the site's log file; rotated at 2 MB.
        pictures: (address of the ad, address of the picture) for the second pass; None reads the ads instead.
        ads_max: stop after so many ads, to look at a site instead of crawling it; 0 reads all.
        known: public address to what earlier nights know of an ad, by which it is asked for again or not.
        reading_s: most seconds of processor time that a page may take to be read.
        left: pages that took longer in this run, each of which ended a process of it.
    """

    site: SiteConfig
    landing: Path
    key: str = field(repr=False)
    started_at: datetime
    chromium: str | None
    log: Path
    user_agent: str
    pictures: tuple[tuple[str, str], ...] | None = None
    ads_max: int = 0
    known: Mapping[str, Known] = field(default_factory=dict, repr=False)
    reading_s: float = READING_S
    left: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What one run of one site did.

    Attributes:
        pages: answers received, robots.txt included; ads, rejected: records landed by this run.
        complete: every list page and every ad that the site names was read.
        unchanged: ads that the site said are as they were; stood: known ads in the lists that the plan did not ask for tonight.
        failed: '' or in a plain sentence why the site was not read, or not to its end.
        trouble: '' or the code in `crawler.records.troubles` that names the run.
        seconds: wall clock.
    """

    site: str
    pages: int = 0
    ads: int = 0
    rejected: int = 0
    unchanged: int = 0
    stood: int = 0
    complete: bool = False
    failed: str = ""
    trouble: str = ""
    seconds: float = 0.0
