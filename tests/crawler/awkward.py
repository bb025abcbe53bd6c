"""Two made-up sites of the kind that nobody would build today: bare tables with a session in every address, and lists that say everything three times."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.crawler.taught import BASE, Get

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni")
PLACES, NAMES = ("Lund", "Malmö", "Umeå", "Östersund"), ("Åsa", "Lina", "Öland", "Eva", "Mia")
TEXTS = (
    "Lugn stund nära centrum, ring gärna på kvällen eller skriv.",
    "Tar emot alla dagar utom söndag, välkommen att höra av dig.",
    "Massage med varm olja, en timme eller mer, parkering på gården.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Awkward:
    """A site in memory: where one begins, what it answers, and what is to be read, by address."""

    start: str
    get: Get
    wanted: Mapping[str, Mapping[str, object]]


def _ad(number: int, *, bare: bool) -> dict[str, object]:
    """Return what an ad says; some lack a phone."""
    return {
        "title": f"{NAMES[number % 5]} i trakten {number}", "body": f"{TEXTS[number % 3]} Nummer {number}.", "city": PLACES[number % 4] if bare else "",
        "posted_at": f"{1 + number % 28} {MONTHS[number % 6]} 2026", "age": f"{20 + number % 9}" if bare else f"{20 + number % 9} år",
        "price": str(1000 + 100 * number) if bare else f"{1 + number % 3} {number % 9}00:-",
        "phones": () if number % 6 == 1 else (f"070-174 06 {5 + number:02d}",),
    }  # fmt: skip


def bare_tables(count: int = 20, a_page: int = 12) -> Awkward:
    """No class on anything that matters, help between the ads, the price in an attribute, months in words, and another session at each visit."""
    visits = itertools.count(1)
    ads = {number: _ad(number, bare=True) for number in range(count)}

    def listed(page: int, sid: str) -> str:
        rows = ""
        for number in range(page * a_page, min(count, (page + 1) * a_page)):
            ad, url = ads[number], f"visa.php?id={1000 + number}&{sid}"
            rows += f'<tr><td>{ad["posted_at"]}<td><a href="{url}">{ad["title"]}</a><td>{ad["city"]}</tr>'
            rows += f'<tr><td colspan=3><a href="/hjalp.php?{sid}">Annonsera hos oss</a></tr>' if number % 5 == 0 else ""
        back = f'<a href="lista.php?sida={page}&{sid}">Föregående sida</a>' if page else ""
        more = f'<a href="lista.php?sida={page + 2}&{sid}">Nästa sida</a>' if (page + 1) * a_page < count else ""
        return f'<table><tr><td><a href="index.php?{sid}">Start</a><a href="regler.php?{sid}">Regler</a></table><table>{rows}</table><p>{back}{more}</p>'

    def shown(number: int, sid: str) -> str:
        ad = ads[number]
        facts = {"Ålder": ad["age"], "Ort": ad["city"], "Inlagd": ad["posted_at"], "Telefon": " ".join(ad["phones"])}  # type: ignore[arg-type]
        rows = "".join(f"<tr><td><b>{label}:</b></td><td>{value}</td></tr>" for label, value in facts.items() if value)
        return (
            f'<title>{ad["title"]} | Tabellen</title><body><table><tr><td><a href="lista.php?{sid}">Tillbaka</a></td></tr></table><font>{ad["title"]}</font>'
            f"<table>{rows}</table><div data-pris='{ad['price']}'></div><table><tr><td>{ad['body']}</td></tr></table><font>Tabellen, 08-465 004 00</font>"
        )

    def get(url: str) -> str:
        asked, sid = dict(parse_qsl(urlsplit(url).query)), urlencode({"sid": f"{next(visits) * 7919:016x}"})
        if urlsplit(url).path == "/visa.php":
            return shown(int(asked["id"]) - 1000, sid)
        return listed(int(asked.get("sida", 1)) - 1, sid) if urlsplit(url).path == "/lista.php" else ""

    return Awkward(start="/lista.php", get=get, wanted={f"{BASE}/visa.php?id={1000 + number}": ad for number, ad in ads.items()})


def said_thrice(count: int = 26, a_page: int = 9) -> Awkward:
    """Three links to each ad, one of which says "read more"; advertisements between; list pages that are numbered; facts with their label in one text."""
    ads = {number: _ad(number, bare=False) for number in range(count)}
    address = {number: f"/annons/nara-dig-{number + 1}.html" for number in ads}
    pages = {address[number]: _thrice(number, ad, address[(number + 1) % count]) for number, ad in ads.items()}
    starts = range(0, count, a_page)
    for at in starts:
        items = "".join(_item(number, ads[number], address[number]) for number in range(at, min(count, at + a_page)))
        numbers = "".join(f'<a href="/sida/{1 + other // a_page}/">{1 + other // a_page}</a>' for other in starts if other != at)
        pages[f"/sida/{1 + at // a_page}/"] = f"<body><ul class=lista>{items}</ul><div class=sidor>{numbers}</div>"
    pages["/"] = pages["/sida/1/"]
    return Awkward(start="/", get=lambda url: pages.get(url.removeprefix(BASE), ""), wanted={BASE + address[number]: ad for number, ad in ads.items()})


def _item(number: int, ad: Mapping[str, object], url: str) -> str:
    links = f'<a href="{url}"><img src="/i/{number}.jpg"></a><h3><a href="{url}">{ad["title"]}</a></h3><p><a href="{url}#mer" class=mer>Läs mer</a></p>'
    between = f'<li class="rad reklam"><a href="/klick/{number}">Boka hotell billigt nummer {number}</a></li>' if number % 3 == 0 else ""
    return f'<li class="rad">{links}</li>{between}'


def _thrice(number: int, ad: Mapping[str, object], other: str) -> str:
    button = "".join(f'<button data-telefon="{phone}">Visa nummer</button>' for phone in ad["phones"])  # type: ignore[attr-defined]
    facts = {"Pris": ad["price"], "Ålder": ad["age"], "Publicerad": ad["posted_at"]}
    return (
        f"<title>{ad['title']}</title><body><article><h1>{ad['title']}</h1><ul>{''.join(f'<li>{label}: {value}</li>' for label, value in facts.items())}</ul>"
        f"<div class=text><p>{ad['body']}</p></div>{button}</article><aside><a href='{other}'>Liknande: 070-174 06 99</a></aside>"
    )


SITES: tuple[Callable[[], Awkward], ...] = (bare_tables, said_thrice)
