"""What of a page is the site's own language and may stay when everything else becomes fiction: what its config names, and marks that every page has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2
from parsel import Selector

from crawler.parse import Page
from crawler.records.site import SiteConfig

_TOKEN = re2.compile(r"[\pL_][\pL\pN_-]*")
_QUOTED = re2.compile(r"\"([^\"]*)\"|'([^']*)'")
_ESCAPE = re2.compile(r"\\.")
_CLASSES = re2.compile(r"\[\^?[^\]]*\]|\(\?[a-z:]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The site's own language.

    Attributes:
        marks: classes, ids and other attribute values, exactly as written.
        words: words in texts and addresses, in lower case.
        paths: dotted paths of structured data that the config reads.
    """

    marks: frozenset[str]
    words: frozenset[str]
    paths: frozenset[str]


def vocabulary_of(site: SiteConfig, texts: Sequence[str]) -> Vocabulary:
    """Gather a site's language from its config and from pages of one kind.

    Args:
        texts: pages; a mark counts when all of them have it, and when there are two at least.
    """
    marks = {token for selector in _selectors(site) for token in _TOKEN.findall(selector)}
    if len(texts) > 1:
        everywhere = set.intersection(*(set(_marks(text)) for text in texts))
        marks |= {mark for mark in everywhere if not re2.search(r"\d{3,}", mark)}
    said = [found for selector in _selectors(site) for pair in _QUOTED.findall(selector) for found in pair]
    said += [_CLASSES.sub(" ", _ESCAPE.sub(" ", pattern)) for pattern in (site.ad_url, site.ad_id, *(rule.pattern for rule in site.fields))]
    said += [site.ad_address.replace("{id}", " "), *site.start, *site.sitemap, *site.hosts, "http https www mailto tel"]
    words = {word.lower() for text in said for word in re2.findall(r"[\pL\pM]+", text)}
    return Vocabulary(marks=frozenset(marks), words=frozenset(words), paths=frozenset(rule.json_ld for rule in site.fields if rule.json_ld))


def _selectors(site: SiteConfig) -> Iterator[str]:
    yield from (site.next_page, site.list_links, site.ad_links, site.wait_for)
    for rule in site.fields:
        yield from (rule.css, rule.xpath)


def _marks(text: str) -> Iterator[str]:
    for node in Selector(text=text).root.iter():
        if isinstance(node.tag, str):
            yield from (node.get("class") or "").split()
            yield from filter(None, (node.get("id"), node.get("itemprop"), node.get("property"), node.get("rel"), node.get("data-testid")))


def marks_of_pages(pages: Sequence[Page]) -> frozenset[str]:
    """Return every mark on pages that were saved before, and so hold nothing of anybody."""
    return frozenset(mark for page in pages for mark in _marks(page.text))
