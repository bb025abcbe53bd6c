"""Each named misbehaviour does what its name says, on each site where it can."""

from __future__ import annotations

import gzip
import http.client
import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.parse import MissingFieldError, list_links, parse_ad, stored
from simulator.hostile import GZIP_BYTES, PAYLOADS
from simulator.listing import NEVER, Listing
from simulator.modes import BOMBS, MODES, SLOW_S, TooMany
from simulator.serve import Running, read_modes, serving
from simulator.site import SITES, Request
from simulator.town import Plan, town_of
from tests.simulator.reading import config_of, get, links_of, page


@pytest.fixture(scope="module")
def small_plan() -> Plan:
    return Plan(seed=23, ads=120, nights=3, until=date(2026, 11, 23))


@pytest.fixture(scope="module")
def small(small_plan: Plan) -> list[Listing]:
    return town_of(small_plan)


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
