"""A text as it is compared with others, and how alike two must be."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Set

from pipeline.linking_settings import TextMatching

PLACEHOLDER = "¤"  # stands for a demographic word


class _Compared(dict[int, str]):
    """What each character becomes before texts are compared: a digit 0, a letter or mark itself, all else a space. Filled as it is asked."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))[0]
        self[code] = "0" if kind == "N" else chr(code) if kind in "LM" else " "
        return self[code]


_COMPARED = _Compared()


def mask(text: str, demographic_words: Set[str] = frozenset()) -> str:
    """Return a text as it is compared: lower case, every digit 0, words alone with one space between.

    Words of nationality, ethnicity, gender or language are one placeholder: no two texts are alike or unlike because of them.
    """
    words = text.lower().translate(_COMPARED).split(" ")
    return " ".join(PLACEHOLDER if word in demographic_words else word for word in words if word)


def similar_from(count: int, settings: TextMatching) -> float:
    """Return the likeness that two texts of one template reach among `count` texts; it rises, or stock phrases glue strangers."""
    steps = [(10_000, settings.similar_at_10k), (50_000, settings.similar_at_50k), (200_000, settings.similar_at_200k), (1_000_000, settings.similar_at_1m)]
    if count <= steps[0][0]:
        return steps[0][1]
    for (low, low_value), (high, high_value) in zip(steps, steps[1:], strict=False):
        if count <= high:
            share = math.log(count / low) / math.log(high / low)
            return low_value + share * (high_value - low_value)
    return steps[-1][1]
