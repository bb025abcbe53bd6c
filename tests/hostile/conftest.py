"""One installation whose ads carry every hostile text, read from pages as a crawl reads them; served to nobody."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from crawler.parse import Page, parse_ad
from crawler.records.ad import Ad
from crawler.records.site import FieldRule, SiteConfig
from tests.hostile.payloads import ALL
from tests.keeping.world import START, Installation, phone_of

EACH = 6  # payloads an ad: one in its title, the others in its text
PEOPLE = ("Lina", "Mia", "Eva", "Sara")
SITE = SiteConfig(
    site="exempel", fetcher="http", hosts=("exempel.example",), start=("https://exempel.example/",), ad_links="a",
    fields=(
        FieldRule(name="title", css="h1"), FieldRule(name="body", css="pre"), FieldRule(name="name", css="h2"), FieldRule(name="city", css="h3"),
        FieldRule(name="comments", css="li"), FieldRule(name="venue", css="h4"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The installation, and the ads as they were read from their pages."""

    town: Installation
    ads: tuple[Ad, ...]


def page_of(number: int, payloads: tuple[str, ...], phone: str) -> Page:
    """Return a page that says hostile things, each written so that a browser shows exactly that."""
    body = "\n".join(payloads[1:]) + f"\nRing {phone}, jag är här några dagar och tycker om lugna stunder."
    name, city = PEOPLE[number % 4], ("Lund", "Malmö", "Ystad")[number % 3]
    text = f"<h1>{_said(payloads[0])}</h1><pre>{_said(body)}</pre><h2>{name}</h2><h3>{city}</h3><li>{_said(payloads[1])}</li><h4>{_said(payloads[-1])}</h4>"
    return Page(url=f"https://exempel.example/{number}", text=text)


def _said(text: str) -> str:
    return html.escape(text).replace("\r", "&#13;")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Read it, do not change it."""
    town = Installation(tmp_path_factory.mktemp("hostile") / "home")
    groups = [ALL[at : at + EACH] for at in range(0, len(ALL), EACH)]
    seen = [START - timedelta(days=18 - 2 * (number % 9)) for number in range(len(groups))]
    ads = tuple(parse_ad(page_of(number, group, phone_of(number // 14)), SITE, _at(seen[number])) for number, group in enumerate(groups))
    town.night(START, *ads)
    return World(town=town, ads=ads)


def _at(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
