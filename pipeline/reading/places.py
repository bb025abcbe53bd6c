"""Municipalities in a text: names, short forms, districts, inflection, foreign spelling; ambiguous names only where the context decides.

A county ("Skåne län") is no municipality: it gives nothing, and the name inside it is not read as a town.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reading.fold import Folded
from pipeline.reading.gazetteer import Name, municipality_names, names
from pipeline.reading.model import Place

__all__ = ["PlaceReader", "municipality_names"]

_WORD = re.compile(r"[^\W\d_]+")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
REMEMBERED = 50_000  # words whose names are kept, because ads repeat the same words
_INTO = frozenset(
    {
        "i",
        "in",
        "nära",
        "near",
        "utanför",
        "outside",
        "centrala",
        "central",
        "kring",
        "runt",
        "inom",
        "around",
        "w",
        "în",
        "en",
        "в",
        "във",
        "v",
        "im",
        "besöker",
        "visiting",
        "norra",
        "södra",
        "östra",
        "västra",
        "inre",
    }
)
_PREPOSITIONS = _INTO | {
    "från",
    "till",
    "from",
    "to",
    "mot",
    "via",
    "vid",
    "hos",
    "på",
    "besöker",
    "visiting",
    "city",
    "kommun",
    "z",
    "do",
    "din",
    "из",
    "от",
    "de",
    "nu",
    "idag",
}
_BEHIND = frozenset({"kommun", "centrum", "city", "stad", "centralstation", "station", "c", "town", "sjukhus", "torg"})
_COUNTY = frozenset({"län", "läns", "county", "lan", "regionen"})
_COMING = frozenset({"välkommen", "kommer", "är", "kom", "tjej", "kvinna", "flyttat", "åker", "reser"})
_WORDS_IN_S = frozenset({"marks", "bergs", "kils", "ales"})
_SUFFIXES = (
    "området",
    "sområdet",
    "trakten",
    "strakten",
    "regionen",
    "sregionen",
    "centrum",
    "city",
    "baserad",
    "sbaserad",
    "tjej",
    "tjejen",
    "bo",
    "bon",
    "borna",
    "ban",
    "ben",
    "ból",
    "ből",
    "ba",
    "be",
    "ssa",
    "ssä",
    "issa",
    "sta",
    "stä",
    "ie",
    "u",
    "e",
)
_GENITIVE = 4  # letters of the shortest genitive
_STEM = 5  # letters of a name that takes a suffix,
_SHORT_STEM = 4  # and of one that takes a Hungarian case: "Lundban"
_CASES = frozenset({"ban", "ben", "ból", "ből"})
_LETTERS = (("ø", "ö"), ("æ", "ä"), ("ő", "ö"))  # Danish, Norwegian and Hungarian write them so


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    names: tuple[Name, ...]
    first: int
    last: int


class PlaceReader:
    """Find municipalities by their names."""

    def __init__(self) -> None:
        self._names = names()
        self._single = {words[0]: found for words, found in self._names.items() if len(words) == 1}
        self._longer: dict[str, list[tuple[str, ...]]] = {}
        for words in self._names:
            if len(words) > 1:
                self._longer.setdefault(words[0], []).append(words)
        self._stems = {word[:_SHORT_STEM] for word in self._single if len(word) >= _SHORT_STEM}
        self._thai = {word: found for word, found in self._single.items() if _THAI.match(word)}
        self._said = functools.lru_cache(maxsize=REMEMBERED)(self._of_word)

    def name_of(self, code: str) -> str:
        """Return the name of a municipality by its code, or the code itself."""
        return municipality_names().get(code, code)

    def read(self, folded: Folded) -> Iterator[Place]:
        """Yield every place, from left to right."""
        text = folded.text
        for written, same in _LETTERS:
            text = text.replace(written, same)
        words = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
        found = list(self._find(words))
        cities = {name.code for one in found for name in one.names if not name.hold and len(one.names) == 1}
        for one in found:
            name = self._decided(one, words, folded.cased, cities)
            if name:
                start, end = folded.span(words[one.first][1], words[one.last][2])
                yield Place(municipality=name.code, name=name.municipality, start=start, end=end)
        yield from self._read_thai(folded)

    def read_field(self, value: str) -> str | None:
        """Return the code for a field that holds a place and nothing else, or None."""
        words = tuple(value.strip().lower().replace("-", " ").split())
        if words and words[-1] in ("kommun", "city", "centrum"):
            words = words[:-1]
        found = self._names.get(words) or (self._names.get((words[0][:-1],)) if len(words) == 1 and words[0].endswith("s") else None)
        codes = {name.code for name in found or () if name.hold != "district"}
        return codes.pop() if len(codes) == 1 else None

    def _find(self, words: Sequence[tuple[str, int, int]]) -> Iterator[_Found]:
        skip = -1
        for place, (word, _, _) in enumerate(words):
            if place <= skip:
                continue
            longer = self._longer_from(words, place) if word in self._longer else None
            found = longer[0] if longer else self._said(word)
            if not found:
                continue
            last = place + (longer[1] if longer else 1) - 1
            skip = last
            if not (last + 1 < len(words) and words[last + 1][0] in _COUNTY):
                yield _Found(names=found, first=place, last=last)

    def _longer_from(self, words: Sequence[tuple[str, int, int]], place: int) -> tuple[tuple[Name, ...], int] | None:
        for parts in sorted(self._longer[words[place][0]], key=len, reverse=True):
            stretch = [word for word, _, _ in words[place : place + len(parts)]]
            ending = stretch[-1]
            if len(stretch) == len(parts) and stretch[:-1] == list(parts[:-1]) and ending in (parts[-1], parts[-1] + "s"):
                return self._names[parts], len(parts)
        return None

    def _of_word(self, word: str) -> tuple[Name, ...]:
        return self._single.get(word) or self._inflected(word)

    def _inflected(self, word: str) -> tuple[Name, ...]:
        """Return the names whose genitive, compound or foreign case a word is: "Malmös", "Göteborgsområdet", "Sztokholmie"."""
        if len(word) >= _GENITIVE and word.endswith("s") and word[:-1] in self._single:
            return self._single[word[:-1]]
        if word[:_SHORT_STEM] not in self._stems:
            return ()
        for suffix in _SUFFIXES:
            stem = word[: -len(suffix)].replace("á", "a").replace("é", "e")  # Hungarian lengthens the last vowel
            if word.endswith(suffix) and len(stem) >= (_SHORT_STEM if suffix in _CASES else _STEM) and stem in self._single:
                return tuple(name for name in self._single[stem] if not name.hold)
        return ()

    def _decided(self, one: _Found, words: Sequence[tuple[str, int, int]], cased: str, cities: set[str]) -> Name | None:
        """Return the municipality that a name means here, or None while the context leaves it open."""
        near = [name for name in one.names if name.code in cities]
        if near and any(name.hold == "district" for name in near):
            return near[0]
        open_names = [name for name in one.names if self._stands(name, one, words, cased)]
        return open_names[0] if len({name.code for name in open_names}) == 1 else None

    def _stands(self, name: Name, one: _Found, words: Sequence[tuple[str, int, int]], cased: str) -> bool:
        before = words[one.first - 1][0] if one.first else ""
        after = words[one.last + 1][0] if one.last + 1 < len(words) else ""
        capital = cased[words[one.first][1]].isupper()
        if not name.hold:
            return True
        if after in _BEHIND and (capital or after == "kommun"):
            return True
        genitive = capital and words[one.last][0].endswith("s") and words[one.last][0] not in self._single and after not in ("", *_PREPOSITIONS)
        if name.hold == "rare":
            return before in _PREPOSITIONS or genitive
        if name.hold == "name":
            return before in _INTO or (before in ("från", "till") and one.first > 1 and words[one.first - 2][0] in _COMING)
        if name.hold == "word" and genitive and words[one.last][0] not in _WORDS_IN_S:
            return True
        return before in _PREPOSITIONS and capital

    def _read_thai(self, folded: Folded) -> Iterator[Place]:
        """Thai writes no spaces: its names are looked for as parts of the text."""
        if not _THAI.search(folded.text):
            return
        for word, found in self._thai.items():
            at = folded.text.find(word)
            if at >= 0:
                start, end = folded.span(at, at + len(word))
                yield Place(municipality=found[0].code, name=found[0].municipality, start=start, end=end)
