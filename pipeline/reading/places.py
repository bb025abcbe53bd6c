"""Municipalities in a text: names, usual short forms, the Swedish genitive; ambiguous names only where the context decides."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator
from importlib.resources import files

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Place

_WORD = re2.compile(r"[\p{L}-]+")
_PREPOSITIONS = frozenset({"i", "från", "till", "nära", "in", "utanför", "centrala", "city", "kommun"})
_COMMON_WORDS = frozenset({"lund"})  # a grove, but a town in ads


@functools.cache
def municipality_names() -> dict[str, str]:
    """Return the names of the 290 municipalities by their SCB codes of four digits."""
    text = (files("pipeline.reading") / "municipalities.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(io.StringIO(text))}


class PlaceReader:
    """Find municipalities by their names; the table is municipalities.csv (code, name, county, aliases, ambiguous)."""

    def __init__(self) -> None:
        text = (files("pipeline.reading") / "municipalities.csv").read_text("utf-8")
        self._names: dict[str, tuple[str, str, bool]] = {}
        self.county: dict[str, str] = {}
        for row in csv.DictReader(io.StringIO(text)):
            self.county[row["code"]] = row["county"]
            for name in [row["name"], *(alias for alias in row["aliases"].split("|") if alias)]:
                self._names[name.lower()] = (row["code"], row["name"], row["ambiguous"] == "yes")
        self._first_words = {name.split()[0] for name in self._names if " " in name}

    def name_of(self, code: str) -> str:
        """Return the name of a municipality by its code, or the code itself."""
        return next((name for found, name, _ in self._names.values() if found == code), code)

    def read(self, folded: Folded) -> Iterator[Place]:
        """Yield every place, from left to right."""
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded.text)]
        for number, (word, start, end) in enumerate(words):
            if word in self._first_words and number + 1 < len(words):
                pair = f"{word} {words[number + 1][0]}"
                if pair in self._names:
                    code, name, _ = self._names[pair]
                    original = folded.span(start, words[number + 1][2])
                    yield Place(municipality=code, name=name, start=original[0], end=original[1])
                    continue
            found = self._names.get(word) or (self._names.get(word[:-1]) if word.endswith("s") and len(word) > 4 else None)
            if found is None:
                continue
            code, name, ambiguous = found
            before = words[number - 1][0] if number else ""
            if ambiguous and before not in _PREPOSITIONS:
                continue
            original = folded.span(start, end)
            yield Place(municipality=code, name=name, start=original[0], end=original[1])

    def read_field(self, value: str) -> str | None:
        """Return the code for a field that holds a place and nothing else, or None."""
        found = self._names.get(value.strip().lower())
        return found[0] if found else None
