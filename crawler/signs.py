"""What a page that gave nothing shows instead, by name: a table of signs, and pure functions over a saved page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import re2
from lxml.etree import iterwalk
from parsel import Selector

from crawler.parse import Page
from crawler.records.ad import Ad

WALL_TEXT_MAX = 3000  # characters a reader sees; a wall says little, a list or an ad of that length is no wall
BLANK_MAX = 2  # characters a reader sees on a blank page
REPEATS_MIN = 5  # elements of one make side by side: a list of something
LATENCY_SLOW_S = 1.0  # seconds from asking to the whole answer
TWICE_MIN, ENDLESS_MIN = 1.5, 10.0  # addresses that a list gives each ad
LIST_TEXT_MAX = 20_000  # characters of a list in which it may say that it is empty
UNSEEN = frozenset({"script", "style", "noscript", "template"})
EDGE = frozenset({"nav", "header", "footer"})
ROWS = frozenset({"li", "tr", "article"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """How a page looks that stands before the ads: an element that such a page has, or words on it (RE2, lower case)."""

    code: str
    css: str
    words: str


# In this order: a check often stands on a page that also speaks of cookies, a log-in page too.
WALLS = (
    Wall(
        code="soft_block",
        css=".captcha, .g-recaptcha, .h-captcha, .cf-turnstile, #challenge-form, [class*=captcha], [id*=captcha], iframe[src*=captcha], iframe[src*=challenge]",
        words=r"är du en människa|inte en robot|are you (a )?human|you are (a )?human|not a robot|kontrollerar din webbläsare|checking your browser"
        r"|ovanlig trafik|unusual traffic|access denied|åtkomst nekad",
    ),
    Wall(
        code="log_in_wall",
        css="input[type=password]",
        words=r"logga in för att|log in to (see|read|view|continue)|sign in to (see|read|view|continue)|endast för medlemmar|members only|måste vara inloggad",
    ),
    Wall(
        code="cookie_wall",
        css="[name=samtycke], [name*=consent], [id*=cookie], [class*=cookie], [id*=consent], [class*=consent]",
        words=r"(godkänn|godta|acceptera|använda)[^.]{0,40}(kakor|cookies)|(accept|allow|use)[^.]{0,40}cookies",
    ),
)
WALL_CODES = frozenset({"empty_page", *(wall.code for wall in WALLS)})
NOTHING_LISTED = r"inga (annonser|träffar|resultat)|no (ads|results|listings|posts)( |\.|$)|\b0 (annonser|träffar|ads|results)"
HOSTILE = re2.compile(
    r"(?i)<script|</script|onerror\s*=|javascript:|=hyperlink\(|drop table|[\x00-\x08\x0b\x0e-\x1f\x{202a}-\x{202e}\x{2066}-\x{2069}]"
)  # fmt: skip


def wall_of(page: Page) -> str:
    """Return which wall a page is (soft_block, log_in_wall, cookie_wall, empty_page); '' for any other page.

    A page with much text or with a list of something is none, whatever stands at its edge.
    """
    selector = Selector(text=page.text or "<html></html>")
    seen = _seen(selector, WALL_TEXT_MAX)
    if len(seen) > WALL_TEXT_MAX or _repeats(selector):
        return ""
    wall = next((wall.code for wall in WALLS if selector.css(wall.css) or re2.search(wall.words, seen)), "")
    return wall or ("empty_page" if len(seen) <= BLANK_MAX else "")


def list_sign(page: Page, kind: str) -> str:
    """Return what a list page or sitemap without a single ad shows: a wall, empty_lists, or redesign."""
    if kind == "sitemap":
        return "redesign" if "<loc>" in page.text else _sitemap_without_entries(page)
    if wall := wall_of(page):
        return wall
    selector = Selector(text=page.text or "<html></html>")
    if not _repeats(selector) and re2.search(NOTHING_LISTED, _seen(selector, LIST_TEXT_MAX)):
        return "empty_lists"
    return "redesign"


def _sitemap_without_entries(page: Page) -> str:
    return "empty_lists" if "<urlset" in page.text or "<sitemapindex" in page.text else wall_of(page) or "redesign"


def ad_sign(page: Page, ad: Ad | None) -> str:
    """Return what an ad's page shows instead of an ad; '' when it is one.

    Args:
        ad: what was read from the page; None when a required field was missing. An ad with a text or a contact is one, whatever else its page has.
    """
    if ad is None:
        return wall_of(page) or "redesign"
    return "" if ad.body or ad.phones or ad.emails or ad.handles else wall_of(page)


def hostile(ad: Ad) -> bool:
    """Tell whether an ad's texts carry markup, formulas, or characters that steer a terminal or turn text around."""
    return re2.search(HOSTILE, "\n".join((ad.title, ad.body, ad.name, ad.price, ad.city))) is not None


def listed_twice(*, named: int, ads: int) -> str:
    """Return duplicates or endless_lists when a list names each ad under several addresses; '' otherwise.

    Args:
        named: addresses of ads on the page; ads: different ads among them.
    """
    if not ads:
        return ""
    return "endless_lists" if named >= ENDLESS_MIN * ads else "duplicates" if named >= TWICE_MIN * ads else ""


def refusal_sign(reason: str) -> str:
    """Return what a page is that was refused while it came (its reason as `crawler.why` says it): a trap, or ''."""
    return "traps" if reason.startswith(("inflates", "larger than", "led to another page too often", "could not be fetched")) else ""


def _seen(selector: Selector, most: int) -> str:
    """Return what a reader sees in lower case; some more than `most` characters of it where there is more."""
    words: list[str] = []
    length = 0
    for text in _texts(selector):
        found = text.split()
        words += found
        length += sum(len(word) + 1 for word in found)
        if length > most + 1:
            break
    return " ".join(words).lower()


def _texts(selector: Selector) -> Iterator[str]:
    """Yield the texts of the body as they stand, without those that are for programs."""
    for body in selector.xpath("//body")[:1]:
        walk = iterwalk(body.root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start" and node.tag in UNSEEN:
                walk.skip_subtree()
            elif event == "start":
                yield node.text or ""
            elif node is not body.root:
                yield node.tail or ""


def _repeats(selector: Selector) -> bool:
    """Tell whether enough elements of one make stand on the page: same tag, same class, same parent."""
    makes: Counter[tuple[Any, str, str]] = Counter()
    for body in selector.xpath("//body")[:1]:
        walk = iterwalk(body.root, events=("start",))
        for _, node in walk:
            if node.tag in EDGE:
                walk.skip_subtree()
            elif node.get("class") is not None or node.tag in ROWS:
                make = (node.getparent(), node.tag, node.get("class", ""))
                makes[make] += 1
                if makes[make] >= REPEATS_MIN:
                    return True
    return False
