"""Every place on the pages of ads that could hold a field, with what stands there on each page and which words stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import re2
from parsel import Selector

from crawler.parse import joined
from crawler.teach.places import classes, label_of, own_id, position_of, simple_selectors

SKIPPED = frozenset({"script", "style", "noscript", "svg", "template", "nav", "footer", "option", "form", "iframe", "br", "hr"})
SHORT_MAX = 200  # characters of a fact
CHILDREN_MAX = 4  # elements inside a fact
LONG_MIN = 30  # characters of a text that could be the ad's own
SELECTORS_MAX = 14  # of one element
ELEMENTS_MAX = 6000  # of one page
INSIDE_MAX, LETTERS_MAX = 2000, 50_000  # elements and characters within one that could hold a field
HEAD = frozenset({"title", "meta", "link", "base"})  # of a page that names no body, the parser takes its menu and all after it for more of its head
HIDDEN = frozenset({"button"})  # what it says is for clicking; its attributes may hold what a click shows
LABELLED = re2.compile(r"(\pL[\pL ]{0,28}\pL)\s*:\s*(\S.*)")  # a word or two and a colon before a value, on one line
LABELLED_RANK = 5  # behind the classes that an element may have
ANYWHERE = "https://exempel.example/"  # a base for links, because what an ad's address matches is of whole addresses
ATTRIBUTES = ("datetime", "content", "src", "data-src", "href")


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A selector, and what it finds.

    Attributes:
        css: with ::attr(...) where an attribute holds the value.
        pattern: what cuts the value out of its text, where a word and a colon stand before it; '' otherwise.
        marks: class, id and other marks of the element itself, and its label; around: marks of the element above.
        values: page by page, in order; an empty tuple where it finds nothing.
        rank: how simple the selector is; 0 is the simplest of its element.
        inner: elements right inside it; deep: elements inside it at any depth; at most, over all pages.
    """

    css: str
    marks: str
    around: str
    values: list[list[str]]
    rank: int
    tag: str
    pattern: str = ""
    inner: int = 0
    deep: int = 0


def candidates_of(texts: Sequence[str], *, ad_url: str = "") -> list[Candidate]:
    """Return the candidates of pages of ads.

    Args:
        ad_url: what an ad's address matches; whatever stands in a link to another ad is left out.
    """
    found: dict[str, Candidate] = {}
    for place, text in enumerate(texts):
        for node in _elements(Selector(text=text).root, ad_url):
            if (deep := _deep(node)) is None:
                continue
            for css, pattern, rank, value in (*_readings(node), *_labelled(node)):
                if css + pattern not in found:
                    marks, around = (css, "") if pattern else _marks(node)
                    found[css + pattern] = Candidate(
                        css=css, marks=marks, around=around, values=[[] for _ in texts], rank=rank, tag=str(node.tag), pattern=pattern
                    )  # fmt: skip
                candidate = found[css + pattern]
                candidate.values[place].append(value)
                candidate.inner, candidate.deep = max(candidate.inner, len(node)), max(candidate.deep, deep)
    return list(found.values())


def _elements(root: Any, ad_url: str) -> Iterator[Any]:
    """Yield the elements of a page's body in their order, without scripts, menus, footers and links to other ads."""
    waiting, count = [root], 0
    while waiting and count < ELEMENTS_MAX:
        node = waiting.pop()
        if not isinstance(node.tag, str) or node.tag in SKIPPED or _is_head(node) or (ad_url and _leads_to_ad(node, ad_url)):
            continue
        count += 1
        if node.tag not in ("html", "head", "body"):
            yield node
        waiting += reversed(list(node))


def _deep(node: Any) -> int | None:
    """Return how many elements are inside an element; None for one that holds so much that no field is that, whatever its page was made for."""
    inside = letters = 0
    for inside, inner in enumerate(node.iter()):
        letters += len(inner.text or "") + len((inner.tail if inner is not node else "") or "")
        if inside > INSIDE_MAX or letters > LETTERS_MAX:
            return None
    return inside


def _is_head(node: Any) -> bool:
    above = node.getparent()
    return node.tag in HEAD and above is not None and above.tag == "head"


def _leads_to_ad(node: Any, ad_url: str) -> bool:
    return node.tag == "a" and bool(re2.search(ad_url, joined(ANYWHERE, node.get("href") or "")))


def _readings(node: Any) -> Iterator[tuple[str, str, int, str]]:
    """Yield (selector, '', rank, value) for every way in which an element could be read."""
    values = list(_values(node))
    if not values:
        return
    selectors = list(dict.fromkeys(simple_selectors(node)))[:SELECTORS_MAX]
    _, by_label = label_of(node)
    bare = not classes(node) and not own_id(node) and any(len(value) >= LONG_MIN for suffix, value in values if not suffix)
    selectors += [css for css in (by_label, position_of(node) if bare else "") if css]
    for rank, css in enumerate(selectors):
        for suffix, value in values:
            yield css + suffix, "", rank, value


def _labelled(node: Any) -> Iterator[tuple[str, str, int, str]]:
    """Yield (selector, pattern, rank, value) where an element's own text says what it is, such as <li>Pris: 500 kr</li>."""
    text = "".join(_texts(node)).strip()
    found = LABELLED.match(text) if len(text) <= SHORT_MAX and len(node) <= CHILDREN_MAX else None
    wrapped = len(node) == 1 and "".join(_texts(node[0])).strip() == text  # what is inside says it as well
    if found is not None and node.tag not in HIDDEN and not wrapped:
        label, value = found.group(1), found.group(2)
        yield f'{next(simple_selectors(node))}:contains("{label}")', rf"^{label}\s*:\s*(.+)", LABELLED_RANK, value.strip()


def _values(node: Any) -> Iterator[tuple[str, str]]:
    text = "".join(_texts(node)).strip() if node.tag not in HIDDEN else ""
    if text and (len(text) >= LONG_MIN or len(node) <= CHILDREN_MAX):
        yield "", text
    for name in ATTRIBUTES:
        value = (node.get(name) or "").strip()
        if value and (name != "href" or value.startswith(("tel:", "mailto:"))) and not value.startswith("data:"):
            yield f"::attr({name})", value
    for name, value in node.attrib.items():
        if name.startswith("data-") and 2 < len(value) <= 40 and name not in ATTRIBUTES:
            yield f"::attr({name})", value.strip()


def _texts(node: Any) -> Iterator[str]:
    """Yield all text in an element, as the reading of ads takes it."""
    yield from node.xpath(".//text()")


def _marks(node: Any) -> tuple[str, str]:
    label, _ = label_of(node)
    above = node.getparent()
    return f"{_said_by(node)} {label}", "" if above is None or above.tag in ("body", "html") else _said_by(above)


def _said_by(node: Any) -> str:
    names = [node.get("class"), node.get("id"), *(node.get(name) for name in ("itemprop", "property", "data-testid"))]
    names += [part for name, value in node.attrib.items() if name.startswith("data-") for part in (name[5:], value if len(value) <= 30 else "")]
    return " ".join(filter(None, names))
