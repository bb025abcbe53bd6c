"""Which links of a page belong together: those that stand in the same kind of place, and what their addresses have in common."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlsplit

import re2
from parsel import Selector

from crawler.parse import Page, joined
from crawler.teach.places import signature, simple_selectors

GROUP_MIN = 3  # links that repeat; two are chance
ASIDE = frozenset({"nav", "header", "footer", "aside"})
ASIDE_WORDS = re2.compile(r"(?i)\b(nav|navbar|menu|meny|footer|header|breadcrumb|cookie|social|pager|pagination|sidnummer)\b")
ABOUT = re2.compile(
    r"(?i)/(login|logga-in|register|signup|konto|account|user|admin|regler|rules|terms|villkor|about|om|help|hjalp|kontakt|contact|privacy|cookies?)/?$"
)
NUMBERED = (r"\d+", r"\d+-[^/]+", r"[^/]+-\d+", r"[^/]+\d+\.html?")  # a step of a path that holds a number
_WORD_END = r"/?(?:[?#]|$)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a page: its whole address without fragment, its words, where it stands, whether that is a menu or footer."""

    url: str
    text: str
    sits: str
    aside: bool
    node: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    """Links that stand in the same kind of place.

    Attributes:
        selector: finds them on the page (and perhaps a few others, which `template` leaves out).
        template: RE2 expression that every address of the group matches.
        score: how much the group looks like the page's own matter; compared, never shown.
    """

    selector: str
    template: str
    urls: tuple[str, ...]
    score: float


def links_of(page: Page) -> list[Link]:
    """Return the links of a page that stay on its host."""
    host = urlsplit(page.url).netloc
    found = []
    for anchor in Selector(text=page.text).css("a[href]"):
        href = anchor.attrib["href"].strip()
        url = urldefrag(joined(page.url, href)).url
        if href.startswith("#") or urlsplit(url).netloc != host or url == page.url:
            continue
        words = " ".join(anchor.xpath("string()").get("").split())
        found.append(Link(url=url, text=words, sits=signature(anchor.root), aside=_aside(anchor.root), node=anchor.root))
    return found


@functools.lru_cache(maxsize=64)
def groups_of(page: Page, *, without: frozenset[str] = frozenset()) -> tuple[LinkGroup, ...]:
    """Return the groups of a page, the one that looks most like its own matter first.

    Args:
        without: addresses that are known from elsewhere, such as those of the site's menu.
    """
    by_place: dict[str, list[Link]] = {}
    for link in links_of(page):
        if link.url not in without and not ABOUT.search(urlsplit(link.url).path):
            by_place.setdefault(link.sits, []).append(link)
    selector = Selector(text=page.text)
    found = [group for links in by_place.values() for part in _alike(links) if (group := _group(part, selector, page.url)) is not None]
    return tuple(sorted(_merged(found), key=lambda group: -group.score))


def _merged(groups: Sequence[LinkGroup]) -> list[LinkGroup]:
    """Leave out a group whose addresses another group of a higher score holds too (a picture and a title that lead to the same ad)."""
    kept: list[LinkGroup] = []
    for group in sorted(groups, key=lambda item: -item.score):
        if not any(set(group.urls) <= set(other.urls) for other in kept):
            kept.append(group)
    return kept


def _alike(links: Sequence[Link]) -> Iterator[list[Link]]:
    """Part links by how many steps their paths have and by the first one, or by the whole path where a query tells several apart.

    Where all the rest is of one kind, as in /lund/annons/lina-17 and /kalmar/annons/mia-4, the first step is a place and parts nothing.
    """
    asked = Counter(urlsplit(url).path for url in {link.url for link in links} if urlsplit(url).query)
    parts: dict[tuple[int, str], list[Link]] = {}
    for link in links:
        steps, path = _steps(link.url), urlsplit(link.url).path
        word = path if asked[path] >= GROUP_MIN else steps[0] if len(steps) > 1 else ""
        parts.setdefault((len(steps), word), []).append(link)
    by_last: dict[tuple[int, str], list[list[Link]]] = {}
    for (length, _), part in parts.items():
        last = _numbered([(_steps(link.url) or [""])[-1] for link in part])
        by_last.setdefault((length, last), []).append(part)
    for alike in by_last.values():
        whole = [link for part in alike for link in part]
        yield from [whole] if len(alike) > 1 and _one_kind([link.url for link in whole]) else alike


