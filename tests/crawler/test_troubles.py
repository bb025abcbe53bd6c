"""Every way in which the made-up sites misbehave is known by its name, and none of them calls an ad gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawler.parse import Page
from crawler.records.ad import Ad
from crawler.records.site import SiteConfig
from crawler.records.troubles import BY_CODE, TROUBLES, name_of
from crawler.signs import ad_sign, list_sign, wall_of
from pipeline.settings import read_site
from simulator.listing import Listing
from simulator.modes import MODES
from simulator.serve import _site, up_on_last_night
from simulator.site import Site
from simulator.town import Plan, town_of
from tests.crawler.driven import AT, Memory, drive, town_site
from tests.crawler.small_site import config as small_config
from tests.crawler.small_site import crawl, landed, list_page, site_of, small_site

PLAN = Plan(seed=29, ads=90, nights=3, until=date(2026, 11, 23))
BASE = "http://127.0.0.1:9"
# What each mode is called, where the site can do it. A date in another form is known by the site's history, not by one page.
NAMES: Mapping[str, Mapping[str, str]] = {
    "redesigned": {"torget": "redesign", "anslaget": "redesign", "fonstret": "redesign"},
    "slow": {"torget": "slow", "anslaget": "slow"},
    "429": {"torget": "too_many", "anslaget": "too_many"},
    "503": {"torget": "unavailable", "anslaget": "unavailable"},
    "robots503": {"torget": "robots_down", "anslaget": "robots_down"},
    "blocked": {"torget": "soft_block", "anslaget": "soft_block", "fonstret": "soft_block"},
    "login": {"torget": "log_in_wall", "anslaget": "log_in_wall"},
    "cookiewall": {"torget": "cookie_wall", "anslaget": "cookie_wall", "fonstret": "cookie_wall"},
    "empty": {"torget": "empty_lists", "anslaget": "empty_lists"},
    "duplicates": {"torget": "duplicates", "anslaget": "duplicates"},
    "bombs": {"torget": "traps", "anslaget": "traps"},
    "hostile": {"torget": "hostile_text", "anslaget": "hostile_text"},
    "endless": {"torget": "endless_lists", "anslaget": "endless_lists"},
    "drip": {"torget": "stalled", "anslaget": "stalled"},
    "dateformat": {"torget": "", "anslaget": ""},
}


@pytest.fixture(scope="module")
def up() -> list[Listing]:
    return up_on_last_night(town_of(PLAN), PLAN, 24)


def made(name: str, up: list[Listing], folder: Path) -> tuple[Site, SiteConfig]:
    site = _site(name, up, PLAN)
    site.base = BASE
    path = folder / f"{name}.toml"
    path.write_text(site.config(), "utf-8")
    return site, read_site(path)


def test_no_mode_is_without_a_name() -> None:
    assert set(NAMES) == set(MODES)
    assert {code for names in NAMES.values() for code in names.values()} - {""} <= set(BY_CODE)


@pytest.mark.parametrize(("mode", "name"), [(mode, name) for mode, names in NAMES.items() for name in names])
def test_a_misbehaviour_is_known_by_its_name(mode: str, name: str, up: list[Listing], tmp_path: Path) -> None:
    site, config = made(name, up, tmp_path)
    landing = Memory()
    report = drive(config, town_site(site, config, MODES[mode]()), landing=landing)
    assert report.trouble == NAMES[mode][name]
    proves = report.complete or landing.lists_whole()
    assert {ad.url for ad in site.ads} <= landing.named() if proves else not report.complete, "a run that proves anything has named every ad"
    assert not {why for *_, why in landing.pages} & {"404", "410"}


@pytest.mark.parametrize("name", ["torget", "anslaget"])
def test_a_site_that_behaves_has_no_trouble(name: str, up: list[Listing], tmp_path: Path) -> None:
    site, config = made(name, up, tmp_path)
    report = drive(config, town_site(site, config, lambda site, request, answer: answer), landing=Memory())
    assert (report.trouble, report.complete, report.failed, report.ads) == ("", True, "", len(site.ads))


ASKED = "<main><h1>Vi bryr oss om dina kakor</h1><p>Vi vill använda cookies.</p><button id='consent-ok'>Godkänn</button></main>"
AD = "<main><h1>Massage i centrum</h1><p class='text'>Ring mig.</p><form class='captcha'>Tipsa oss</form><input type='password'></main>"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        (ASKED, "cookie_wall"),
        ("<main><h1>Är du en människa?</h1><p>Vi använder cookies för att se det.</p></main>", "soft_block"),
        ("<main><p>Logga in</p><input name='losen' type='password'></main>", "log_in_wall"),
        ("<html><body> </body></html>", "empty_page"),
        ("", "empty_page"),
        ("<main><h1>Sommarrea</h1><p>Allt ska bort.</p></main>", ""),
        ("<main>" + ASKED + "<p>" + "text " * 700 + "</p></main>", ""),
        ("<ul>" + "<li class='kort'>Ett kort med text</li>" * 6 + "</ul><input type='password'>", ""),
    ],
)
def test_a_wall_is_known_by_little_text_and_one_sign(text: str, wall: str) -> None:
    assert wall_of(Page(url=BASE, text=text)) == wall


def test_an_ad_with_a_check_at_its_edge_is_an_ad() -> None:
    ad = Ad(site="exempel", url=BASE, seen_at=AT, title="Massage i centrum", body="Ring mig.")
    assert ad_sign(Page(url=BASE, text=AD), ad) == ""
    assert ad_sign(Page(url=BASE, text=AD), replace(ad, body="")) == "soft_block"
    assert ad_sign(Page(url=BASE, text="<h2>Ny rubrik, helt annan sida"), None) == "redesign"


def test_an_empty_list_says_so_and_a_rebuilt_one_lists_something_else() -> None:
    told = {
        "<p>Inga annonser just nu.</p>": "empty_lists",
        "<p>0 träffar</p>": "empty_lists",
        "<main>" + "<div class='card'>Inga annonser</div>" * 6 + "</main>": "redesign",
        "<h1>Vi har bytt utseende": "redesign",
    }
    assert {text: list_sign(Page(url=BASE, text=text), "list") for text in told} == told
    maps = {"<urlset></urlset>": "empty_lists", "<urlset><url><loc>/ny/1</loc></url></urlset>": "redesign", "<h1>Är du en människa?</h1>": "soft_block"}
    assert {text: list_sign(Page(url=BASE, text=text), "sitemap") for text in maps} == maps


def test_one_odd_page_does_not_name_a_night_and_the_most_telling_sign_does() -> None:
    assert name_of({"log_in_wall": 1, "redesign": 1}, asked=100) == ""
    assert name_of({"log_in_wall": 5, "soft_block": 6, "slow": 90}, asked=100) == "soft_block"
    assert name_of({"traps": 1}, asked=100) == "traps"
    assert name_of({}, asked=0) == ""


def test_every_trouble_says_what_is_the_matter_and_what_to_do_in_both_languages() -> None:
    for trouble in TROUBLES:
        assert trouble.grade in ("stop", "part", "note") and 0.0 <= trouble.share <= 0.5
        assert all((trouble.sv, trouble.en, trouble.do_sv.endswith("."), trouble.do_en.endswith(".")))


def test_a_real_crawl_lands_the_name_and_leaves_out_what_was_no_ad(tmp_path: Path) -> None:
    wall = "<html><h1>Bara för medlemmar</h1><input type=password>"
    pages = site_of(range(6)) | {f"/annons/{number}": wall for number in range(2, 6)} | {"/": list_page([0, 1, 2, 3, 4, 5])}
    with small_site(pages) as running:
        (report,) = crawl(small_config(running.base), folder=tmp_path)
    assert (report.trouble, report.ads, report.rejected, report.complete) == ("log_in_wall", 2, 4, True)
    path = tmp_path / "exempel.duckdb"
    assert landed(path, "SELECT trouble, failed FROM landing.outcome") == [("log_in_wall", "")]
    assert landed(path, "SELECT DISTINCT reason FROM landing.rejected") == [("another page where the ad should be (log_in_wall)",)]
    assert landed(path, "SELECT code, kind, count(*) FROM landing.sign GROUP BY ALL") == [("log_in_wall", "ad", 4)]
