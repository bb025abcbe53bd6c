"""Named misbehaviours of a site. Each takes the well-behaved answer and says what is sent instead."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

from simulator.hostile import gzip_bomb, hostile_ad, png_bomb
from simulator.pages import anslaget, fonstret, torget
from simulator.pages.frame import page, path_of
from simulator.site import Answer, Request, Site, html, number_of, text, with_ads

SLOW_S = 1.5  # seconds before a slow site answers
DRIP_S = 0.2  # seconds between the bytes of a dripping site
RETRY_S = 1  # seconds that a site asks to wait after 429
BOMBS = {"gzip": 9_000_001, "redirect": 9_000_002, "headers": 9_000_003, "picture": 9_000_004}  # numbers of ads that are bombs
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

Mode = Callable[[Site, Request, Answer], Answer]


def is_page(request: Request) -> bool:
    """Tell whether a person would call this a page of the site, not its robots.txt, a picture or a script."""
    return request.path not in ("/robots.txt", "/visa.js") and not request.path.startswith("/bild/")


def redesigned(site: Site, request: Request, answer: Answer) -> Answer:
    """New markup overnight: other elements, other classes, other addresses in lists; the old selectors find nothing."""
    if not is_page(request) or answer.status != 200:
        return answer
    if ad := site.by_path.get(request.path):
        parts = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in (("rubrik", ad.title), ("text", ad.body)) if "<" not in value)
        return html(page(site.name, "Ny design", f'<main data-v2="1"><table>{parts}</table></main>'))
    if request.path == "/sitemap.xml":
        return text(anslaget.sitemap(site.base, [f"/v2/visa?id={number}" for number in range(len(site.ads))]), "application/xml")
    cards = "".join(f'<div class="card" data-open="/v2/visa?id={number}">Annons</div>' for number in range(len(site.ads)))
    return html(page(site.name, "Ny design", f'<main data-v2="1">{cards}</main>'))


def slow(site: Site, request: Request, answer: Answer) -> Answer:
    """Every answer waits before it comes."""
    return replace(answer, pause_s=SLOW_S)


def unavailable(site: Site, request: Request, answer: Answer) -> Answer:
    """503 for every page; robots.txt answers."""
    return html(page(site.name, "Stängt", "<main><h1>Tillfälligt stängt</h1></main>"), status=503) if is_page(request) else answer


def robots_unavailable(site: Site, request: Request, answer: Answer) -> Answer:
    """503 for robots.txt alone: a reader that obeys may then fetch nothing."""
    return replace(text("stängt"), status=503) if request.path == "/robots.txt" else answer


def blocked(site: Site, request: Request, answer: Answer) -> Answer:
    """A page with status 200 that asks to prove that one is human."""
    inner = '<main><h1>Är du en människa?</h1><form class="captcha"><label>Skriv vad du ser <input name="svar"></label></form></main>'
    return html(page(site.name, "Kontroll", inner)) if is_page(request) else answer


def login(site: Site, request: Request, answer: Answer) -> Answer:
    """Ads can be read by members alone: their addresses lead to a log-in page."""
    if request.path == "/logga-in":
        inner = '<main><h1>Logga in</h1><form method="post"><input name="namn"><input name="losen" type="password"></form></main>'
        return html(page(site.name, "Logga in", inner))
    return Answer(status=302, headers=(("Location", "/logga-in"),)) if request.path in site.by_path else answer


def cookiewall(site: Site, request: Request, answer: Answer) -> Answer:
    """Nothing but a question about cookies until a cookie says yes."""
    if not is_page(request) or "samtycke=ja" in request.cookie:
        return answer
    return html(page(site.name, "Kakor", '<main><h1>Vi vill använda kakor</h1><button name="samtycke">Godta</button></main>'))


def empty(site: Site, request: Request, answer: Answer) -> Answer:
    """Lists without any ad, as after a failed import on the site's side."""
    return Site(site.name, [], [], lambda shown: b"").answer(request) if is_page(request) and request.path not in site.by_path else answer


