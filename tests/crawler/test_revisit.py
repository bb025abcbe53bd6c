"""Known ads are asked for by a plan: new ones often, old ones rarely, with a question whether anything changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from crawler.records.site import Revisit
from crawler.revisit import Known, is_due, overdue
from simulator.site import Answer, html
from tests.crawler.driven import AT, Memory, drive
from tests.crawler.small_site import PUBLIC, ad_page, list_page
from tests.crawler.small_site import config as small_config

BASE = "http://127.0.0.1:9"


def known(*, age: int, read: float, etag: str = "") -> Known:
    modified = "Sun, 22 Nov 2026 02:00:00 GMT" if etag else ""
    return Known(first_seen=AT - timedelta(days=age), read_at=AT - timedelta(days=read), etag=etag, last_modified=modified)


@pytest.mark.parametrize(
    ("age", "read", "due"),
    [(1, 1, True), (6, 0.9, True), (6, 0.5, False), (7, 1, False), (7, 2.9, True), (29, 3, True), (30, 3, False), (30, 6, False), (30, 6.9, True)],
)
def test_new_ads_are_asked_for_every_night_and_old_ones_once_a_week(age: int, read: float, due: bool) -> None:
    assert is_due(known(age=age, read=read), Revisit(), AT) is due


def test_the_longest_wait_counted_in_its_own_intervals_comes_first() -> None:
    waits = {"old, two weeks": known(age=90, read=14), "young, a night": known(age=2, read=1), "middle, twelve nights": known(age=20, read=12)}
    assert sorted(waits, key=lambda name: -overdue(waits[name], Revisit(), AT)) == ["middle, twelve nights", "old, two weeks", "young, a night"]


def test_a_crawl_asks_for_new_ads_first_then_for_what_is_due_and_takes_unchanged_for_seen() -> None:
    asked: list[tuple[str, Mapping[str, str]]] = []

    def answer(url: str, headers: Mapping[str, str]) -> Answer:
        path = url.removeprefix(BASE)
        if path.startswith("/annons"):
            asked.append((path, headers))
        if headers.get("If-None-Match") == '"4"':
            return Answer(status=304)
        return html(list_page([1, 2, 3, 4, 5])) if path == "/" else html(ad_page(int(path[-1])) if path[-1].isdigit() else "")

    earlier = {1: known(age=90, read=1), 2: known(age=90, read=8), 4: known(age=2, read=1, etag='"4"'), 5: known(age=20, read=12, etag='"5"')}
    landing = Memory()
    report = drive(small_config(BASE), answer, landing=landing, known={f"{PUBLIC}/annons/{number}": one for number, one in earlier.items()})
    assert [path for path, _ in asked] == ["/annons/3", "/annons/5", "/annons/2", "/annons/4"]
    assert [headers for path, headers in asked if path in ("/annons/2", "/annons/3")] == [{}, {}]
    assert asked[3][1] == {"If-None-Match": '"4"', "If-Modified-Since": "Sun, 22 Nov 2026 02:00:00 GMT"}
    assert (report.ads, report.unchanged, report.stood, report.complete, report.failed) == (3, 1, 1, True, "")
    done = {url.removeprefix(PUBLIC): why for url, kind, state, why in landing.pages if kind == "ad" and state == "done"}
    assert done == {"/annons/1": "listed", "/annons/2": "", "/annons/3": "", "/annons/4": "unchanged", "/annons/5": ""}


def test_a_site_whose_ads_are_all_as_they_were_is_read_whole() -> None:
    earlier = {f"{PUBLIC}/annons/{number}": known(age=90, read=2) for number in (1, 2)}
    report = drive(small_config(BASE), lambda url, headers: html(list_page([1, 2])), landing=Memory(), known=earlier)
    assert (report.ads, report.stood, report.pages, report.complete, report.failed, report.trouble) == (0, 2, 1, True, "", "")
