"""A site that nobody here wrote is read whole by a config file alone."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.order import CrawlReport
from crawler.records.duckdb_file import attach, connect
from crawler.records.site import SiteConfig
from crawler.run import Job, crawl_all
from tests.real_site.content import Notice, notices
from tests.real_site.running import config_for, page, real_site

pytestmark = [pytest.mark.xdist_group("real_site"), pytest.mark.timeout(280)]

ADS, PIXELS = 300, 48
KEY = "5a" * 32
PUBLIC = "https://anslagstavlan.example"
AT = datetime(2026, 11, 23, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The running site and the first crawl of it."""

    folder: Path
    base: str
    site: SiteConfig
    report: CrawlReport

    def crawl(self, name: str, site: SiteConfig, *, ads_max: int = 0) -> CrawlReport:
        """Crawl into a landing file of this name."""
        (report,) = crawl_all(
            [Job(site=site, landing=self.folder / f"{name}.duckdb", ads_max=ads_max)], key=KEY, started_at=AT, chromium=None, log_folder=self.folder,
            on_progress=lambda line: None, user_agent="Lykta/0.1 (test)",
        )  # fmt: skip
        return report

    def landed(self, name: str, question: str) -> list[tuple[Any, ...]]:
        """Ask a landing file."""
        con = connect(memory_limit="256MB", threads=1)
        try:
            attach(con, self.folder / f"{name}.duckdb", name="landing", key=KEY, read_only=True)
            return con.execute(question).fetchall()
        finally:
            con.close()

    def asked(self) -> list[str]:
        """Return the paths that were asked for so far, as the site itself saw them."""
        return (self.folder / "asked.txt").read_text("utf-8").split("\n")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("real_site")
    with real_site(folder, count=ADS, pixels=PIXELS) as base:
        site = config_for(base, folder)
        unread = Town(folder=folder, base=base, site=site, report=CrawlReport(site=site.site))
        yield dataclasses.replace(unread, report=unread.crawl("first", site))


def expected(notice: Notice) -> tuple[Any, ...]:
    return (
        f"{PUBLIC}/{notice.number}-annons/",
        notice.title,
        notice.body,
        f"SEK{notice.price:,}.00",
        [notice.phone] if notice.phone else [],
        notice.place,
        [f"{PUBLIC}/media/images/{name}" for name in notice.pictures],
    )


CONTENT = "SELECT url, title, body, replace(price, chr(160), ''), phones, city, images FROM landing.ad_seen ORDER BY url"


def test_every_ad_is_read_once_with_every_field(town: Town) -> None:
    assert (town.report.ads, town.report.rejected, town.report.complete, town.report.failed) == (ADS, 0, True, "")
    assert town.landed("first", CONTENT) == sorted(expected(notice) for notice in notices(ADS))


def test_any_words_after_the_number_answer_and_the_number_is_the_ad(town: Town) -> None:
    assert "<title>" in page(f"{town.base}/7-helt-andra-ord/")
    assert town.landed("first", "SELECT count(*), count(DISTINCT url) FROM landing.ad_seen WHERE url LIKE '%/7-%'") == [(1, 1)]


def test_what_robots_txt_forbids_is_never_asked_for(town: Town) -> None:
    # a blank line stands inside the group of this robots.txt, over which a careless reader loses the rule
    assert re.search(r"User-agent: \*\n\n.*Disallow: /user/", page(f"{town.base}/robots.txt"), re.DOTALL)
    report = town.crawl("user", dataclasses.replace(town.site, start=(f"{town.base}/user/",)))
    assert (report.ads, report.complete, report.failed) == (0, False, "/user/: robots.txt does not allow /user/")
    assert town.asked() and not [path for path in town.asked() if path.startswith("/user")]


def posted(html: str) -> str:
    return re.findall(r"Posted: ([^<]*) ago", html)[0]


def test_a_page_that_grows_older_by_itself_makes_no_new_version(town: Town) -> None:
    young = posted(page(f"{town.base}/1-annons/"))
    with contextlib.closing(sqlite3.connect(town.folder / "site.sqlite3", timeout=30)) as database:
        database.execute("UPDATE django_classified_item SET posted = datetime(posted, '-3 days')")
        database.commit()
    assert posted(page(f"{town.base}/1-annons/")).startswith("3\xa0days") and not young.startswith("3\xa0days")
    town.crawl("later", town.site, ads_max=25)
    first = {row[0]: row for row in town.landed("first", CONTENT)}
    later = town.landed("later", CONTENT)
    assert (len(later), later) == (25, [first[row[0]] for row in later])
