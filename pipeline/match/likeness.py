"""How alike two masked texts are, by their letters: with their words sorted, so that moved sentences do not matter, or as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from pipeline.match.neighbours import Pairs

CHUNK = 50_000  # pairs at a time
IN_ORDER = 6.0  # strangers are by so much less alike in order than sorted: 70 in order says what 76 sorted does (benchmarks/templates.py)
BELOW = 10.0  # sorted words that are so much less alike than is asked are not looked at in order

Scores = NDArray[np.float64]


def likenesses(masked: Sequence[str], pairs: Pairs, *, at_least: float) -> Scores:
    """Return the likeness 0-100 of pairs of texts, with one decimal; 0 for those that do not reach `at_least`.

    It is the larger of two: the share of letters that sorted words have in common, and that of the texts as they stand plus 6.

    Args:
        masked: texts as `mask` gives them.
        pairs: shape (p, 2), places in `masked`.
    """
    ordered = [" ".join(sorted(text.split(" "))) for text in masked]
    scores = np.zeros(len(pairs))
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        found = _common(ordered, part, at_least - BELOW)
        near = np.nonzero(found)[0]
        standing = _common(masked, part[near], at_least - IN_ORDER)
        found[near] = np.maximum(found[near], np.where(standing > 0, np.minimum(standing + IN_ORDER, 100.0), 0.0))
        scores[start : start + len(part)] = found
    np.round(scores, 1, out=scores)
    scores[scores < at_least] = 0.0
    return scores


def _common(texts: Sequence[str], pairs: Pairs, at_least: float) -> Scores:
    if not len(pairs):
        return np.zeros(0)
    lefts, rights = ([texts[place] for place in column] for column in pairs.T.tolist())
    found: Scores = process.cpdist(lefts, rights, scorer=fuzz.ratio, score_cutoff=at_least - 0.1, workers=2).astype(np.float64)
    return found
