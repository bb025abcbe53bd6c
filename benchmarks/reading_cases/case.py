"""One made-up text and what a careful reader finds in it."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text and its answers; `kind` names the way of writing or the trap.

    phones: E.164. places: municipality codes. prices: (amount, currency, minutes). ages: years.
    cues: (indicator, negated). language: the code of the main language, '' when it does not matter.
    """

    kind: str
    text: str
    phones: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    prices: frozenset[tuple[int, str, int | None]] = frozenset()
    ages: frozenset[int] = frozenset()
    cues: frozenset[tuple[str, bool]] = frozenset()
    language: str = ""


def chance(seed: int, *words: object) -> random.Random:
    """Return a stream of chance of its own for a seed and a purpose."""
    return random.Random(f"{seed}/{'/'.join(map(str, words))}")
