"""Crawl sites side by side, each in a child process of its own, and fetch pictures in a second pass."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from crawler.order import CrawlReport, Order, Reading
from crawler.reading_time import ENDED_BY, READING_S, too_long
from crawler.records.site import SiteConfig
from crawler.records.troubles import BY_CODE
from crawler.revisit import Known

LEFT_MAX = 5  # pages of a run that may each end a process of it by taking too long to read
HUNG_S = 300.0  # seconds without a line from a child, which says one every two, before it is ended
# Sites read at the same time, each in a process of its own: six take 200 sites of 100 pages in five hours at five seconds a page, three would take nine.
# A browser takes some 600 MB more.
AT_ONCE, BROWSERS_AT_ONCE = 6, 2
FOLDER = "lykta-"  # then the parent's process id, so that a later crawl can sweep up after one that was killed
KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "PYTHONHASHSEED", "VIRTUAL_ENV")
Say = Callable[[str], None]
Counts = Callable[[str, Mapping[str, float]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A site and the landing file of this run; a file that an earlier run left unfinished is gone on with.

    `ads_max` stops after so many ads, to look at a site; 0 reads all. `known` is what earlier nights know of its ads, by public address.
    `reading_s` is the most processor time that a page may take to be read.
    """

    site: SiteConfig
    landing: Path
    ads_max: int = 0
    known: Mapping[str, Known] = field(default_factory=dict, repr=False)
    reading_s: float = READING_S


def crawl_all(
    jobs: Iterable[Job],
    *,
    key: str,
    started_at: datetime,
    chromium: str | None,
    log_folder: Path,
    on_progress: Say,
    user_agent: str,
    on_counts: Counts | None = None,
) -> list[CrawlReport]:
    """Crawl sites side by side, six plain ones and two with a browser at most; one that fails, hangs or dies harms no other.

    Args:
        key: 64 hex digits for the landing files; it reaches a child over its standard input alone.
        started_at: naive UTC.
        chromium: path of the browser, None when there is none: sites that need it fail with that reason.
        log_folder: gets `<site>.log`.
        on_progress: called with a short line a site at the start and the end, and every two seconds where `on_counts` is not given.
        on_counts: called every two seconds with a site's name and its counts, as `PoliteSpider.counts` gives them.

    Returns:
        A report a job, in the order of the jobs.
    """
    orders = [
        Order(
            site=job.site, landing=job.landing, key=key, started_at=started_at, chromium=chromium, log=log_folder / f"{job.site.site}.log",
            user_agent=user_agent, ads_max=job.ads_max, known=job.known, reading_s=job.reading_s,
        )
        for job in jobs
    ]  # fmt: skip
    return _run_all(orders, on_progress, on_counts)


def fetch_photos(
    site: SiteConfig,
    pictures: Sequence[tuple[str, str]],
    *,
    landing: Path,
    key: str,
    started_at: datetime,
    log: Path,
    user_agent: str,
    on_progress: Say | None = None,
) -> CrawlReport:
    """Fetch pictures into memory, hash them and drop them; the landing file gets hashes or reasons.

    Args:
        pictures: (address of the ad, address of the picture), both public.
    """
    order = Order(
        site=site, landing=landing, key=key, started_at=started_at, chromium=None, log=log, user_agent=user_agent, pictures=tuple(pictures)
    )  # fmt: skip
    return _run_all([order], on_progress or (lambda line: None), None)[0]


def _run_all(orders: Sequence[Order], say: Say, counts: Counts | None) -> list[CrawlReport]:
    _sweep()
    lock = threading.Lock()

    def say_one(line: str) -> None:
        with lock:
            say(line)

    def count_one(site: str, told: Mapping[str, float]) -> None:
        with lock:
            if counts is None:
                say(f"{site}: {progress(told)}")
            else:
                counts(site, told)

    children = [_Child(order, say_one, count_one) for order in orders]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as plain, ThreadPoolExecutor(max_workers=BROWSERS_AT_ONCE) as browsers:
        reports = [(browsers if child.opens_browser else plain).submit(child.run) for child in children]
        try:
            return [report.result() for report in reports]
        except BaseException:
            for child in children:
                child.stop()
            raise


