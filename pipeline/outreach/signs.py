"""What an indicator says of itself, in one language, for the page: title, sources, innocent explanations, what it misses."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from indicators.catalogue import catalogue, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One indicator in one language. `sources` are references as short as the literature list has them."""

    id: str
    title: str
    tier: str
    family: str
    sources: tuple[str, ...]
    innocent: tuple[str, ...]
    misses: tuple[str, ...]


@functools.cache
def signs(language: str) -> dict[str, Sign]:
    """Return every indicator by id, in Swedish or English."""
    known = sources()
    return {
        one.id: Sign(
            id=one.id,
            title=getattr(one.title, language),
            tier=one.tier,
            family=one.family,
            sources=tuple(known[name].ref for name in one.sources if name in known),
            innocent=tuple(getattr(text, language) for text in one.innocent),
            misses=tuple(getattr(text, language) for text in one.misses),
        )
        for one in catalogue()
    }
