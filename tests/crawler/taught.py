"""Sites in memory for the tests of teaching: a look walks through them as the child process does, without a network."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date

from crawler.teach.explore import next_step
from crawler.teach.propose import Proposal, propose, provisional
from crawler.teach.seen import Found, Seen
from simulator.serve import up_on_last_night
from simulator.site import Request, Site
from simulator.town import Plan, town_of

SIZE = 150  # ads of the town, of which a site has a third: two list pages
BASE = "http://127.0.0.1:8000"
Get = Callable[[str], str]


@functools.cache
def town_sites() -> dict[str, Site]:
    """Return the made-up town's two plain sites with the ads of its last night."""
    plan = Plan(seed=3, ads=SIZE, nights=2, until=date(2026, 11, 23))
    shown = [ad for listing in up_on_last_night(town_of(plan), plan, 0) if (ad := listing.on(plan.nights - 1))]
    found = {}
    for name in ("torget", "anslaget"):
        found[name] = Site(name, [ad for ad in shown if ad.site == name], [], lambda picture: b"")
        found[name].base = BASE
    return found


def of_site(site: Site) -> Get:
    """Return what a made-up site answers to an address; '' for anything but a page that is there."""

    def get(url: str) -> str:
        answer = site.answer(Request(target=url.removeprefix(BASE)))
        return answer.body.decode("utf-8") if answer.status == 200 else ""

    return get


def of_pages(pages: Mapping[str, str]) -> Get:
    """Return what pages by path answer."""
    return lambda url: pages.get(url.removeprefix(BASE), "")


def look(get: Get, start: str, *, sitemaps: tuple[str, ...] = (), example: str = "") -> Found:
    """Look at a site in memory."""
    found = Found(pages=(), sitemaps=sitemaps)
    while (step := next_step(found, BASE + start, example)) is not None:
        text = get(step.url)
        seen = Seen(asked=step.url, url=step.url, kind=step.kind, text=text, why="" if text else "answered 404")
        found = Found(pages=(*found.pages, seen), sitemaps=sitemaps)
    return found


def teach(get: Get, start: str, *, sitemaps: tuple[str, ...] = (), example: str = "", places: frozenset[str] = frozenset()) -> Proposal:
    """Look at a site in memory and propose its config."""
    found = look(get, start, sitemaps=sitemaps, example=example)
    return propose(found, provisional("exempel", BASE + start, browser=False), example=example, places=places)