class _Child:
    """One child process from its order to its report; another one goes on where a page that took too long to read ended the one before."""

    def __init__(self, order: Order, say: Say, counts: Counts) -> None:
        self._order, self._say, self._counts, self._stopped, self._hung = order, say, counts, False, False
        self._process: subprocess.Popen[bytes] | None = None
        self._reading: Reading | None = None

    @property
    def opens_browser(self) -> bool:
        """It reads pages in a browser; pictures never are."""
        return self._order.site.fetcher == "browser" and self._order.pictures is None

    def run(self) -> CrawlReport:
        """Run the child to its end, telling its progress. A folder of its own holds whatever it or its browser leaves, and goes afterwards."""
        name, report, again, began = self._order.site.site, None, True, time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-{name}-", ignore_cleanup_errors=True) as folder:
            self._say(f"{name}: {_what(self._order)}")
            while again and not self._stopped:
                with self._start(folder) as process:
                    report = self._listen(process)
                again = report is None and self._leaves_page(process.returncode)
        if report is None:
            code = self._process.returncode if self._process is not None else 0
            report = CrawlReport(site=name, failed=self._why(code), trouble="interrupted")
        if self._order.left:
            report = dataclasses.replace(report, seconds=round(time.monotonic() - began, 1))
        self._say(_ending(report))
        return report

    def _leaves_page(self, code: int) -> bool:
        """Tell whether a page that took too long ended the process, and whether another one may go on without that page; the order then says so."""
        if code not in ENDED_BY or self._reading is None:
            return False
        self._order = dataclasses.replace(self._order, left=(*self._order.left, self._reading))
        if len(self._order.left) > LEFT_MAX:
            return False
        self._say(f"{self._order.site.site}: a page {too_long(self._order.reading_s)} and is left; the rest goes on")
        return True

    def stop(self) -> None:
        """End the child; what it committed stays."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def _why(self, code: int) -> str:
        if self._stopped:
            return "interrupted; what was committed stays"
        if self._hung:
            return f"nothing was heard of its process for {HUNG_S:.0f} s, so it was ended; the next crawl goes on from there. See {self._order.log}"
        if code in ENDED_BY:
            return f"{len(self._order.left)} pages took longer than {self._order.reading_s:g} s each to read; look at the site. See {self._order.log}"
        return f"its process ended without a report (exit {code}); see {self._order.log}"

    def _lines(self, process: subprocess.Popen[bytes], output: int) -> Iterator[bytes]:
        """Yield the child's lines; end it when none comes for too long."""
        rest, heard_at = b"", time.monotonic()
        while True:
            if not select.select([output], [], [], 1.0)[0]:
                if time.monotonic() - heard_at > HUNG_S:
                    self._hung = True
                    process.kill()
                    return
                continue
            chunk, heard_at = os.read(output, 65_536), time.monotonic()
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines

    def _start(self, folder: str) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ} | {"TMPDIR": folder}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crawler.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C reaches the parent alone, which then ends its children
        )
        return self._process

    def _listen(self, process: subprocess.Popen[bytes]) -> CrawlReport | None:
        if process.stdin is None or process.stdout is None:
            return None
        order = pickle.dumps(self._order)
        try:
            process.stdin.write(struct.pack(">I", len(order)) + order)
            process.stdin.flush()  # and left open: its end tells the child that its parent is gone
        except BrokenPipeError:
            return None
        report = None
        for line in self._lines(process, process.stdout.fileno()):
            message = json.loads(line)
            if "report" in message:
                report = CrawlReport(**message["report"])
            elif "reading" in message:
                self._reading = Reading(**message["reading"])
            else:
                self._counts(self._order.site.site, message["progress"])
        return report


def _sweep() -> None:
    """Remove the folders of children whose parent was killed before it could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*-*"):
        owner = folder.name.split("-")[1]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _what(order: Order) -> str:
    if order.pictures is not None:
        return f"{len({picture for _, picture in order.pictures})} pictures to hash"
    return "goes on where the last crawl stopped" if order.landing.exists() else "begins"


def progress(counts: Mapping[str, float]) -> str:
    """Say how far a site is: pages, ads read and new, errors, the pause between pages, what is left and about how long it takes."""
    known = f", {counts['unchanged'] + counts['stood']:.0f} as they were" if counts.get("unchanged", 0) + counts.get("stood", 0) else ""
    done = f"{counts['pages']:.0f} pages, {counts['ads']:.0f} read ({counts.get('new', 0):.0f} new){known}, {counts['rejected']:.0f} not understood"
    return f"{done}, {counts['errors']:.0f} errors, {counts['pause_s']:.0f} s between pages, {counts['left']:.0f} left{time_left(counts)}"


def time_left(counts: Mapping[str, float]) -> str:
    """Return about how long the rest takes at the pace so far, as `, about 12 min`; '' while that is not known."""
    if counts["pages"] < 3 or not counts["left"]:
        return ""
    seconds = counts["left"] * max(counts["pause_s"], counts["seconds"] / counts["pages"])
    return f", about {seconds / 60:.0f} min" if seconds >= 90 else f", about {seconds:.0f} s"


def _ending(report: CrawlReport) -> str:
    kept = f"{report.unchanged + report.stood} as they were, " if report.unchanged or report.stood else ""
    done = f"{report.pages} pages, {report.ads} read, {kept}{report.rejected} not understood, {report.seconds:.0f} s"
    named = f"; {BY_CODE[report.trouble].en}" if report.trouble in BY_CODE else ""
    return f"{report.site}: failed: {report.failed} ({done}){named}" if report.failed else f"{report.site}: done, {done}{named}"
