"""Which texts are worth comparing: those that stand side by side when their sketches are sorted, each with few others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pipeline.match.sketches import BUCKET_BITS

FOLD = 8  # columns of buckets after which pairs met twice are counted once, so that memory stays near that of the pairs themselves

Places = NDArray[np.int64]
Pairs = NDArray[np.int64]


def neighbours(columns: Iterable[NDArray[np.uint64]]) -> Pairs:
    """Pair each text with the next of its bucket, sorted by the whole number, in each of its buckets.

    At most 42 pairs a text, whatever their number: all pairs of a bucket would be quadratic in stock phrases. The pairs are a function of
    the texts and their order alone, and two that stand side by side in a set did so already when the later of them came in: what is found
    night by night, counted again among the pairs of the whole, is what one night would find.

    Args:
        columns: numbers of sketches, one array a band, each of shape (n,) in the order of the texts.

    Returns:
        Shape (p, 2), places of texts, the smaller first; rows in order, each once.
    """
    found: list[Places] = []
    for number, column in enumerate(columns, start=1):
        found.append(_side_by_side(column))
        if number % FOLD == 0:
            found = [_folded(found)]
    return unpacked(_folded(found))


def _folded(parts: list[Places]) -> Places:
    """Return the numbers of all parts in order, each once (np.unique does the same in fifty times the time).

    They are sorted where they lie, and the parts let go, since there may be tens of millions.
    """
    numbers = np.concatenate([*parts, np.empty(0, dtype=np.int64)])
    parts.clear()
    numbers.sort()
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))] if len(numbers) else numbers


def among(asked: Places, known: Places) -> NDArray[np.bool_]:
    """Tell for each number asked whether it is among the known ones, which are in order."""
    if not len(known):
        return np.zeros(len(asked), dtype=bool)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
    return found


def packed(pairs: Pairs) -> Places:
    """Write each pair of places as one number, so that pairs can be sorted and looked up."""
    numbers: Places = (pairs[:, 0] << 32) | pairs[:, 1]
    return numbers


def unpacked(numbers: Places) -> Pairs:
    """Turn what `packed` wrote back into pairs."""
    pairs: Pairs = np.empty((len(numbers), 2), dtype=np.int64)
    np.right_shift(numbers, 32, out=pairs[:, 0])
    np.bitwise_and(numbers, 0xFFFFFFFF, out=pairs[:, 1])
    return pairs


def _side_by_side(column: NDArray[np.uint64]) -> Places:
    order = np.argsort(column, kind="stable").astype(np.int64)
    bucket = column[order] >> np.uint64(BUCKET_BITS)
    left, right = order[:-1], order[1:]
    shared = bucket[:-1] == bucket[1:]
    return packed(np.column_stack((np.minimum(left, right), np.maximum(left, right)))[shared])
