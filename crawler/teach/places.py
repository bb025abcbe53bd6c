"""Where an element stands: its signature, and the selectors that could name its place, the most lasting first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import re2

# marks of a moment or of a place in a row, not of a kind
PASSING = frozenset({"odd", "even", "first", "last", "active", "selected", "current", "hidden", "open", "closed", "show", "new", "lazy", "loaded"})
_NAME = re2.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_VOLATILE = re2.compile(r"\d{3,}|^css-[a-z0-9]{4,}|^sc-|^jsx?-|__[A-Za-z0-9]{5,}$|^Mui[A-Z]\w*-\w+\d{2,}")
UNQUOTABLE = re2.compile(r"[\"\\\\\n\r\x00-\x1f]")  # cannot stand in the quotes of a selector
ALIKE_MAX = 20  # elements of its kind before one that is named by its place
STEPS_MAX = 9  # elements between the body and one that is named by its place
LABEL_MAX = 30  # characters of a word that stands before a value


def classes(node: Any) -> list[str]:
    """Return the classes of an element that name a kind of thing."""
    found = (node.get("class") or "").split()
    return [name for name in found if _NAME.fullmatch(name) and name.lower() not in PASSING and not _VOLATILE.search(name)]


def own_id(node: Any) -> str:
    """Return the id of an element when it names a place and not one ad; '' otherwise."""
    name = node.get("id") or ""
    return name if _NAME.fullmatch(name) and not re2.search(r"\d", name) else ""


def signature(node: Any) -> str:
    """Return the kind of place of an element: tags and classes of itself and up to three elements above."""
    chain = [node, *node.iterancestors()][:4]
    return " > ".join(".".join([tag_of(above), *sorted(classes(above))]) for above in reversed(chain))


def tag_of(node: Any) -> str:
    """Return an element's tag as a selector may have it; * for one that no page should have, such as td<."""
    return str(node.tag) if isinstance(node.tag, str) and re2.fullmatch(r"[a-z][a-z0-9-]*", node.tag) else "*"


def simple_selectors(node: Any) -> Iterator[str]:
    """Yield selectors that could name the place of an element: by itself, by an element above it, by both."""
    own = list(_by_itself(node))
    yield from own
    for above in list(node.iterancestors())[:4]:
        if above.tag in ("body", "html"):
            break
        for upper in _by_itself(above):
            yield from (f"{upper} {name}" for name in own[:2])
            yield f"{upper} {tag_of(node)}"
    chain = [tag_of(above) for above in list(node.iterancestors())[:3] if above.tag not in ("body", "html")]
    yield " > ".join([*reversed(chain), tag_of(node)])


def position_of(node: Any) -> str:
    """Return the selector of an element by its place alone, for a page of bare tables: which of its kind it is, from the body down."""
    steps: list[str] = []
    for step in (node, *node.iterancestors()):
        if step.tag in ("body", "html") or len(steps) == STEPS_MAX:
            break
        alike = list(itertools.islice(step.itersiblings(step.tag, preceding=True), ALIKE_MAX))
        if len(alike) == ALIKE_MAX:
            return ""
        last = not alike and next(step.itersiblings(step.tag), None) is None
        steps.append(tag_of(step) if last else f"{tag_of(step)}:nth-of-type({len(alike) + 1})")
    return " > ".join(["body", *reversed(steps)]) if len(steps) < STEPS_MAX else ""


def _by_itself(node: Any) -> Iterator[str]:
    """Yield selectors by what an element itself says: its part in the page's vocabulary, its id, its classes."""
    tag = tag_of(node)
    for name in ("itemprop", "property", "data-testid", "rel"):
        value = node.get(name) or ""
        if value and re2.fullmatch(r"[A-Za-z][\w:.-]*", value):
            yield f'{tag}[{name}="{value}"]'
    if name := own_id(node):
        yield f"{tag}#{name}"
    yield from (f"{tag}.{name}" for name in classes(node))
    for name, value in node.attrib.items():
        if name.startswith("data-") and name != "data-testid" and value not in ("true", "false") and re2.fullmatch(r"[a-z][a-z_-]{2,20}", value):
            yield f'{tag}[{name}="{value}"]'


def label_of(node: Any) -> tuple[str, str]:
    """Return the words that label an element and the selector that goes by them; two empty texts when nothing labels it.

    A label is a short text in the element before: <dt>Ålder</dt><dd>24</dd>, <th>Pris</th><td>, <b>Telefon:</b> <span>.
    """
    before = node.getprevious()
    if before is None or not isinstance(before.tag, str) or before.tag not in ("dt", "th", "td", "b", "strong", "label", "span", "h3", "h4", "h5", "p", "div"):
        return "", ""
    words = " ".join("".join(before.itertext()).split())
    plain = words.rstrip(":").strip()
    if not plain or len(plain) > LABEL_MAX or UNQUOTABLE.search(plain) or re2.search(r"\d", plain):
        return "", ""
    return plain, f'{before.tag}:contains("{plain}") + {tag_of(node)}'
