"""A page as a test may keep it: every text and attribute value fiction, no scripts, no pictures, no comments; the site's own marks stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import re2
from lxml import html
from parsel import Selector

from crawler.parse import Page, structured_items
from crawler.teach.fiction import Fiction
from crawler.teach.vocabulary import Vocabulary

DROPPED = (
    "script", "style", "noscript", "svg", "iframe", "template", "object", "embed", "video", "audio", "source", "canvas", "link", "base",
)  # fmt: skip
_CONTROL = re2.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]")
ADDRESSES = frozenset({"href", "src", "data-src"})
MARKS = frozenset({"itemprop", "property", "rel", "data-testid"})
TEXTS = frozenset({"content", "datetime", "alt", "title", "aria-label"})


def rewrite(page: Page, fiction: Fiction, vocabulary: Vocabulary) -> Page:
    """Return a page as fiction."""
    structured = structured_items(page.text) if vocabulary.paths else []
    root = Selector(text=page.text).root
    fiction.learn(page.text)
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.tag in DROPPED:
            _take_out(node)
    for node in root.iter():
        node.text = _storable(fiction.text(node.text)) if node.text else node.text
        node.tail = _storable(fiction.text(node.tail)) if node.tail else node.tail
        _attributes(node, fiction, vocabulary)
    if kept := [part for item in structured if (part := _kept(item, vocabulary.paths, fiction)) is not None]:
        _put_in(root, kept)
    text = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return Page(url=fiction.address(page.url), text=text + "\n")


def _storable(text: str) -> str:
    """Return a text without the control characters that no document may hold."""
    return str(_CONTROL.sub("", text))


def _take_out(node: Any) -> None:
    """Remove an element and what is in it, but not the text after it."""
    above = node.getparent()
    if above is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            above.text = _storable((above.text or "") + node.tail)
        else:
            before.tail = _storable((before.tail or "") + node.tail)
    above.remove(node)


def _attributes(node: Any, fiction: Fiction, vocabulary: Vocabulary) -> None:
    kept = {name: new for name, value in node.attrib.items() if (new := _storable(_attribute(name, value, fiction, vocabulary)))}
    node.attrib.clear()  # by name, an attribute of an impossible name could not be taken out
    for name, new in kept.items():
        node.set(name, new)


def _attribute(name: str, value: str, fiction: Fiction, vocabulary: Vocabulary) -> str:
    """Return an attribute's value as it may stay; '' takes the attribute out."""
    if name == "class":
        return " ".join(token for token in value.split() if token in vocabulary.marks)
    if name == "id" or name in MARKS:
        return value if value in vocabulary.marks else ""
    if name in ADDRESSES:
        return "" if value.startswith("data:") else fiction.text(value) if value.startswith(("tel:", "mailto:")) else fiction.address(value)
    if name in TEXTS:
        return fiction.text(value)
    if name in vocabulary.marks:  # an attribute that a selector names, such as data-kategori
        return value if value in vocabulary.marks else fiction.text(value)
    return ""


def _kept(item: Any, paths: frozenset[str], fiction: Fiction) -> Any:
    """Return the part of a structured item that the config reads, as fiction; None when it reads nothing of it."""
    if isinstance(item, list):
        return [part for inner in item if (part := _kept(inner, paths, fiction)) is not None] or None
    if isinstance(item, Mapping):
        found = {}
        for name, inner in item.items():
            below = frozenset(path.partition(".")[2] for path in paths if path.partition(".")[0] == name)
            if below and (part := _kept(inner, below, fiction)) is not None:
                found[name] = part
        return found or None
    if "" not in paths or isinstance(item, bool) or not isinstance(item, str | int | float):
        return None
    if isinstance(item, str):
        return fiction.address(item) if item.startswith(("/", "http://", "https://")) else fiction.text(item)
    return json.loads(fiction.text(str(item)).lstrip("0") or "0")


def _put_in(root: Any, structured: list[Any]) -> None:
    head = root.find(".//head")
    place = root if head is None else head
    script = html.Element("script", {"type": "application/ld+json"})
    script.text = json.dumps(structured, ensure_ascii=False).replace("<", "\\u003c")
    place.append(script)
