"""A page that hangs inside the parser is ended and left with a reason, and the rest of the site is read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from parsel import Selector

from crawler import run
from crawler.order import Reading
from crawler.reading_time import ENDED_BY, at_most
from crawler.records.site import FieldRule
from crawler.run import Job, crawl_all
from tests.crawler.small_site import ADS, AGENT, AT, KEY, PUBLIC, REJECTED, ads, config, landed, site_of, small_site

ROWS = "<html><h1>Lista</h1>" + "<li><i>x</i></li>" * 60_000  # a selector of an element within another takes six seconds on it
FIELDS = (FieldRule(name="title", css="h1", required=True), FieldRule(name="body", css="li i, p.text"))


def ending_of(work: Callable[[], object]) -> int:
    """Do something in a process of its own that may take 0.1 s of it; return how it ended, as subprocess gives it."""
    child = os.fork()
    if child == 0:
        with at_most(0.1):
            work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    "hang", [lambda: Selector(text=ROWS).css("li i"), lambda: re.match(r"(a+)+$", "a" * 40 + "b")], ids=["within a selector", "within a regular expression"]
)
def test_what_hangs_in_c_where_no_python_is_heard_ends_with_its_process(hang: Callable[[], object]) -> None:
    assert ending_of(hang) in ENDED_BY


def test_what_is_done_in_time_goes_on_and_its_time_is_over() -> None:
    def twice() -> None:
        for _ in range(2):
            with at_most(0.1):
                sum(range(1000))

    assert ending_of(twice) == 0


def test_a_page_that_takes_too_long_to_read_is_rejected_with_a_reason_and_the_site_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    with small_site(site_of(range(1, 5)) | {"/annons/2": ROWS}) as running:
        job = Job(site=config(running.base, fields=FIELDS), landing=tmp_path / "exempel.duckdb", reading_s=0.4)
        (report,) = crawl_all([job], key=KEY, started_at=AT, chromium=None, log_folder=tmp_path, on_progress=said.append, user_agent=AGENT)
    assert landed(job.landing, ADS) == ads(1, 3, 4)
    assert landed(job.landing, REJECTED) == [(f"{PUBLIC}/annons/2", "took longer than 0.4 s to read")]
    assert (report.ads, report.rejected, report.complete, report.failed, report.trouble) == (3, 1, True, "", "traps")
    assert report.pages == len(running.asked)
    assert (running.asked.count("/annons/2"), said[1]) == (1, "exempel: a page took longer than 0.4 s to read and is left; the rest goes on")


def test_a_site_of_many_such_pages_is_given_up(tmp_path: Path) -> None:
    site = config("http://127.0.0.1:9")
    order = run.Order(site=site, landing=tmp_path / "x", key=KEY, started_at=AT, chromium=None, log=tmp_path / "x.log", user_agent=AGENT)
    child, (ended, *_) = run._Child(order, lambda line: None, lambda site, counts: None), ENDED_BY
    child._reading = Reading(url=f"{PUBLIC}/annons/1", kind="ad", asked=1, pages=1, ads_before=0, rejected_before=0)
    assert [child._leaves_page(ended) for _ in range(run.LEFT_MAX + 1)] == [True] * run.LEFT_MAX + [False]
    assert child._why(ended) == f"6 pages took longer than 20 s each to read; look at the site. See {order.log}"
    assert not child._leaves_page(-9)
