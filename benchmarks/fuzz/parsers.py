"""Every parser that meets foreign bytes, what its cases look like, and what it must keep to whatever comes."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.fuzz.files import backup_file, landing_file, picture
from benchmarks.fuzz.inputs import Cases, near, near_text, short, text
from benchmarks.fuzz.page import request
from benchmarks.fuzz.run import BrokenPromise, Parser
from cli.common import moment
from cli.terminal import visible
from crawler.gate import Gate, why_refused
from crawler.manners import pause_s
from crawler.parse import MissingFieldError, Page, list_links, parse_ad, sitemap_links
from crawler.quiet_log import masked
from crawler.records.ad import Ad
from crawler.records.site import FieldRule, SiteConfig
from crawler.records.site_faults import faults as site_faults
from crawler.reservation import path_reserved, reserved, reserved_paths
from crawler.robots import read_robots, robots_address
from pipeline.failure import Failure
from pipeline.home import SHIPPED_CONFIG
from pipeline.importing import read_lines
from pipeline.masking import Masker
from pipeline.outreach.papers.layout import safe
from pipeline.reading.addresses import normalise_email, normalise_handle
from pipeline.reading.phones import normalise
from pipeline.reading.reader import Reader
from pipeline.settings import General, read_shipped, site_from
from pipeline.strict import build
from review import shown

AT = datetime(2026, 11, 23, 2)
SECONDS_MAX = 0.5  # an ad's text that takes longer holds a night up; ten times what is promised, for a machine that does something else meanwhile
BASE = "https://exempel.example/"
SITE = SiteConfig(
    site="exempel", fetcher="http", hosts=("exempel.example",), start=(BASE,), ad_links="a", next_page="a[rel=next]", list_links="nav a",
    fields=(
        FieldRule(name="title", css="h1"), FieldRule(name="body", xpath="//article"), FieldRule(name="name", json_ld="name"),
        FieldRule(name="price", json_ld="offers.price"), FieldRule(name="phones", css="a.tel::text", many=True), FieldRule(name="handles", css="li"),
        FieldRule(name="images", css="img::attr(src)", many=True), FieldRule(name="age", css="p", pattern=r"(\d+)"), FieldRule(name="city", css="p", split="·"),
    ),
)  # fmt: skip
AD_PAGE = (
    '<html><head><meta name="tdm-reservation" content="0"><script type="application/ld+json">{"@graph": [{"name": "Lina", "offers": [{"price": 1500}]}]}'
    '</script></head><body><h1>Hej</h1><article>Text <b>mer</b></article><p>Lund · 24 år</p><a class="tel" href="tel:1">070-174 06 05</a><ul>'
    '<li>telegram: lina</li></ul><img src="/1.jpg"></body></html>'
)
LIST_PAGE = '<html><nav><a href="/lund">Lund</a></nav><a href="/annons/1">1</a><a href="//exempel.example/2#x">2</a><a rel="next" href="?sida=2">mer</a></html>'
SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://exempel.example/1</loc></url></urlset>'
)
INSIDE = '<h1>x</h1><script type="application/ld+json">{}</script>'
ROBOTS = b"User-agent: *\nDisallow: /privat/*.php$\nAllow: /\nCrawl-delay: 5\nSitemap: https://exempel.example/s.xml\n"
IMPORT = (
    b'{"site": "exempel", "url": "https://exempel.example/1", "seen": ["2026-09-01T02:10:00Z"], "title": "Hej", "handles": [{"kind": "telegram", "value": "x"}]'
    b', "phones": ["070-174 06 05"], "posted_at": "2026-08-31"}\n'
)
ADS = (
    "Hej jag heter Lina och är 24 år. Ring 070-174 06 05 eller noll sju noll ett sju fyra noll sex noll fem, 1500 kr/h i Helsingborg. telegram: @exempel_lina",
    "Jag måste betala tillbaka skulden innan jag får åka hem. Ring vår reception. Incall only, no police, lina(at)exempel.se, swish 070 174 06 10",
)


def parsers(folder: Path) -> Mapping[str, Callable[[], AbstractContextManager[Parser]]]:
    """Return each parser by its name, ready to be opened; `folder` is for the files that some need."""
    plain = {parser.name: partial(_plain, parser) for parser in pure()}
    return {**plain, "landing": partial(landing_file, folder), "backup": partial(backup_file, folder), "forms": partial(request, folder)}


@functools.cache
def pure() -> tuple[Parser, ...]:
    """Return the parsers that need no file."""
    return (*_pages(), *_rules(), *_texts(), *_config(), picture())


@contextmanager
def _plain(parser: Parser) -> Iterator[Parser]:
    yield parser


def _pages() -> Iterator[Parser]:
    yield Parser(name="page", cases=_page(near_text(AD_PAGE)), ask=lambda page: _landable(parse_ad(page, SITE, AT)), answers=(MissingFieldError,))
    items = near_text('{"name": "Lina", "offers": {"price": 1}}', '{"@graph": 1}')
    structured = _page(lambda dice: INSIDE.format(items(dice) if dice.random() < 0.5 else '{"name": "' + short(dice).replace('"', "") + '"}'))
    yield Parser(name="json-ld", cases=structured, ask=lambda page: _landable(parse_ad(page, SITE, AT)), answers=(MissingFieldError,))
    yield Parser(name="list", cases=_page(near_text(LIST_PAGE)), ask=lambda page: list_links(page, SITE))
    yield Parser(name="sitemap", cases=_page(near_text(SITEMAP)), ask=lambda page: sitemap_links(page, SITE))


def _page(content: Cases[str]) -> Cases[Page]:
    return lambda dice: Page(url=BASE + "annons/1", text=content(dice))


def _landable(ad: Ad) -> None:
    """A value with half a character in it cannot be stored, and would take the whole batch with it."""
    values = [ad.title, ad.body, ad.name, ad.age, ad.city, ad.price, *ad.phones, *ad.images, *(handle.kind + handle.value for handle in ad.handles)]
    "".join(values).encode("utf-8")


def _rules() -> Iterator[Parser]:
    yield Parser(name="robots", cases=lambda dice: (near(ROBOTS)(dice), BASE + short(dice)), ask=_robots)
    yield Parser(name="reservation", cases=_reserving, ask=_reserved)
    tdm = near_text('[{"location": "/annons/*", "tdm-reservation": 1}]')
    yield Parser(name="tdmrep", cases=lambda dice: (tdm(dice), short(dice)), ask=lambda case: path_reserved(BASE + case[1], reserved_paths(case[0])))
    yield Parser(name="headers", cases=near_text("Wed, 21 Oct 2026 07:28:00 GMT", "120"), ask=_retry_after)
    gate = Gate(SITE)
    addresses = near_text("https://exempel.example:443/annons/1", "http://[::ffff:127.0.0.1]/", "http://2130706433/")
    yield Parser(name="address", cases=addresses, ask=lambda url: (gate.why_not(url), why_refused(url, simulator=False), masked(url)))


def _robots(case: tuple[bytes, str]) -> None:
    rules = read_robots(status=200, body=case[0], user_agent="Lykta/1 (contact)")
    if not (rules.delay_s >= 0 and not math.isnan(rules.delay_s)):
        raise BrokenPromise(f"a delay of {rules.delay_s} s")
    rules.why_not(case[1])
    robots_address(BASE)


def _reserving(dice: Random) -> tuple[list[str], str, str]:
    return [short(dice) for _ in range(dice.randrange(4))], short(dice), near_text(AD_PAGE)(dice)


def _reserved(case: tuple[list[str], str, str]) -> None:
    reserved(robots_tag=case[0], tdm_header=case[1], text=case[2], agent="Lykta")


def _retry_after(value: str) -> None:
    wait = pause_s(value, tries=1, delay_s=5.0, now=datetime(2026, 11, 23, 2, tzinfo=UTC))
    if not wait >= 0:
        raise BrokenPromise(f"a pause of {wait} s")


def _texts() -> Iterator[Parser]:
    shipped = read_shipped(SHIPPED_CONFIG)
    reader, masker = Reader(shipped.lexicon, shipped.reading), Masker(shipped.reading.number_words_of_all_languages())
    yield Parser(name="reading", cases=near_text(*ADS), ask=partial(_read, reader))
    yield Parser(name="age", cases=near_text("24", "ca 25 år", "18-20"), ask=lambda text: reader.states_minor(age=text, text=""))
    yield Parser(name="masking", cases=near_text(*ADS), ask=partial(_mask, masker))
    yield Parser(name="shown", cases=text, ask=_shown)
    yield Parser(name="contact", cases=near_text("+46701740605", "lina@exempel.se"), ask=_contact)
    yield Parser(name="import", cases=near(IMPORT, IMPORT + IMPORT), ask=_import)


def _read(reader: Reader, text: str) -> None:
    body = reader.read(text).as_json()
    for kind, found in body.items():
        for row in found if isinstance(found, list) else ():
            if "start" in row and not 0 <= row["start"] <= row["end"] <= len(text):
                raise BrokenPromise(f"{kind} from {row['start']} to {row['end']} of {len(text)} characters")


def _mask(masker: Masker, text: str) -> None:
    once = masker.mask(text)
    if any(run > 3 for run in _runs_of_digits(once)):
        raise BrokenPromise("four digits in a row are left")


def _runs_of_digits(text: str) -> Iterator[int]:
    run = 0
    for mark in text:
        run = run + 1 if mark.isdigit() else 0
        yield run


def _shown(text: str) -> None:
    if any(ord(mark) < 0x20 or 0x7F <= ord(mark) < 0xA0 for mark in visible(text)):
        raise BrokenPromise("a control character would reach the terminal")
    if any(ord(mark) < 0x20 and mark not in "\n\t" for mark in shown.visible(text)):
        raise BrokenPromise("a control character would reach the page")
    shown.address(text), shown.without_numbers(text)
    if safe(text).lstrip().startswith(("=", "+", "-", "@")):
        raise BrokenPromise("a formula would reach a spreadsheet")


def _contact(text: str) -> None:
    normalise(text, "SE"), normalise_email(text), normalise_handle(text)


def _import(content: bytes) -> None:
    ads, refused = read_lines(content, AT)
    for ad in ads:
        _landable(ad)
    if any(not row.reason or not row.line for row in refused):
        raise BrokenPromise("a refused line without its number or reason")


def _config() -> Iterator[Parser]:
    general = (SHIPPED_CONFIG / "lykta.toml").read_bytes()
    site = next((SHIPPED_CONFIG / "sites").glob("*.toml"), None)
    good = site.read_bytes() if site is not None else b'site = "x"\n[fields.title]\ncss = "h1"\n'
    yield Parser(name="settings", cases=near(general), ask=_settings, answers=(tomllib.TOMLDecodeError, UnicodeDecodeError))
    yield Parser(name="site", cases=near(good), ask=_site, answers=(tomllib.TOMLDecodeError, UnicodeDecodeError))
    yield Parser(name="moment", cases=near_text("2026-11-23", "2026-11-23T02:10:00Z"), ask=moment, answers=(Failure,))


def _settings(content: bytes) -> None:
    mistakes: list[str] = []
    if build(General, tomllib.loads(content.decode("utf-8")), where="config/lykta.toml", faults=mistakes) is None and not mistakes:
        raise BrokenPromise("refused without a word")


def _site(content: bytes) -> None:
    mistakes: list[str] = []
    site = site_from(tomllib.loads(content.decode("utf-8")), where="config/sites/x.toml", faults=mistakes)
    if site is not None:
        site_faults(site)
