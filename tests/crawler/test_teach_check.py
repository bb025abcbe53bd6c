"""When a site has changed, the field that died is named, with what would find it now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.site_check import Row, check
from crawler.teach.look import configured_step
from crawler.teach.propose import Proposal
from crawler.teach.saved import SavedPage, as_fiction
from crawler.teach.seen import Found, Seen
from tests.crawler.taught import Get, of_pages, teach

COUNT = 12


def shop(*, price: str = "p", phone: str = '<ul class="telefon"><li>{}</li></ul>', row: str = "annons") -> dict[str, str]:
    """A site of a dozen ads; a redesign changes the class of the price, where the phone stands, or the class of a row of the list."""
    pages = {"/": "".join(f'<div class="{row}"><a href="/annons/{ad}">En lugn stund nummer {ad}</a></div>' for ad in range(COUNT))}
    for ad in range(COUNT):
        venue = '<p class="lokal">Salong Norr</p>' if ad == 5 else ""
        pages[f"/annons/{ad}"] = (
            f'<title>Stund {ad} i stan</title><h1>Stund {ad} i stan</h1><div class="text">Påhittad text om stund {ad}, lång nog att läsas av någon.</div>'
            f'<{price} class="pris">{ad + 3}00 kr</{price}>{venue}{phone.format(f"070-174 06 {ad + 10}")}'
        )
    return pages


@pytest.fixture(scope="module")
def taught() -> Proposal:
    return teach(of_pages(shop()), "/")


@pytest.fixture(scope="module")
def saved(taught: Proposal) -> list[SavedPage]:
    kept, refused = as_fiction(taught.site, [*(("list", page) for page in taught.lists), *(("ad", page) for page in taught.ads)], seed=4)
    assert refused == []
    return kept


def followed(taught: Proposal, get: Get) -> Found:
    found = Found(pages=())
    while (step := configured_step(found, taught.site, 3)) is not None:
        text = get(step.url)
        found = Found(pages=(*found.pages, Seen(asked=step.url, url=step.url, kind=step.kind, text=text, why="" if text else "answered 404")))
    return found


def checked(taught: Proposal, saved: list[SavedPage], pages: dict[str, str], **week: float) -> dict[str, Row]:
    return {row["field"]: row for row in check(taught.site, found=followed(taught, of_pages(pages)), saved=saved, week=week)}


def test_a_site_that_reads_as_it_did_asks_for_nothing(taught: Proposal, saved: list[SavedPage]) -> None:
    rows = checked(taught, saved, shop(), price=0.71)
    assert rows["price"] == {"field": "price", "found": "3 of 3 ads", "value": "300 kr", "saved": "5 of 5 pages", "week": "71 %", "advice": ""}
    assert rows["phones"]["value"] == "•••610"
    assert (rows["ad_links"]["found"], rows["ad_links"]["value"], rows["ad_links"]["saved"]) == ("on 1 of 1 lists", "12 ads", "1 of 1 pages")
    assert [row["advice"] for row in rows.values()] == [""] * len(rows)


def test_a_field_that_died_is_named_with_the_selector_that_finds_it_now(taught: Proposal, saved: list[SavedPage]) -> None:
    rows = checked(taught, saved, shop(price="strong", phone='<span class="nummer">{}</span>'))
    assert {name: row["advice"] for name, row in rows.items() if row["advice"]} == {
        "price": "found on none of the ads now; nearest that finds it: css = 'strong.pris'",
        "phones": "found on none of the ads now; nearest that finds it: css = 'span.nummer'",
    }


def test_a_field_that_is_nowhere_any_more_is_said_to_be_and_a_rare_one_may_be_chance(taught: Proposal, saved: list[SavedPage]) -> None:
    rows = checked(taught, saved, shop(phone=""), venue=0.1)
    assert {name: row["advice"] for name, row in rows.items() if row["advice"]} == {
        "phones": "found on none of the ads now, and nothing on them looks like it"
    }


def test_links_that_are_found_nowhere_are_named_too(taught: Proposal, saved: list[SavedPage]) -> None:
    assert taught.site.ad_links == "div.annons a"
    rows = checked(taught, saved, shop(row="kort"))
    nearest = r"ad_links = 'div.kort a', ad_url = '/annons/\d+/?(?:[?#]|$)'"
    assert rows["ad_links"]["advice"] == f"found on none of the lists now; nearest that finds links: {nearest}"
    assert (rows["(site)"]["found"], rows["(site)"]["value"]) == ("failed", "no ad could be looked at")


def test_a_config_that_was_changed_for_the_worse_fails_on_its_saved_pages(taught: Proposal, saved: list[SavedPage]) -> None:
    worse = tuple(replace(rule, css="p.kostnad") if rule.name == "price" else rule for rule in taught.site.fields)
    rows = {row["field"]: row for row in check(replace(taught.site, fields=worse), found=None, saved=saved, week={})}
    assert (rows["price"]["saved"], rows["price"]["advice"]) == ("0 of 5 pages", "no longer reads its saved pages; nearest that finds it: css = 'p.pris'")
    assert (rows["price"]["found"], rows["title"]["saved"], rows["title"]["advice"]) == ("0 of 0 ads", "5 of 5 pages", "")
