"""A crawl lands what it understood, says what it did not, harms no other site, and goes on where it was killed."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.crawling import landing_file
from crawler.records.landing import LandingWriter, is_unfinished
from crawler.records.site import Politeness
from tests.crawler.small_site import (
    ADS,
    AT,
    KEY,
    PUBLIC,
    REJECTED,
    RUN,
    Answer,
    ad_page,
    ads,
    config,
    crawl,
    landed,
    list_page,
    site_of,
    small_site,
)  # fmt: skip

CHANGED = "Nothing was overwritten. Look with `lykta sites check exempel` and update config/sites/exempel.toml."
FETCHED_ADS = "SELECT count(*) FROM landing.page_fetch WHERE kind = 'ad'"


def test_lists_are_followed_to_their_end_and_every_ad_is_landed(tmp_path: Path) -> None:
    pages = site_of(range(1, 4)) | {"/": list_page([1, 2], "/?sida=2"), "/?sida=2": list_page([2, 3])}
    said: list[str] = []
    with small_site(pages) as running:
        (report,) = crawl(config(running.base), folder=tmp_path, say=said.append)
    assert (report.site, report.pages, report.ads, report.rejected, report.complete, report.failed) == ("exempel", 7, 3, 0, True, "")
    assert landed(tmp_path / "exempel.duckdb", ADS) == ads(1, 2, 3)
    assert landed(tmp_path / "exempel.duckdb", RUN) == [(True, True)]
    one = landed(tmp_path / "exempel.duckdb", "SELECT body, phones FROM landing.ad_seen WHERE url LIKE '%/1'")
    assert one == [("Påhittad text 1", ["070-174 06 05"])]
    assert (said[0], said[-1].partition(",")[0]) == ("exempel: begins", "exempel: done")


def test_a_site_that_changed_says_so_and_an_end_too_early_is_no_complete_run(tmp_path: Path) -> None:
    with small_site(site_of(range(3)) | {"/": "<h1>Vi har bytt utseende"}) as empty:
        (none,) = crawl(config(empty.base), folder=tmp_path / "tom")
    assert none.failed == f"no ad was found where ad_links = 'a.ad' looks; the site has probably changed, is empty, or showed another page. {CHANGED}"
    with small_site(site_of(range(30)) | {f"/annons/{number}": "<h2>ny rubrik" for number in range(30)}) as new, small_site(site_of(range(9))) as large:
        changed, stopped = crawl(
            config(new.base), config(large.base, name="stor", politeness=Politeness(delay_s=0.0, pages_max=4)), folder=tmp_path
        )  # fmt: skip
    assert changed.failed == f"none of 20 pages could be read as an ad (no title); the site has probably changed or served an error page. {CHANGED}"
    assert len([path for path in new.asked if path.startswith("/annons")]) == 20
    assert (stopped.ads, stopped.complete) == (3, False)
    assert stopped.failed == "stopped after 4 pages with 6 left; raise pages_max in [politeness] of config/sites/stor.toml if the site allows it"
    assert landed(tmp_path / "stor.duckdb", RUN) == [(False, True)]


def test_a_list_without_an_end_is_left_and_sitemaps_and_further_lists_are_read(tmp_path: Path) -> None:
    calendar = site_of(range(1, 2)) | {"/": list_page([1], "/?sida=0")} | {f"/?sida={day}": list_page([1], f"/?sida={day + 1}") for day in range(50)}
    entries = "".join(f"<url><loc>{{base}}/annons/{number}</loc></url>" for number in (1, 2))
    pages = site_of(range(1, 4)) | {"/": '<a class=del href="/ort/a">a</a>', "/ort/a": list_page([3])}
    with small_site(calendar) as long, small_site(pages) as running:
        pages["/karta.xml"] = f"<sitemapindex><sitemap><loc>{running.base}/karta-1.xml.gz</loc></sitemap></sitemapindex>"
        pages["/karta-1.xml.gz"] = Answer(body=gzip.compress(f"<urlset>{entries.format(base=running.base)}</urlset>".encode()), kind="application/gzip")
        mapped = config(running.base, name="karta", sitemap=(running.base + "/karta.xml",), list_links="a.del")
        lost, found = crawl(config(long.base), mapped, folder=tmp_path)
    assert (lost.ads, lost.complete, lost.failed.partition(",")[0]) == (1, False, "its lists do not end: 3 pages in a row named no new ad")
    assert (found.complete, landed(tmp_path / "karta.duckdb", ADS)) == (True, ads(1, 2, 3))


def children_of(parent: int) -> list[int]:
    """Return the crawling children of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields, command = stat.read_text().rpartition(")")[2].split(), (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"crawler.child" in command:
            found.append(int(stat.parent.name))
    return found


def wait_for(true: object) -> None:
    until = time.monotonic() + 60
    while not true() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.02)


def slow_site(count: int) -> dict[str, object]:
    pages: dict[str, object] = dict(site_of(range(count)))
    return pages | {f"/annons/{number}": Answer(body=ad_page(number), pause_s=0.01) for number in range(count)}


