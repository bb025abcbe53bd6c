"""The same text with other names, places and prices: sketches that meet in buckets, verified word by word."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rensa import RMinHash

from pipeline.linking_settings import TextMatching
from pipeline.match.groups import Groups

PERMUTATIONS, BANDS, ROWS = 128, 32, 4
GRAM = 5  # characters
SEED = 20260101
PLACEHOLDER = "¤"  # stands for a demographic word
CONSTANT = 0.6  # share of a template's texts that hold a constant word


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


def sketch(masked: str) -> list[int]:
    """Return 32 bucket numbers of 64 bits; two texts that share one are compared."""
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update([masked[at : at + GRAM] for at in range(max(1, len(masked) - GRAM + 1))])
    rows: NDArray[np.uint64] = np.array(hashed.digest(), dtype=np.uint64).reshape(BANDS, ROWS)
    mixed = np.arange(BANDS, dtype=np.uint64) + np.uint64(1469598103934665603)
    for column in range(ROWS):
        mixed = np.bitwise_xor(mixed, rows[:, column]) * np.uint64(1099511628211)
    return [int(value) for value in mixed]


def similar_from(count: int, settings: TextMatching) -> float:
    """Return the similarity that two texts of one template reach among `count` texts; it rises, or stock phrases glue strangers."""
    steps = [(50_000, settings.similar_at_50k), (200_000, settings.similar_at_200k), (1_000_000, settings.similar_at_1m)]
    if count <= steps[0][0]:
        return steps[0][1]
    for (low, low_value), (high, high_value) in zip(steps, steps[1:], strict=False):
        if count <= high:
            share = math.log(count / low) / math.log(high / low)
            return low_value + share * (high_value - low_value)
    return steps[-1][1]


def similarities(lefts: Sequence[str], rights: Sequence[str]) -> list[float]:
    """Return the likeness 0-100 of pairs of masked texts, over their sorted words, so that moved sentences do not matter."""
    if not lefts:
        return []
    scores = process.cpdist(
        [" ".join(sorted(text.split())) for text in lefts], [" ".join(sorted(text.split())) for text in rights], scorer=fuzz.ratio, workers=2
    )
    return [round(float(score), 1) for score in scores]


def candidate_pairs(buckets: Mapping[int, Sequence[int]]) -> set[tuple[int, int]]:
    """Pair each member of a bucket with its first and its two previous members: linear in the number of texts."""
    pairs: set[tuple[int, int]] = set()
    for members in buckets.values():
        ordered = sorted(members)
        for place, member in enumerate(ordered[1:], start=1):
            for other in {ordered[0], ordered[place - 1], ordered[max(0, place - 2)]}:
                if other != member:
                    pairs.add((other, member))
    return pairs


def group(lines: Sequence[tuple[str, str]], settings: TextMatching) -> dict[str, Any]:
    """Group texts built from one template: the body of `lykta texts group --json`.

    Args:
        lines: (id, text) pairs; ids are kept as given.
    """
    words = frozenset(settings.demographic_words)
    masked = [mask(text, words) for _, text in lines]
    firsts: dict[str, int] = {}
    groups = Groups()
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(masked):
        if len(text) < settings.length_min and text:
            groups.join(firsts.setdefault(text, number), number)
        elif text:
            first = firsts.setdefault(text, number)
            groups.join(first, number)
            if first == number:
                for bucket in sketch(text):
                    buckets[bucket].append(number)
    pairs = sorted(candidate_pairs(buckets))
    threshold = similar_from(len(lines), settings)
    scores = similarities([masked[left] for left, _ in pairs], [masked[right] for _, right in pairs])
    for (left, right), score in zip(pairs, scores, strict=True):
        if score >= threshold:
            groups.join(left, right)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(lines)):
        members[groups.of(number)].append(number)
    found = [numbers for numbers in members.values() if len(numbers) > 1]
    return {
        "groups": [_described([lines[number] for number in numbers]) for numbers in found],
        "alone": [lines[numbers[0]][0] for numbers in members.values() if len(numbers) == 1],
    }


def _described(lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    template, slots = template_of([text for _, text in lines])
    return {"members": [name for name, _ in lines], "template": template, "slots": slots}


def template_of(texts: Sequence[str]) -> tuple[str, dict[str, list[str]]]:
    """Return a template with numbered slots, and what each text fills them with ('' when nothing).

    A word is constant when at least 60 % of the texts hold it; runs of other words are slots. The longest text with the most
    constants shows the order.
    """
    words = [text.split() for text in texts]
    holding = Counter(word for text in words for word in {_key(word) for word in text})
    constant = {word for word, count in holding.items() if count >= CONSTANT * len(texts)}
    model = max(words, key=lambda text: (sum(_key(word) in constant for word in text), -len(text)))
    pattern = _pattern(model, constant)
    slots: dict[str, list[str]] = {}
    shown: list[str] = []
    for kind, word in pattern:
        if kind == "slot":
            slots[str(len(slots) + 1)] = []
            shown.append("{" + str(len(slots)) + "}")
        else:
            shown.append(word)
    for text in words:
        for number, filled in enumerate(_fill(pattern, text, constant), start=1):
            slots[str(number)].append(filled)
    return " ".join(shown), slots


def _key(word: str) -> str:
    return word.lower().strip(".,!?:;()\"'")


def _pattern(model: Sequence[str], constant: set[str]) -> list[tuple[str, str]]:
    pattern: list[tuple[str, str]] = []
    for word in model:
        if _key(word) in constant:
            pattern.append(("word", word))
        elif not pattern or pattern[-1][0] != "slot":
            pattern.append(("slot", ""))
    return pattern


def _fill(pattern: Sequence[tuple[str, str]], text: Sequence[str], constant: set[str]) -> Iterable[str]:
    """Walk a text along the pattern; what stands before the next constant word fills a slot."""
    at = 0
    for place, (kind, word) in enumerate(pattern):
        if kind == "word":
            found = next((number for number in range(at, min(len(text), at + 6)) if _key(text[number]) == _key(word)), None)
            at = at if found is None else found + 1
            continue
        following = _key(pattern[place + 1][1]) if place + 1 < len(pattern) else None
        stop = next((number for number in range(at, len(text)) if following is not None and _key(text[number]) == following), None)
        end = stop if stop is not None else next((number for number in range(at, len(text)) if _key(text[number]) in constant), len(text))
        yield " ".join(text[at:end])
        at = end
