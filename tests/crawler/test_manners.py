"""The crawler asks robots.txt first and does what it says, keeps its distance, and keeps no page that is reserved."""

from __future__ import annotations

import itertools
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.manners import pause_s
from crawler.reservation import path_reserved, reserved, reserved_paths
from crawler.robots import product_token, read_robots
from tests.crawler.small_site import ADS, AGENT, PUBLIC, REJECTED, RUN, Answer, ads, config, crawl, landed, list_page, site_of, small_site

TEXT = "User-agent: *\n\nDisallow: /user/\nCrawl-delay: 7\n\nUser-agent: lykta\nDisallow: /ej-lykta\n"


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (200, ""),
        (404, ""),
        (403, ""),
        (429, "robots.txt answered 429, so nothing may be fetched now"),
        (500, "robots.txt answered 500, so nothing may be fetched now"),
        (503, "robots.txt answered 503, so nothing may be fetched now"),
        (302, "robots.txt answered 302, so nothing may be fetched now"),
        (0, "robots.txt did not answer, so nothing may be fetched now"),
    ],
)
def test_robots_txt_is_read_by_its_standard(status: int, refused: str) -> None:
    rules = read_robots(status=status, body=b"", user_agent=AGENT)
    assert (rules.refused, rules.why_not("https://exempel.example/annons/1")) == (refused, refused)


def test_a_group_of_our_own_wins_over_the_one_for_all_and_blank_lines_do_not_end_a_group() -> None:
    ours = read_robots(status=200, body=TEXT.encode(), user_agent=AGENT)
    others = read_robots(status=200, body=TEXT.encode(), user_agent="Annan/1")
    assert [ours.why_not(f"https://exempel.example{path}") for path in ("/user/1", "/ej-lykta")] == ["", "robots.txt does not allow /ej-lykta"]
    assert [others.why_not(f"https://exempel.example{path}") for path in ("/user/1", "/ej-lykta")] == ["robots.txt does not allow /user/1", ""]
    assert (ours.delay_s, others.delay_s, product_token(AGENT)) == (0.0, 7.0, "Lykta")


