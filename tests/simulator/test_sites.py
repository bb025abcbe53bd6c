"""The three sites: what their pages parse to is what the town says, and each misbehaviour does what its name says."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from crawler.parse import MissingFieldError, Page, fetched, list_links, parse_ad, sitemap_links, stored
from crawler.records.ad import Ad
from crawler.records.site import SiteConfig
from pipeline.settings import read_site
from simulator.hostile import GZIP_BYTES, PAYLOADS
from simulator.listing import NEVER, Listing
from simulator.modes import BOMBS, MODES, SLOW_S, TooMany
from simulator.serve import Running, read_modes, serving
from simulator.site import SITES, Request
from simulator.town import Plan, town_of


def get(url: str, *, cookie: str = "", timeout: float = 10.0) -> tuple[int, dict[str, str], bytes]:
    """Fetch an address without following redirects. Returns status, headers in lower case, body."""
    host, _, path = url.removeprefix("http://").partition("/")
    con = http.client.HTTPConnection(host, timeout=timeout)
    try:
        con.request("GET", "/" + path, headers={"Cookie": cookie} if cookie else {})
        answer = con.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        con.close()


def page(url: str) -> Page:
    return Page(url=url, text=get(url)[2].decode("utf-8"))


def config_of(running: Running, folder: Path) -> SiteConfig:
    """Read a running site's config as an installation would."""
    path = folder / f"{running.site.name}.toml"
    path.write_text(running.config, "utf-8")
    return read_site(path)


def links_of(site: SiteConfig, *, pages: int = 50) -> list[str]:
    """Follow a site's lists or its sitemap as a crawler would, at most so many pages."""
    found: list[str] = []
    for address in site.sitemap:
        found += sitemap_links(page(address), site).ads
    for address in site.start:
        while address and pages:
            links = list_links(page(address), site)
            found, address, pages = [*found, *links.ads], links.next_page, pages - 1
    return found


@pytest.fixture(scope="module")
def small_plan() -> Plan:
    return Plan(seed=23, ads=120, nights=3, until=date(2026, 11, 23))


@pytest.fixture(scope="module")
def small(small_plan: Plan) -> list[Listing]:
    return town_of(small_plan)


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
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
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


def test_every_mode_is_documented_and_a_mode_that_does_not_exist_is_refused() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "SIMULATOR.md").read_text("utf-8")
    assert [mode for mode in MODES if f"`{mode}`" not in told] == []
    with pytest.raises(ValueError, match="torget=sovande is not SITE=MODE"):
        read_modes(["torget=sovande"])


@pytest.fixture
def misbehaving(small: list[Listing], small_plan: Plan, request: pytest.FixtureRequest) -> Iterator[dict[str, Running]]:
    with serving(small, small_plan, modes=[f"{site}={request.param}" for site in SITES]) as running:
        yield running


def ad_paths(running: Running) -> list[str]:
    return list(running.site.by_path)


