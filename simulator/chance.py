"""Chance that repeats: the same words give the same stream of numbers on every machine, in every process."""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterable


def stream(*words: object) -> random.Random:
    """Return a stream of chance named by words, such as a seed and what it is for. Independent of the hash seed."""
    return random.Random("\x1f".join(str(word) for word in words))


class Weighted:
    """Words to draw from, each with a weight above zero."""

    def __init__(self, weights: Iterable[tuple[str, float]]) -> None:
        pairs = [(word, weight) for word, weight in weights if weight > 0]
        self.words = [word for word, _ in pairs]
        self._bounds = list(itertools.accumulate(weight for _, weight in pairs))

    def draw(self, chance: random.Random) -> str:
        """Draw one word."""
        return self.words[bisect.bisect_right(self._bounds, chance.random() * self._bounds[-1])]


def index(chance: random.Random, shares: tuple[float, ...]) -> int:
    """Draw a place in a row of shares that add up to about one."""
    left = chance.random() * sum(shares)
    for place, share in enumerate(shares):
        left -= share
        if left < 0:
            return place
    return len(shares) - 1