@pytest.mark.parametrize(
    ("header", "tries", "delay_s", "seconds"),
    [
        ("7", 0, 5.0, 7.0), ("", 0, 5.0, 5.0), ("", 2, 5.0, 20.0), ("", 1, 0.0, 2.0), ("Mon, 23 Nov 2026 02:00:30 GMT", 0, 5.0, 30.0),
        ("x", 0, 0.0, 1.0), ("9" * 30, 0, 0.0, 1200.0),
    ],
)  # fmt: skip
def test_a_pause_is_what_the_site_asks_for(header: str, tries: int, delay_s: float, seconds: float) -> None:
    assert pause_s(header, tries=tries, delay_s=delay_s, now=datetime(2026, 11, 23, 2, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("tags", "header", "text", "kept"),
    [
        ((), "", "<h1>ok", True),
        (("noindex, nofollow",), "", "", False),
        (("NONE",), "", "", False),
        (("otherbot: noindex",), "", "", True),
        (("lykta: noindex",), "", "", False),
        (("unavailable_after: 25 Jun 2030 15:00:00 PST",), "", "", True),
        ((), "1", "", False),
        ((), "0", '<meta name="tdm-reservation" content="0">', True),
        ((), "", '<META NAME="TDM-Reservation" CONTENT="1"> tdm-reservation', False),
    ],
)
def test_a_reserved_page_is_known_by_header_and_meta_tag(tags: tuple[str, ...], header: str, text: str, kept: bool) -> None:
    assert (reserved(robots_tag=tags, tdm_header=header, text=text, agent="Lykta") == "") is kept


def test_tdmrep_reserves_paths() -> None:
    patterns = reserved_paths('[{"location": "/annons/9*", "tdm-reservation": 1}, {"location": "/fri", "tdm-reservation": 0}, "x", {"location": 3}]')
    assert patterns == ("/annons/9*",)
    asked = ("/annons/91", "/annons/1", "/fri")
    assert [path_reserved(f"https://e.example{path}", patterns) for path in asked] == ["tdmrep.json reserves /annons/9*", "", ""]
    assert [reserved_paths(text) for text in ("", "{}", "<html>", "[1]")] == [(), (), (), ()]


def test_nothing_is_fetched_while_robots_txt_is_out_of_order_or_the_site_is_down(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        down = f"http://127.0.0.1:{closed.getsockname()[1]}"
    pages = site_of(range(3)) | {"/robots.txt": Answer(status=503, headers=(("Retry-After", "0"),))}
    with small_site(pages) as broken, small_site(site_of(range(3))) as well:
        reports = crawl(config(broken.base, name="trasig"), config(down, name="nere"), config(well.base, name="frisk"), folder=tmp_path)
    assert [(report.site, report.ads, report.complete, report.failed) for report in reports] == [
        ("trasig", 0, False, "robots.txt answered 503, so nothing may be fetched now"),
        ("nere", 0, False, "robots.txt did not answer, so nothing may be fetched now"),
        ("frisk", 3, True, ""),
    ]
    assert set(broken.asked) == {"/robots.txt"}
    assert [landed(tmp_path / f"{name}.duckdb", RUN) for name in ("trasig", "nere", "frisk")] == [[(False, True)], [(False, True)], [(True, True)]]


def test_robots_txt_comes_first_and_its_delay_and_its_rules_hold(tmp_path: Path) -> None:
    pages = site_of(range(1, 3), **{"/robots.txt": "User-agent: *\nCrawl-delay: 0.7\nDisallow: /annons/hemlig\n"})
    pages["/"] = list_page([1, 2]) + '<a class="ad" href="/annons/hemlig">x</a>'
    with small_site(pages) as running:
        (report,) = crawl(config(running.base), folder=tmp_path)
    assert running.asked == ["/robots.txt", "/.well-known/tdmrep.json", "/", "/annons/1", "/annons/2"]
    assert all(later - earlier > 0.6 for earlier, later in itertools.pairwise(running.at[1:]))
    assert (report.ads, report.rejected, report.complete) == (2, 1, True)
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == [(f"{PUBLIC}/annons/hemlig", "robots.txt does not allow /annons/hemlig")]
    assert landed(tmp_path / "exempel.duckdb", "SELECT url, kind, status, allowed_by FROM landing.page_fetch") == [
        (f"{PUBLIC}/robots.txt", "robots", 200, "robots.txt is asked for before it can be obeyed"),
        (f"{PUBLIC}/.well-known/tdmrep.json", "robots", 404, "robots.txt"),
        (f"{PUBLIC}/", "list", 200, "robots.txt"),
        (f"{PUBLIC}/annons/1", "ad", 200, "robots.txt"),
        (f"{PUBLIC}/annons/2", "ad", 200, "robots.txt"),
    ]


def busy_once(before: int) -> Answer:
    return Answer(status=429, headers=(("Retry-After", "1"),)) if before == 0 else Answer(body="<h1>Annons 1</h1>")


def test_a_busy_site_is_given_its_time_and_gone_pages_and_reserved_ones_are_told_apart(tmp_path: Path) -> None:
    pages = site_of(range(1, 6)) | {
        "/annons/1": busy_once,
        "/annons/2": Answer(status=410),
        "/annons/3": Answer(body="<h1>Annons 3</h1>", headers=(("X-Robots-Tag", "noindex"),)),
        "/annons/4": Answer(body="<h1>Annons 4</h1>", headers=(("tdm-reservation", "1"),)),
        "/.well-known/tdmrep.json": '[{"location": "/annons/5", "tdm-reservation": 1}]',
    }
    with small_site(pages) as running:
        (report,) = crawl(config(running.base), folder=tmp_path)
    first, second = (at for path, at in zip(running.asked, running.at, strict=True) if path == "/annons/1")
    assert second - first >= 0.95
    assert "/annons/5" not in running.asked
    assert (landed(tmp_path / "exempel.duckdb", ADS), report.failed) == (ads(1), "")
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == [
        (f"{PUBLIC}/annons/3", "X-Robots-Tag asks not to keep this page"),
        (f"{PUBLIC}/annons/4", "tdm-reservation: the site reserves its rights to this page"),
        (f"{PUBLIC}/annons/5", "tdmrep.json reserves /annons/5"),
    ]


def test_it_says_who_it_is_and_keeps_no_cookie_and_sends_no_referrer(tmp_path: Path) -> None:
    pages = site_of(range(2)) | {"/": Answer(body=list_page([0, 1]), headers=(("Set-Cookie", "spår=1; Path=/"),))}
    with small_site(pages) as running:
        crawl(config(running.base), folder=tmp_path)
    assert {headers["user-agent"] for headers in running.headers} == {AGENT}
    assert not [name for headers in running.headers for name in headers if name in ("cookie", "referer")]