@pytest.mark.parametrize("misbehaving", ["redesigned"], indirect=True)
def test_redesigned_leaves_the_old_selectors_with_nothing(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for running in misbehaving.values():
        site = config_of(running, tmp_path)
        assert links_of(site) == []
        assert get(running.base + ad_paths(running)[0])[0] == 200
        with pytest.raises(MissingFieldError, match="no title"):
            parse_ad(page(running.base + ad_paths(running)[0]), site, NEVER)


@pytest.mark.parametrize("misbehaving", ["slow"], indirect=True)
def test_slow_waits_before_it_answers(misbehaving: dict[str, Running]) -> None:
    before = time.monotonic()
    assert get(misbehaving["torget"].base + "/annonser")[0] == 200
    assert time.monotonic() - before >= SLOW_S


def test_429_asks_to_wait_and_serves_whoever_has_waited(small: list[Listing], small_plan: Plan) -> None:
    now = [0.0]
    mode = TooMany(clock=lambda: now[0])
    with serving(small, small_plan) as running:
        site = running["torget"].site
        request = Request(target="/annonser")
        plain = site.answer(request)
        answers = []
        for moment in (0.0, 0.5, 1.2, 2.3, 2.4):
            now[0] = moment
            answers.append(mode(site, request, plain))
    assert [answer.status for answer in answers] == [429, 429, 429, 200, 200]
    assert answers[0].headers == (("Retry-After", "1"),)


@pytest.mark.parametrize("misbehaving", ["429"], indirect=True)
def test_429_reaches_whoever_asks(misbehaving: dict[str, Running]) -> None:
    for running in misbehaving.values():
        status, headers, _ = get(running.base + ad_paths(running)[0])
        assert (status, headers["retry-after"]) == (429, "1")
        assert get(running.base + "/robots.txt")[0] == 200


@pytest.mark.parametrize("misbehaving", ["503"], indirect=True)
def test_503_closes_every_page_but_robots(misbehaving: dict[str, Running]) -> None:
    for running in misbehaving.values():
        assert [get(running.base + path)[0] for path in ("/", ad_paths(running)[0], "/robots.txt")] == [503, 503, 200]


@pytest.mark.parametrize("misbehaving", ["robots503"], indirect=True)
def test_robots503_closes_robots_alone(misbehaving: dict[str, Running]) -> None:
    for running in misbehaving.values():
        assert [get(running.base + path)[0] for path in ("/", ad_paths(running)[0], "/robots.txt")] == [200, 200, 503]


@pytest.mark.parametrize("misbehaving", ["blocked"], indirect=True)
def test_blocked_shows_a_captcha_with_status_200(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for running in misbehaving.values():
        status, _, body = get(running.base + ad_paths(running)[0])
        assert (status, b'class="captcha"' in body) == (200, True)
        assert links_of(config_of(running, tmp_path)) == []


@pytest.mark.parametrize("misbehaving", ["login"], indirect=True)
def test_login_sends_readers_of_ads_to_a_form(misbehaving: dict[str, Running]) -> None:
    for running in misbehaving.values():
        status, headers, _ = get(running.base + ad_paths(running)[0])
        assert (status, headers["location"]) == (302, "/logga-in")
        assert b'type="password"' in get(running.base + "/logga-in")[2]


@pytest.mark.parametrize("misbehaving", ["cookiewall"], indirect=True)
def test_cookiewall_shows_nothing_until_a_cookie_agrees(misbehaving: dict[str, Running]) -> None:
    running = misbehaving["torget"]
    path = ad_paths(running)[0]
    title = running.site.by_path[path].title.encode()
    assert b"kakor" in get(running.base + path)[2]
    assert title in get(running.base + path, cookie="samtycke=ja")[2]


@pytest.mark.parametrize("misbehaving", ["empty"], indirect=True)
def test_empty_lists_no_ad_while_their_pages_stand(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for running in misbehaving.values():
        assert links_of(config_of(running, tmp_path)) == []
        assert get(running.base + ad_paths(running)[0])[0] == 200
    assert json.loads(get(misbehaving["fonstret"].base + "/api/lista?sida=1")[2])["annonser"] == []


@pytest.mark.parametrize("misbehaving", ["duplicates"], indirect=True)
def test_duplicates_lists_every_ad_under_three_addresses_that_are_one_ad(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for name in ("torget", "anslaget"):
        running = misbehaving[name]
        site = config_of(running, tmp_path)
        start = site.start[0] if site.start else site.sitemap[0]
        text = page(start).text
        path = ad_paths(running)[0]
        assert [text.count(link) for link in (f"{path}?ref=topp", f"{path}/skriv-ut")] == [1, 1]
        assert get(f"{running.base}{path}/skriv-ut")[2] == get(running.base + path)[2]
        assert sorted({stored(address, site) for address in links_of(site)}) == sorted(ad.url for ad in running.site.ads)


@pytest.mark.parametrize("misbehaving", ["bombs"], indirect=True)
def test_bombs_inflate_redirect_and_go_on_without_end(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for name, start in (("torget", "/annons"), ("anslaget", "/objekt"), ("fonstret", "/a")):
        running = misbehaving[name]
        _, headers, body = get(f"{running.base}{start}/{BOMBS['gzip']}")
        assert (headers["content-encoding"], len(body) < GZIP_BYTES // 500) == ("gzip", True)
        status, headers, _ = get(f"{running.base}{start}/{BOMBS['redirect']}?varv=7")
        assert (status, headers["location"]) == (302, f"{start}/{BOMBS['redirect']}?varv=8")
        with pytest.raises((http.client.HTTPException, OSError)):
            get(f"{running.base}{start}/{BOMBS['headers']}", timeout=2.0)
        _, headers, body = get(running.base + "/bild/bomb.png")
        assert (headers["content-type"], body[:8], len(body) < 2 << 20) == ("image/png", b"\x89PNG\r\n\x1a\n", True)
        assert "/bild/bomb.png" in page(f"{running.base}{start}/{BOMBS['picture']}").text
    assert len(gzip.decompress(get(f"{misbehaving['torget'].base}/annons/{BOMBS['gzip']}")[2])) == GZIP_BYTES
    for name in ("torget", "anslaget"):
        site = config_of(misbehaving[name], tmp_path)
        assert sum(str(number) in address for address in links_of(site, pages=1) for number in BOMBS.values()) == 4


@pytest.mark.parametrize("misbehaving", ["hostile"], indirect=True)
def test_hostile_texts_come_back_from_the_pages_as_they_were_written(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    get(misbehaving["torget"].base + "/")
    running = misbehaving["torget"]
    site = config_of(running, tmp_path)
    ads = [parse_ad(page(running.base + path), site, NEVER) for path in ad_paths(running)]
    text = "\n".join(ad.title + ad.body + ad.name + ad.price for ad in ads)
    kept = [payload for payload in PAYLOADS if payload in text]
    assert [payload for payload in PAYLOADS if payload not in kept and payload.isprintable() and "\x1b" not in payload] == []
    assert max(len(ad.body) for ad in ads) == 100_000
    anslaget = misbehaving["anslaget"]
    config = config_of(anslaget, tmp_path)
    get(anslaget.base + "/")
    assert all(parse_ad(page(anslaget.base + path), config, NEVER).title for path in ad_paths(anslaget))


@pytest.mark.parametrize("misbehaving", ["dateformat"], indirect=True)
def test_dateformat_writes_dates_in_words(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    for name in ("torget", "anslaget"):
        running = misbehaving[name]
        ad = parse_ad(page(running.base + ad_paths(running)[0]), config_of(running, tmp_path), NEVER)
        day = datetime.fromisoformat(running.site.ads[0].posted_at)
        assert ad.posted_at.startswith(f"{day.day} ") and f" {day.year} kl {day:%H.%M}" in ad.posted_at


@pytest.mark.parametrize("misbehaving", ["endless"], indirect=True)
def test_endless_lists_have_always_another_page_and_no_more_ads(misbehaving: dict[str, Running], tmp_path: Path) -> None:
    site = config_of(misbehaving["torget"], tmp_path)
    assert list_links(page(misbehaving["torget"].base + "/annonser?sida=40"), site).next_page.endswith("/annonser?sida=41")
    assert len(set(links_of(site, pages=12))) <= 40
    assert page(misbehaving["anslaget"].base + "/sitemap.xml").text.count("<loc>") == 200 * min(100, len(misbehaving["anslaget"].site.ads))
    assert json.loads(get(misbehaving["fonstret"].base + "/api/lista?sida=500")[2])["nasta"] == "/?sida=501"


@pytest.mark.parametrize("misbehaving", ["drip"], indirect=True)
def test_drip_sends_a_byte_at_a_time(misbehaving: dict[str, Running]) -> None:
    answer = urllib.request.urlopen(misbehaving["torget"].base + "/annonser", timeout=10)
    before = time.monotonic()
    assert answer.read(4) == b"<!DO"
    assert time.monotonic() - before >= 0.5
    answer.close()


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
