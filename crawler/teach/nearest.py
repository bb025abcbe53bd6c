"""For a field whose selector has died: the nearest selector that would still find its value."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.parse import MANY
from crawler.records.site import FieldRule
from crawler.teach.candidates import candidates_of
from crawler.teach.fields import pages_of, ranked_rules, read
from crawler.teach.saved import SavedPage, shape_of

LOOKED_AT = 8  # best guesses that are compared


def nearest_exact(rule: FieldRule, saved: Sequence[SavedPage]) -> FieldRule | None:
    """Return the rule most like a dead one that gives the saved value on every saved page that has one; None when none does."""
    wanted = [(page.page.text, _as_texts(rule.name, page.expected)) for page in saved if page.kind == "ad" and page.expected.get(rule.name)]
    if not wanted:
        return None
    fits = []
    for candidate in candidates_of([text for text, _ in wanted]):
        if all(found and found[0] == value[0] for found, (_, value) in zip(candidate.values, wanted, strict=True)):
            new = FieldRule(name=rule.name, css=candidate.css, pattern=candidate.pattern, many=rule.name in MANY, required=rule.required)
            whole = sum(read(new, text) == value for text, value in wanted)
            fits.append((whole, likeness(rule, new) - 0.01 * candidate.rank, new))
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def nearest_by_shape(rule: FieldRule, texts: Sequence[str], saved: Sequence[SavedPage], *, ad_url: str = "") -> FieldRule | None:
    """Return the rule most like a dead one that finds on new pages something that looks like the saved values; None when nothing does."""
    shapes = {shape_of(value) for page in saved for value in _as_texts(rule.name, page.expected)}
    pages = pages_of(texts, ad_url=ad_url)
    ranked = ranked_rules(rule.name, candidates_of(texts, ad_url=ad_url), pages)
    guesses = [new for new, _ in zip(ranked, range(LOOKED_AT), strict=False) if new.css != rule.css or new.json_ld != rule.json_ld]

    def fits(new: FieldRule) -> float:
        values = [value for text in texts for value in read(new, text)]
        alike = sum(shape_of(value) in shapes for value in values) / len(values) if values else 0.0
        return alike + likeness(rule, new)

    return max(guesses, key=fits, default=None)


def likeness(old: FieldRule, new: FieldRule) -> float:
    """Return how alike two rules are written, 0-1."""
    return difflib.SequenceMatcher(None, old.css or old.xpath or old.json_ld, new.css or new.json_ld).ratio()


def _as_texts(name: str, expected: Mapping[str, Any]) -> list[str]:
    value = expected.get(name) or []
    if not isinstance(value, list):
        return [str(value)]
    return [f"{item['kind']}: {item['value']}" if isinstance(item, dict) else str(item) for item in value]


def as_config(rule: FieldRule) -> str:
    """Return the part of a config line that names where a field stands."""
    shown = {item.name: getattr(rule, item.name) for item in dataclasses.fields(rule)}
    return ", ".join(f"{name} = '{shown[name]}'" for name in ("css", "json_ld", "pattern") if shown[name])
