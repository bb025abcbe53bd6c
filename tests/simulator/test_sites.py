"""The three sites: what their pages parse to is what the town says, and the command serves them until it is asked to stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from crawler.parse import Page, fetched, list_links, parse_ad, stored
from crawler.records.ad import Ad
from pipeline.settings import read_site
from simulator.listing import NEVER, Listing
from simulator.serve import Running, serving
from simulator.site import SITES
from simulator.town import Plan
from tests.simulator.reading import config_of, get, links_of, page


@pytest.fixture(scope="module")
def sites(town: list[Listing], plan: Plan) -> Iterator[dict[str, Running]]:
    with serving(town, plan) as running:
        yield running


@pytest.mark.parametrize("name", ["torget", "anslaget"])
def test_a_crawl_of_a_site_gives_exactly_the_ads_that_are_up(sites: dict[str, Running], tmp_path: Path, name: str) -> None:
    site = config_of(sites[name], tmp_path)
    addresses = links_of(site)
    assert sorted(stored(address, site) for address in addresses) == sorted(ad.url for ad in sites[name].site.ads)
    assert [parse_ad(page(address), site, NEVER) for address in addresses] == [
        next(ad for ad in sites[name].site.ads if ad.url == stored(address, site)) for address in addresses
    ]


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def test_the_third_site_shows_nothing_without_its_script_and_everything_with_it(sites: dict[str, Running], tmp_path: Path) -> None:
    site = config_of(sites["fonstret"], tmp_path)
    assert list_links(page(site.start[0]), site).ads == ()
    first = fetched(sites["fonstret"].site.ads[0].url, site)
    assert sites["fonstret"].site.ads[0].title not in get(first)[2].decode("utf-8").split("<script")[0]
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        browser = play.chromium.launch(executable_path=chromium(), args=flags)
        tab = browser.new_page()

        def shown(address: str) -> Page:
            tab.goto(address)
            tab.wait_for_selector(site.wait_for)
            return Page(url=address, text=tab.content())

        addresses, address = [], site.start[0]
        while address:
            links = list_links(shown(address), site)
            addresses, address = [*addresses, *links.ads], links.next_page
        told = [ad for ad in sites["fonstret"].site.ads if "\n" in ad.body or ad.handles or ad.comments][:12] + sites["fonstret"].site.ads[-3:]
        read = [parse_ad(shown(fetched(ad.url, site)), site, NEVER) for ad in told]
        browser.close()
    assert sorted(stored(address, site) for address in addresses) == sorted(ad.url for ad in sites["fonstret"].site.ads)
    assert read == told


def test_pictures_are_served_as_they_are_imported(sites: dict[str, Running], town: list[Listing], tmp_path: Path) -> None:
    for running in sites.values():
        ad = next(ad for ad in running.site.ads if ad.images)
        status, headers, body = get(fetched(ad.images[0], config_of(running, tmp_path)))
        assert (status, headers["content-type"], body[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")


def test_robots_allow_ads_and_forbid_what_every_page_links_to(sites: dict[str, Running]) -> None:
    for name, running in sites.items():
        robots = get(running.base + "/robots.txt")[2].decode()
        assert "Disallow: /admin" in robots
        assert ("Sitemap: " in robots) == (name == "anslaget")
        assert 'href="/admin"' in page(running.base + "/").text
        assert "Påhittat" in page(running.base + "/").text
        assert get(running.base + "/finns/inte")[0] == 404


SERVE = """
import sys
from pathlib import Path
from simulator.command import simulate
simulate(Path(sys.argv[1]), seed=24, ads=80, nights=2, until="2026-11-23", as_import=False, serve=True, limit=20, modes=["torget=empty"], key=None, say=print)
"""


def test_the_command_serves_until_it_is_asked_to_stop(tmp_path: Path) -> None:
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1"}
    child = subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings)
    ready = tmp_path / "ready.json"
    until = time.monotonic() + 30
    while not ready.exists() and time.monotonic() < until:
        time.sleep(0.05)
    bases = json.loads(ready.read_text("utf-8"))["sites"]
    assert set(bases) == set(SITES)
    configs = {name: read_site(tmp_path / "sites" / f"{name}.toml") for name in SITES}
    assert {name: site.fetch_base for name, site in configs.items()} == bases
    assert all(site.simulator and site.photos and site.legal_note and site.politeness.delay_s == 0.0 for site in configs.values())
    assert links_of(configs["torget"]) == []
    assert 0 < len(links_of(configs["anslaget"])) <= 20
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=10)
    assert (child.returncode, err) == (0, b"")
    assert b"Made-up sites: torget http://127.0.0.1:" in out


def test_the_limit_keeps_the_same_ads_in_every_way_out(town: list[Listing], plan: Plan) -> None:
    with serving(town, plan, limit=25) as running:
        ads: list[Ad] = [ad for site in running.values() for ad in site.site.ads]
    assert sorted(ad.url for ad in ads) == sorted(listing.versions[0].ad.url for listing in [x for x in town if x.on(plan.nights - 1)][:25])