def duplicates(site: Site, request: Request, answer: Answer) -> Answer:
    """Every ad stands in the list under several addresses, and each of them answers."""
    if found := re.fullmatch(r"(/(?:annons|objekt|a)/\d+)/[\w-]+", request.path):
        return site.answer(Request(target=found.group(1)))
    if request.path == "/sitemap.xml":
        return text(anslaget.sitemap(site.base, [link for path in site.by_path for link in _several(path)]), "application/xml")
    if request.path == "/api/lista":
        ads, following = site.listed_page(request, fonstret.PAGE_ADS // 3, "/")
        rows = [replace(ad, url=site.base + link) for ad in ads for link in _several(path_of(ad.url))]
        return text(fonstret.list_json(rows, following), "application/json")
    if site.name == "torget" and request.path in ("/", "/annonser"):
        ads, following = site.listed_page(request, torget.PAGE_ADS // 3, "/annonser")
        links = [link for ad in ads for link in _several(path_of(ad.url))]
        return html(torget.list_page([ad for ad in ads for _ in range(3)], number_of(request), links=links, following=following))
    return answer


def _several(path: str) -> tuple[str, str, str]:
    return path, f"{path}?ref=topp", f"{path}/skriv-ut"


def bombs(site: Site, request: Request, answer: Answer) -> Answer:
    """Four ads are bombs: a page that inflates without measure, redirects and headers without end, and a picture of 900 megapixels."""
    start = path_of(site.ads[0].url).rsplit("/", 1)[0] if site.ads else "/annons"
    if request.path == f"{start}/{BOMBS['gzip']}":
        return Answer(body=gzip_bomb(), headers=(("Content-Encoding", "gzip"),))
    if request.path.startswith(f"{start}/{BOMBS['redirect']}"):
        return Answer(status=302, headers=(("Location", f"{request.path}?varv={int(request.asked('varv') or 0) + 1}"),))
    if request.path == f"{start}/{BOMBS['headers']}":
        return Answer(headers_without_end=True)
    picture = "/bild/bomb.png"
    if request.path == picture:
        return Answer(body=png_bomb(), kind="image/png")
    if request.path == f"{start}/{BOMBS['picture']}":
        return html(site.ad_page(replace(site.ads[0], url=f"https://{site.name}.example{request.path}", images=(f"https://{site.name}.example{picture}",))))
    return _listing(site, request, [f"{start}/{number}" for number in BOMBS.values()]) or answer


def _listing(site: Site, request: Request, links: list[str]) -> Answer | None:
    """Return the first list page (or sitemap) with links that stand before the site's own; None for other pages."""
    if request.path == "/sitemap.xml":
        return text(anslaget.sitemap(site.base, links + list(site.by_path)), "application/xml")
    if number_of(request) > 1 or not site.ads:
        return None
    more = [replace(site.ads[0], url=site.base + link) for link in links]
    if request.path == "/api/lista":
        ads, following = site.listed_page(request, fonstret.PAGE_ADS, "/")
        return text(fonstret.list_json([*more, *ads], following), "application/json")
    if site.name == "torget" and request.path in ("/", "/annonser"):
        ads, following = site.listed_page(request, torget.PAGE_ADS, "/annonser")
        return html(torget.list_page([*more, *ads], 1, links=links + [path_of(ad.url) for ad in ads], following=following))
    return None


def hostile(site: Site, request: Request, answer: Answer) -> Answer:
    """Every field of every ad carries a text that tries to break out of where it is shown."""
    if not site.ads or site.ads[0].comments[-1:] != hostile_ad(site.ads[0], 0).comments[-1:]:
        with_ads(site, [hostile_ad(ad, place) for place, ad in enumerate(site.ads)])
    return site.answer(request)


def dateformat(site: Site, request: Request, answer: Answer) -> Answer:
    """Dates are written otherwise than yesterday: 20 nov 2026 kl 21.04."""
    ad = site.by_path.get(request.path)
    return html(site.ad_page(replace(ad, posted_at=_wordy(ad.posted_at)))) if ad else answer


def _wordy(posted: str) -> str:
    found = re.match(r"(\d+)-(\d+)-(\d+)T(\d+):(\d+)", posted)
    if not found:
        return posted
    year, month, day, hour, minute = found.groups()
    return f"{int(day)} {MONTHS[int(month) - 1]} {year} kl {hour}.{minute}"


def endless(site: Site, request: Request, answer: Answer) -> Answer:
    """Lists never end: after the last page comes another, with the same ads under a new day of a calendar."""
    if request.path == "/sitemap.xml":
        links = [f"{path}?dag={day}" for day in range(200) for path in list(site.by_path)[:100]]
        return text(anslaget.sitemap(site.base, links), "application/xml")
    number = number_of(request)
    if request.path == "/api/lista":
        return text(fonstret.list_json(site.ads[: fonstret.PAGE_ADS], f"/?sida={number + 1}"), "application/json")
    if site.name == "torget" and request.path in ("/", "/annonser"):
        ads = site.ads[: torget.PAGE_ADS]
        links = [f"{path_of(ad.url)}?dag={number}" for ad in ads]
        return html(torget.list_page(ads, number, links=links, following=f"/annonser?sida={number + 1}"))
    return answer


def drip(site: Site, request: Request, answer: Answer) -> Answer:
    """Every byte of a page comes alone, so that it takes minutes."""
    return replace(answer, drip_s=DRIP_S) if is_page(request) else answer


class TooMany:
    """429 with Retry-After the first time an address is asked for, and each time it is asked again before the wait is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._open = clock, dict[str, float]()

    def __call__(self, site: Site, request: Request, answer: Answer) -> Answer:
        """Answer 429 until the asker has waited."""
        if not is_page(request):
            return answer
        now = self._clock()
        if now >= self._open.setdefault(request.target, now + RETRY_S):
            return answer
        self._open[request.target] = now + RETRY_S
        refusal = html(page(site.name, "För många frågor", "<main><h1>Vänta lite</h1></main>"), status=429)
        return replace(refusal, headers=(("Retry-After", str(RETRY_S)),))


MODES: dict[str, Callable[[], Mode]] = {
    "redesigned": lambda: redesigned,
    "slow": lambda: slow,
    "429": TooMany,
    "503": lambda: unavailable,
    "robots503": lambda: robots_unavailable,
    "blocked": lambda: blocked,
    "login": lambda: login,
    "cookiewall": lambda: cookiewall,
    "empty": lambda: empty,
    "duplicates": lambda: duplicates,
    "bombs": lambda: bombs,
    "hostile": lambda: hostile,
    "dateformat": lambda: dateformat,
    "endless": lambda: endless,
    "drip": lambda: drip,
}
