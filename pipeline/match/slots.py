"""A template told from the texts built from it: the words that stay, the slots between them, and what each text fills them with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import LCSseq

CONSTANT = 0.6  # share of a template's texts that hold a constant word
MODELS_MAX = 200  # texts among which the one that shows the order is chosen
MOSTLY = 0.6  # share of what fills a slot that says what the slot is for
PHONE_DIGITS = 7
KINDS = ("phone", "price", "age", "place", "name", "other")
_WORD = re.compile(r"\+?\d(?:[\d •.,/–-]*\d)?|[^\s\d]\S*|\S+")  # a figure with its blanks and dashes is one word
_FIGURE = re.compile(r"\d")
_CURRENCY = re.compile(r"(?:kr|sek|kronor|eur|euro|€|\$|£|:-)[.,!]*$", re.IGNORECASE)
_YEARS = re.compile(r"(?:år|years?|yo|år\w*)[.,!]*$", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_a-zåäöøæ][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)?[.,!?:;]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template with numbered slots.

    `pattern` is the text with {1}, {2} ... for its slots; `kinds` says for each slot what mostly fills it (one of KINDS); `fillings` holds
    for each text, in their order, what it fills each slot with ('' when nothing).
    """

    pattern: str
    kinds: tuple[str, ...]
    fillings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A stretch of the model's words, `first` to before `end`, all constant or all of one slot."""

    slot: bool
    first: int
    end: int


def template_of(texts: Sequence[str], places: frozenset[str] = frozenset()) -> Template:
    """Tell a template from its texts.

    A word is constant when at least 60 % of the texts hold it, wherever; runs of other words are slots. The text with the most constants
    and the fewest other words shows the order, and the others are laid along it.

    Args:
        texts: at least one.
        places: names of places in lower case; a slot that they mostly fill is one for places.
    """
    words = [_WORD.findall(text) for text in texts]
    keys = [[_key(word) for word in text] for text in words]
    holding = Counter(key for text in keys for key in set(text))
    constant = {key for key, count in holding.items() if count >= CONSTANT * len(texts)}
    model = max(range(min(len(texts), MODELS_MAX)), key=lambda place: (_score(keys[place], constant), -place))
    runs = list(_runs(keys[model], constant))
    fillings = tuple(tuple(_fill(keys[model], runs, words[place], keys[place])) for place in range(len(texts)))
    kinds = tuple(_kinds(words[model], runs, fillings, places))
    return Template(pattern=_pattern(words[model], runs), kinds=kinds, fillings=fillings)


def _key(word: str) -> str:
    """Return a word as it is compared; a figure is constant only where it is the same figure."""
    return word.lower().strip(".,!?:;()\"'")


def _score(keys: Sequence[str], constant: set[str]) -> int:
    return 2 * sum(key in constant for key in keys) - len(keys)


def _runs(model: Sequence[str], constant: set[str]) -> Iterator[_Run]:
    at = 0
    for is_constant, stretch in groupby(model, key=lambda key: key in constant):
        size = len(list(stretch))
        yield _Run(slot=not is_constant, first=at, end=at + size)
        at += size


def _pattern(model: Sequence[str], runs: Sequence[_Run]) -> str:
    shown: list[str] = []
    number = 0
    for run in runs:
        number += run.slot
        shown += ["{" + str(number) + "}"] if run.slot else model[run.first : run.end]
    return " ".join(shown)


def _fill(model: Sequence[str], runs: Sequence[_Run], words: Sequence[str], keys: Sequence[str]) -> Iterator[str]:
    """Yield what a text has in each slot: what stands between the constant words that it shares with the model."""
    bounds = _bounds(model, keys)
    for run in runs:
        if run.slot:
            first, last = bounds[run.first], bounds[run.end]
            yield " ".join(words[first:last]).strip(" ,;")


def _bounds(model: Sequence[str], keys: Sequence[str]) -> list[int]:
    """Return for every gap between the model's words, ends included, the place in the text where it lies.

    Where the two part, the model's words are laid over the text's in proportion.
    """
    bounds = [0] * (len(model) + 1)
    for step in LCSseq.opcodes(model, keys):
        size, there = step.src_end - step.src_start, step.dest_end - step.dest_start
        for at in range(1, size + 1):
            bounds[step.src_start + at] = step.dest_start + round(at * there / size)
        if not size:
            bounds[step.src_start] = max(bounds[step.src_start], step.dest_start)
    return bounds


def _kinds(model: Sequence[str], runs: Sequence[_Run], fillings: Sequence[Sequence[str]], places: frozenset[str]) -> Iterator[str]:
    slots = [run for run in runs if run.slot]
    for number, run in enumerate(slots):
        filled = [row[number] for row in fillings if row[number]]
        following = model[run.end] if run.end < len(model) else ""
        before = model[run.first - 1] if run.first else ""
        yield _kind(filled, before, following, places)


def _kind(filled: Sequence[str], before: str, following: str, places: frozenset[str]) -> str:
    told: Mapping[str, int] = Counter(_kind_of(value, following, places, opens=not before or before[-1] in ".!?") for value in filled)
    return next((kind for kind in KINDS[:-1] if told.get(kind, 0) >= MOSTLY * len(filled) > 0), "other")


def _kind_of(value: str, following: str, places: frozenset[str], *, opens: bool) -> str:
    digits = len(_FIGURE.findall(value))
    if digits >= PHONE_DIGITS or "•" in value:
        return "phone"
    if digits and (_CURRENCY.search(value) or _CURRENCY.match(following)):
        return "price"
    if digits == 2 and (_YEARS.search(value) or _YEARS.match(following)):
        return "age"
    if value.lower().strip(".,!?:;") in places:
        return "place"
    return "name" if _NAMED.fullmatch(value) and not opens else "other"
