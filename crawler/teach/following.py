"""The link from one list page to the next, and a selector that still points forward on the page after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urlsplit

import re2
from parsel import Selector

from crawler.parse import Page, joined
from crawler.teach.links import Link, links_of
from crawler.teach.places import UNQUOTABLE, simple_selectors

_WORDS = (
    "nästa next fler mer more older äldre følgende neste næste seuraava dalej następna următoarea следующая далее siguiente weiter suivant következő ถัดไป "
    "› » > → >>"
)
WORDS = frozenset(_WORDS.split())
AFTER_THIS = (
    "li.active + li a", "li.current + li a", ".current + a", ".active + a", "[aria-current] + a", "li:has([aria-current]) + li a", "strong + a", "b + a",
    "span + a",
)  # fmt: skip
_MARK = re2.compile(r"(?i)\b(next|nasta|nästa|fler|more|older|forward)\b")
_NUMBER = re2.compile(r"(?i)(?:[?&](?:page|sida|p|pg|s|offset|start|from)=|/(?:page|sida|p)/?-?)(\d+)")


def next_links(page: Page, ad_url: str = "") -> list[Link]:
    """Return the links of a list page that may lead to the next one, the likeliest first.

    Args:
        ad_url: what an ad's address matches; a link that says "read more" of an ad leads to no list. '' where that is not known.
    """
    ranked = [(_likely(link), place, link) for place, link in enumerate(links_of(page)) if not (ad_url and re2.search(ad_url, link.url))]
    return [link for weight, _, link in sorted(ranked, key=lambda item: (-item[0], item[1])) if weight > 0]


def _likely(link: Link) -> int:
    node = link.node
    marks = " ".join(filter(None, (node.get("class"), node.get("id"), node.get("aria-label"), node.get("title")))).replace("_", " ").replace("-", " ")
    words = link.text.strip().lower()
    weight = 100 if "next" in (node.get("rel") or "").split() else 0
    weight += 60 if words in WORDS or any(word in WORDS for word in words.split() if len(words) <= 20) else 0
    weight += 50 if _MARK.search(marks) else 0
    number = _NUMBER.search(link.url)
    weight += 30 if number and number.group(1) == "2" and words in ("2", "") else 0
    return weight + (10 if number and weight else 0)


def next_selector(pages: Sequence[Page], ad_url: str = "") -> str:
    """Return a selector whose first hit leads forward on every page; '' when none does.

    Args:
        pages: a list page, and the one that its likeliest link led to, in order.
    """
    candidates = next_links(pages[0], ad_url)
    if not candidates or len(pages) < 2:
        return ""
    for css in dict.fromkeys(_selectors(candidates[0])):
        if _first(css, pages[0]) == pages[1].url and _leads_forward(_first(css, pages[1]), pages[1], ad_url, seen={page.url for page in pages}):
            return css
    return ""


def _leads_forward(url: str, page: Page, ad_url: str, *, seen: set[str]) -> bool:
    """Tell whether a link of the second page goes on: to where its own likeliest link leads, or to a later number; no link ends the list."""
    likely = next_links(page, ad_url)
    if likely or not url:
        return url == (likely[0].url if likely else "")
    number, own = _NUMBER.search(url), _NUMBER.search(page.url)
    return url not in seen and number is not None and own is not None and int(number.group(1)) > int(own.group(1))


def _selectors(link: Link) -> Iterator[str]:
    node, words = link.node, link.text.strip()
    if "next" in (node.get("rel") or "").split():
        yield 'a[rel="next"]'
    simple = list(simple_selectors(node))
    yield from simple
    if words and not words.isdecimal() and not UNQUOTABLE.search(words):
        yield from (f'{css}:contains("{words}")' for css in simple)
        yield f'a:contains("{words}")'
    if (label := node.get("aria-label")) and not UNQUOTABLE.search(label):
        yield f'a[aria-label="{label}"]'
    yield from AFTER_THIS


def _first(css: str, page: Page) -> str:
    href = Selector(text=page.text).css(css).xpath("@href").get("")
    return urldefrag(joined(page.url, href)).url if href else ""


def pager_selector(page: Page) -> str:
    """Return a selector of links to all the other pages of a list, for lists that number them and name no next one; '' without."""
    numbered = [link for link in links_of(page) if link.text.isdecimal() and _NUMBER.search(link.url) and _one_list(link.url, page.url)]
    if not numbered:
        return ""
    wanted = {link.url for link in numbered}
    selector = Selector(text=page.text)
    for css in simple_selectors(numbered[0].node):
        hits = {urldefrag(joined(page.url, href)).url for href in selector.css(css).xpath("@href").getall()}
        if wanted <= hits and all(_one_list(hit, page.url) for hit in hits):
            return css
    return ""


def _one_list(url: str, other: str) -> bool:
    """Tell whether two addresses are pages of one list: alike but for a number and a query, as /lista?sida=2, /lista/sida/2/ and /lista are."""
    return _base(url) == _base(other)


def _base(url: str) -> str:
    path = urlsplit(url).path.rstrip("/") + "/"
    number = _NUMBER.search(path)
    return path[: number.start()].rstrip("/") if number else path.rstrip("/")
