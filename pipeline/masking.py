"""Mask what could be a number or an address of a person in a text that somebody will see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

MASK = "•••"
RUN_MIN = 4  # digits or number words in a row that are masked
GAP_MAX = 8  # characters without letters or digits between two of them
COMPOUND_MIN = 6  # letters of a word that is tried as number words written together
TOKENS_KEPT = 50_000  # words of a language come again and again
LOOSE_MIN = 4  # letters of a number word that is known without its marks and doubled letters too
_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TOKEN = re.compile(rf"(?:[^\W_]|[{_MARKS}\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u24ff\u2776-\u2793])+")
_TAIL = re.compile("[\ufe0f\u20e3]*")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u4e00-\u9fff\u3007]")
_FILLERS = frozenset({"x", "xx", "sen", "och", "and", "then", "plus", "punkt", "streck", "dot", "dash", "y", "og", "и"}) | frozenset(
    {"sedan", "därefter", "så", "med", "följt", "av"}
)
_LOOKALIKES = frozenset("oOlIiSsBbZzgGqQ")
_AT = r"(?:@|\s?[(\[{<]\s?(?:@|at|a|ät|snabel-?a)\s?[)\]}>]\s?|\s?snabel-?a\s?)"
_DOT = r"(?:\.|\s?[(\[{<]\s?(?:dot|punkt|prick|\.)\s?[)\]}>]\s?| punkt | dot | prick )"
_ADDRESS = re.compile(
    rf"[\w+-]+(?:{_DOT}[\w+-]+){{0,4}}{_AT}[\w-]+(?:{_DOT}[\w-]+){{0,3}}"
    rf"|@\w{{3,}}(?:\.\w+)*|\b[\w-]+ at [\w-]+ (?:dot|punkt) \w+",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|telegram\.me|line\.me|onlyfans\.com|fansly\.com|instagram\.com|snapchat\.com)/\S+", re.IGNORECASE)

_ADDRESS_SIGNS = ("@", "snabel", " at ", *"([{<")  # every form of _ADDRESS holds one of these
_SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_~\-]{1,2}){9,}[^\W\d_](?![^\W_])")  # words said letter by letter


@dataclass(frozen=True, slots=True)
class _Counted:
    """A stretch of text and how many digits or number words it holds; 0 for a filler."""

    start: int
    end: int
    count: int


class Masker:
    """Replace every run of four or more digits or number words, every e-mail address, link and @handle by •••.

    It masks by shape and does not ask whether a number was read as a phone: what nobody could read may still be one.

    Args:
        number_words: words for digits, tens and hundreds in all languages, as the reading settings list them.
    """

    def __init__(self, number_words: Iterable[str]) -> None:
        self._words = frozenset(word.lower() for word in number_words if word)
        self._loose = frozenset(_key(word) for word in self._words if len(word) >= LOOSE_MIN)
        self._longest = max(map(len, self._words), default=0)
        unspaced = sorted((re.escape(word) for word in self._words if _UNSPACED.match(word)), key=lambda word: (-len(word), word))
        self._unspaced = re.compile("|".join(unspaced)) if unspaced else None
        self._count = lru_cache(maxsize=TOKENS_KEPT)(self._counted)

    def mask(self, text: str) -> str:
        """Return the text with everything that could reach a person masked."""
        text = _SPELT.sub(MASK, _without_addresses(text))
        return without_spans(text, self._runs(text))

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of runs that hold RUN_MIN digits or number words or more."""
        run: list[_Counted] = []
        for match in _TOKEN.finditer(text):
            counted = self._count(match.group())
            if run and (counted is None or match.start() - run[-1].end > GAP_MAX):
                yield from _span(run, text)
                run = []
            if counted is not None and (counted or run):
                run.append(_Counted(match.start(), match.end(), counted))
        yield from _span(run, text)

    def _counted(self, token: str) -> int | None:
        """Count the digits or number words of a token: 0 for a filler, None for an ordinary word."""
        figures = sum(unicodedata.category(character)[0] == "N" for character in token)
        if figures:
            letters = [character for character in token if character.isalpha()]
            return figures + sum(letter in _LOOKALIKES for letter in letters)
        word = token.lower()
        if word in self._words or (len(word) >= LOOSE_MIN and _key(word) in self._loose):
            return 1
        if self._unspaced is not None and _UNSPACED.search(word):
            return len(self._unspaced.findall(word)) or None
        parts = self._parts(word) if len(word) >= COMPOUND_MIN else 0
        return parts or (0 if word in _FILLERS or (len(word) == 1 and word in "oils") else None)

    def _parts(self, word: str) -> int:
        """Return how many number words a compound is made of, 0 when something is left over."""
        best: dict[int, int] = {0: 0}
        for end in range(2, min(len(word), 120) + 1):
            sizes = range(2, min(self._longest, end) + 1)
            counts = [best[end - size] + 1 for size in sizes if end - size in best and word[end - size : end] in self._words]
            if counts:
                best[end] = max(counts)
        return best.get(len(word), 0)


def _without_addresses(text: str) -> str:
    """Mask links, e-mail addresses and @handles; a pattern runs only over a text that holds a sign without which it finds nothing."""
    folded = text.casefold()
    if "/" in folded or "www." in folded:
        text = _LINK.sub(MASK, text)
    if any(sign in folded for sign in _ADDRESS_SIGNS):
        text = _ADDRESS.sub(MASK, text)
    return text


def _span(run: list[_Counted], text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of a run that is long enough, without the fillers at its end."""
    while run and not run[-1].count:
        run = run[:-1]
    if sum(counted.count for counted in run) >= RUN_MIN:
        tail = _TAIL.match(text, run[-1].end)
        yield run[0].start, tail.end() if tail else run[-1].end


def _key(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return re.sub(r"(.)\1+", r"\1", plain)


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace the given spans (code points, half open) by •••, so that contacts read in odd disguises go as well."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        parts += [text[at : max(start, at)], MASK]
        at = end
    return "".join([*parts, text[at:]])
