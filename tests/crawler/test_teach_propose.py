"""A site that was only looked at gets a config that reads all of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime

import pytest

from crawler.parse import Page, list_links, parse_ad, sitemap_links
from crawler.records.ad import Ad
from crawler.records.site import FieldRule, SiteConfig
from crawler.records.site_faults import faults
from crawler.teach.propose import NothingToTeachError, Proposal, table_of_fields
from crawler.teach.write import toml_of
from pipeline.settings import site_from
from simulator.pages.frame import path_of
from simulator.site import Site
from tests.crawler.taught import BASE, Get, look, of_pages, of_site, teach, town_sites

AT = datetime(2026, 11, 23, 2)
FIELDS = ("title", "body", "posted_at", "category", "name", "age", "city", "price", "phones", "account", "images")


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    return town_sites()


def read_whole(site: SiteConfig, get: Get) -> list[Ad]:
    """Follow a config through a site in memory, to every ad that it names."""
    named: dict[str, None] = {}
    lists = list(site.start)
    for url in site.sitemap:
        named |= dict.fromkeys(sitemap_links(Page(url=url, text=get(url)), site).ads)
    for url in lists:
        links = list_links(Page(url=url, text=get(url)), site)
        named |= dict.fromkeys(links.ads)
        lists += [link for link in (*links.lists, links.next_page) if link and link not in lists]
    return [parse_ad(Page(url=url, text=get(url)), site, AT) for url in named]


def shown(ad: Ad) -> dict[str, object]:
    return {name: getattr(ad, name) for name in FIELDS if name != "images"} | {"images": [path_of(image) for image in ad.images]}


@pytest.fixture(scope="module")
def proposals(sites: dict[str, Site]) -> dict[str, Proposal]:
    return {
        "torget": teach(of_site(sites["torget"]), "/annonser"),
        "anslaget": teach(of_site(sites["anslaget"]), "/", sitemaps=(BASE + "/sitemap.xml",)),
    }


@pytest.fixture
def torget(proposals: dict[str, Proposal]) -> Proposal:
    return proposals["torget"]


@pytest.mark.parametrize("name", ["torget", "anslaget"])
def test_a_taught_site_is_read_whole(sites: dict[str, Site], proposals: dict[str, Proposal], name: str) -> None:
    proposal = proposals[name]
    found = {path_of(ad.url): shown(ad) for ad in read_whole(proposal.site, of_site(sites[name]))}
    assert found == {path_of(ad.url): shown(ad) for ad in sites[name].ads}
    assert len(proposal.ads) == 5


def test_a_look_asks_for_a_dozen_pages_at_most(sites: dict[str, Site]) -> None:
    found = look(of_site(sites["torget"]), "/annonser")
    assert [seen.kind for seen in found.pages] == ["list", "list", "list", "ad", "ad", "ad", "ad"]


def test_the_written_config_says_what_was_proposed_and_has_no_ground_yet(torget: Proposal) -> None:
    site = torget.site
    mistakes: list[str] = []
    reread = site_from(tomllib.loads(toml_of(site, remarks=["Påhittad"])), where="exempel.toml", faults=mistakes)
    assert (reread, mistakes, faults(site)) == (site, [], [])
    assert (site.legal_note, site.photos, site.next_page, site.ad_url) == ("", False, "a.nasta", r"/annons/\d+/?(?:[?#]|$)")


def test_the_table_shows_every_field_with_numbers_masked(torget: Proposal) -> None:
    rows = {row["field"]: row for row in table_of_fields(torget)}
    assert (rows["title"]["how"], rows["title"]["found"]) == ("css h1.rubrik", "5 of 5 ads")
    assert rows["phones"]["value"].startswith("•••") and len(rows["phones"]["value"].split(" | ")[0]) == 6


def board(count: int, short: int = 0) -> dict[str, str]:
    """A site without a class on anything that matters: lists behind groups, Prev and Next alike, the place the first of two or three parts."""
    first = short or count // 2
    groups = {1: range(1, first + 1), 2: range(first + 1, count + 1)}
    menu = '<nav><a href="/om">Om</a><a href="/hjalp">Hjälp</a></nav>'
    pages = {"/": menu + "".join(f'<li class="grupp"><a href="/grupp/{name}-massage/">Massage i trakt {name}</a></li>' for name in (*groups, 3))}
    pages["/grupp/3-massage/"] = menu + "<h2>Massage</h2><p>Inget här.</p>"
    for name, numbers in groups.items():
        for place in range(0, len(numbers), 10):
            number = place // 10 + 1
            rows = "".join(f'<tr><td><a href="/{ad}-en-lugn-stund/">En lugn stund nummer {ad}</a></td></tr>' for ad in numbers[place : place + 10])
            back = f'<a class="sida" href="?sida={number - 1}">Föregående</a>' if number > 1 else ""
            more = f'<a class="sida" href="?sida={number + 1}">Nästa</a>' if place + 10 < len(numbers) else ""
            pages[f"/grupp/{name}-massage/" + (f"?sida={number}" if number > 1 else "")] = f"{menu}<table><tbody>{rows}</tbody></table>{back}{more}"
    for ad in range(1, count + 1):
        place = "" if ad % 3 == 0 else ("Lund · " if ad % 2 else "Malmö · ")
        pages[f"/{ad}-en-lugn-stund/"] = (
            f"<title>En lugn stund nummer {ad}</title>{menu}<p class=rad>{place}Hälsa · Massage</p><div><h2>En lugn stund nummer {ad}</h2></div>"
            f"<div class=om><p>Påhittad text {ad} om en lugn stund med musik, lång nog att läsa.</p></div>"
            f"<dl><dt>Telefon</dt><dd>070-174 06 {5 + ad % 95:02d}</dd><dt>Pris</dt><dd>{ad}00 kr</dd></dl><footer>Anslagstavlan 08-465 004 00</footer>"
        )
    return pages


@pytest.mark.parametrize("short", [0, 7, 11])  # ads of the first list: 7 need no next page, 11 leave one ad for it
def test_lists_behind_groups_links_that_differ_in_their_word_and_places_in_a_line_are_understood(short: int) -> None:
    pages = board(60, short)
    site = teach(of_pages(pages), "/", places=frozenset({"lund", "malmö"})).site
    rules = {rule.name: rule for rule in site.fields}
    assert (site.start, site.list_links, site.next_page) == ((BASE + "/",), "li.grupp a", 'a.sida:contains("Nästa")')
    assert rules["city"] == FieldRule(name="city", css="p.rad", split="·", part=-3)
    assert rules["phones"] == FieldRule(name="phones", css='dt:contains("Telefon") + dd', many=True)
    found = {ad.url: (ad.title, ad.city, ad.phones, ad.price) for ad in read_whole(site, of_pages(pages))}
    assert found == {
        f"{BASE}/{ad}-en-lugn-stund/": (
            f"En lugn stund nummer {ad}", "" if ad % 3 == 0 else "Lund" if ad % 2 else "Malmö", (f"070-174 06 {5 + ad % 95:02d}",), f"{ad}00 kr",
        )
        for ad in range(1, 61)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"/": "<h1>Välkommen</h1><p>Inget här.</p>"}, "no links to ads were found"),
        ({"/": "<div id=app></div><script src=/visa.js></script>"}, "try again with --browser"),
        ({}, "the first page could not be read: answered 404"),
    ],
)
def test_a_site_that_shows_no_ads_is_said_to_and_what_to_try(pages: dict[str, str], says: str) -> None:
    with pytest.raises(NothingToTeachError, match=says):
        teach(of_pages(pages), "/")


def test_a_named_ad_tells_which_links_are_ads() -> None:
    pages = board(60) | {"/": "".join(f'<li><a href="/tips/{n}">Ett tips om bostad nummer {n}</a></li>' for n in range(40))}
    pages |= {f"/tips/{n}": f"<h1>Tips {n}</h1>" for n in range(40)}
    pages["/"] += "".join(f'<p><a href="/{ad}-en-lugn-stund/">Annons {ad}</a></p>' for ad in range(1, 9))
    site = teach(of_pages(pages), "/", example=f"{BASE}/5-en-lugn-stund/").site
    assert {ad.title for ad in read_whole(replace(site, next_page=""), of_pages(pages))} == {f"En lugn stund nummer {ad}" for ad in range(1, 9)}