def _one_kind(urls: Sequence[str]) -> bool:
    """Tell whether addresses differ in a word and in a number alone: a word that all have stands between, or the number is part of the last word."""
    columns = list(zip(*(_steps(url) for url in urls), strict=True))
    if len(columns) < 2 or any(urlsplit(url).query for url in urls):
        return False
    last = _numbered(columns[-1])
    return last in NUMBERED[1:] or (last == NUMBERED[0] and any(len(set(column)) == 1 for column in columns[1:-1]))


def _group(links: Sequence[Link], selector: Selector, base: str) -> LinkGroup | None:
    urls = tuple(dict.fromkeys(link.url for link in links))
    if len(urls) < GROUP_MIN or all(link.text.isdecimal() for link in links):
        return None
    template = template_of(urls)
    css = _selector_for(links, selector, base)
    words = sum(min(len(link.text), 60) for link in links) / len(links)
    weight = (1.5 if r"\d+" in template else 1.0) * (0.3 if links[0].aside else 1.0) * (1.0 + words / 30)
    return LinkGroup(selector=css, template=template, urls=urls, score=len(urls) * weight)


def _selector_for(links: Sequence[Link], selector: Selector, base: str) -> str:
    """Return the simplest selector that finds every link of a group, preferring the one that finds the fewest others."""
    wanted = {link.url for link in links}
    best: tuple[int, int, str] | None = None
    for place, css in enumerate(dict.fromkeys(simple_selectors(links[0].node))):
        hits = [urldefrag(joined(base, href)).url for href in selector.css(css).xpath("@href").getall()]
        if wanted <= set(hits):
            ranked = (len(set(hits) - wanted), place, css)
            best = ranked if best is None or ranked < best else best
    return best[2] if best else "a"


def template_of(urls: Sequence[str]) -> str:
    """Return an RE2 expression for what addresses have in common: words that repeat as they are, numbers as numbers.

    Args:
        urls: at least one address, all with as many steps in their paths.
    """
    columns = list(zip(*(_steps(url) for url in urls), strict=False))
    path = "/" + "/".join(_column(column) for column in columns)
    if columns and len(set(columns[0])) > 1:
        path = "^https?://[^/]+" + path  # without a word of its own at the beginning it would be found in the midst of other addresses
    if len({urlsplit(url).path for url in urls}) > 1:
        return path + _WORD_END
    return path + r"/?\?" + _query(urls)


def _column(values: Sequence[str]) -> str:
    if len(set(values)) == 1:
        return literal(values[0])
    return _numbered(values) or "[^/]+"


def _numbered(values: Sequence[str]) -> str:
    """Return the kind of numbered step that all of them are; '' for none."""
    return next((pattern for pattern in NUMBERED if all(re2.fullmatch(pattern, value) for value in values)), "")


def literal(text: str) -> str:
    """Return an expression that matches a text as it is."""
    return str(re2.sub(r"([.+*?()\[\]{}|^$\\])", r"\\\1", text))


def _query(urls: Sequence[str]) -> str:
    """Return an expression for the one word of a query that tells addresses apart."""
    asked = [dict(parse_qsl(urlsplit(url).query)) for url in urls]
    for name in asked[0]:
        values = [words.get(name, "") for words in asked]
        if len(set(values)) > 1 and all(values):
            return rf"(?:.*&)?{literal(name)}=" + (r"\d+" if all(value.isdecimal() for value in values) else "[^&#]+")
    return ".+"


def _steps(url: str) -> list[str]:
    return [step for step in urlsplit(url).path.split("/") if step]


def _aside(node: Any) -> bool:
    for above in (node, *node.iterancestors()):
        if above.tag in ASIDE or ASIDE_WORDS.search(" ".join((above.get("class") or "", above.get("id") or "")).replace("-", " ").replace("_", " ")):
            return above.tag not in ("body", "html")
    return False