def test_a_killed_crawl_goes_on_where_it_was_without_an_ad_lost_or_doubled(tmp_path: Path) -> None:
    count, path = 150, tmp_path / "exempel.duckdb"
    with small_site(slow_site(count)) as running:  # type: ignore[arg-type]
        site, kills = config(running.base), 0
        for stop_after in (30, 90):
            outcome: list[str] = []
            run = threading.Thread(target=lambda: outcome.extend(report.failed for report in crawl(site, folder=tmp_path)))  # noqa: B023
            run.start()
            wait_for(lambda: len(running.asked) >= stop_after)  # noqa: B023
            (child,) = children_of(os.getpid())
            assert KEY.encode() not in Path(f"/proc/{child}/cmdline").read_bytes() + Path(f"/proc/{child}/environ").read_bytes()
            os.kill(child, signal.SIGKILL)
            run.join()
            kills += 1
            assert outcome == [f"its process ended without a report (exit -9); see {tmp_path / 'log' / 'exempel.log'}"]
            assert is_unfinished(path, key=KEY)
        (report,) = crawl(site, folder=tmp_path)
    assert (report.complete, report.failed) == (True, "")
    assert landed(path, ADS) == ads(*range(count))
    assert not is_unfinished(path, key=KEY)
    asked = [page for page in running.asked if page.startswith("/annons/")]
    assert count <= len(asked) <= count + 20 * kills


PARENT = """
import sys
from pathlib import Path
from tests.crawler.small_site import config, crawl
crawl(config(sys.argv[1]), folder=Path(sys.argv[2]))
"""


def test_no_child_outlives_its_parent(tmp_path: Path) -> None:
    with small_site(slow_site(2000)) as running:  # type: ignore[arg-type]
        parent = subprocess.Popen([sys.executable, "-c", PARENT, running.base, str(tmp_path)], cwd=Path(__file__).parents[2])
        wait_for(lambda: len(running.asked) > 10)
        (child,) = children_of(parent.pid)
        parent.kill()
        parent.wait()
        wait_for(lambda: not Path(f"/proc/{child}").exists() or b"crawler.child" not in Path(f"/proc/{child}/cmdline").read_bytes())
        asked = len(running.asked)
        time.sleep(0.3)
        assert len(running.asked) <= asked + 1  # the one request that was on its way
    assert is_unfinished(tmp_path / "exempel.duckdb", key=KEY)


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_site(slow_site(2000)) as running:  # type: ignore[arg-type]
        outcome: list[str] = []
        run = threading.Thread(target=lambda: outcome.extend(report.failed for report in crawl(config(running.base), folder=tmp_path)))
        run.start()
        wait_for(lambda: len(running.asked) > 5)
        os.kill(children_of(os.getpid())[0], signal.SIGSTOP)
        monkeypatch.setattr("crawler.run.HUNG_S", 3.0)
        run.join(timeout=60)
    assert outcome[0].startswith("nothing was heard of its process for 3 s, so it was ended; the next crawl goes on from there.")


def test_a_crawl_of_the_last_hours_that_did_not_end_is_gone_on_with(tmp_path: Path) -> None:
    home = SimpleNamespace(landing=tmp_path, key=lambda name: KEY)
    at = AT + timedelta(hours=5)

    def file_of(site: str, started_at: datetime, *, complete: bool) -> Path:
        path = tmp_path / f"{site}-{started_at:%Y%m%dT%H%M%S}-crawl.duckdb"
        with LandingWriter(path, key=KEY, site=site, source="crawl", started_at=started_at) as writer:
            writer.finish(finished_at=started_at, complete=complete)
        return path

    new = tmp_path / "exempel-20261123T070000-crawl.duckdb"
    assert landing_file(home, "exempel", at) == new  # type: ignore[arg-type]
    file_of("exempel", AT, complete=True)
    file_of("exempel", AT - timedelta(days=2), complete=False)
    file_of("exempel-syd", AT, complete=False)
    (tmp_path / "exempel-20261123T030000-crawl.duckdb").write_bytes(b"cut short")
    assert landing_file(home, "exempel", at) == new  # type: ignore[arg-type]
    assert landing_file(home, "exempel", at) != (killed := file_of("exempel", AT + timedelta(minutes=1), complete=False))  # type: ignore[arg-type]
    assert landing_file(home, "exempel", at) == killed  # type: ignore[arg-type]


def test_the_log_names_pages_and_never_what_they_say(tmp_path: Path) -> None:
    pages = site_of(range(1)) | {
        "/": '<a class="ad" href="/annons/1?ring=0701740605">x</a><a class="ad" href="/annons/hemlig-rubrik-om-lina">y</a><a class="ad" href="/annons/3">z</a>',
        "/annons/1?ring=0701740605": "<h1>Hemlig rubrik</h1><p class=text>Ring 070-174 06 05 hemlig",
        "/annons/hemlig-rubrik-om-lina": Answer(status=500, body="hemlig"),
    }
    with small_site(pages) as running:
        (report,) = crawl(config(running.base), folder=tmp_path)
    assert (report.ads, report.complete) == (1, False)
    log = (tmp_path / "log" / "exempel.log").read_text("utf-8")
    assert f"{PUBLIC}/annons/… not read: answered 500" in log
    assert not [word for word in ("emlig", "0701740605", "1740605", "ring=", KEY, "Traceback") if word in log]
    assert (tmp_path / "log" / "exempel.log").stat().st_mode & 0o777 == 0o600
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == []
