"""The names by which people call the 290 municipalities and the districts of the ten largest cities, with how far each may be trusted."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

ASCII_MIN = 4  # letters of a name whose spelling without dots is looked for: "are" is a word
_NO_ASCII = ("åmål", "höör")  # Amal is a person's name
_ASCII = str.maketrans("åäöé", "aaoe")
_DIGRAPHS = (("å", "aa"), ("ä", "ae"), ("ö", "oe"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of a municipality.

    `hold`: '' is trusted anywhere; rare wants a preposition before it; word (an ordinary word) wants a preposition and a capital;
    name (a person's name) wants "i" or the like; district wants its city named in the text, or a preposition and a capital.
    """

    code: str
    municipality: str
    hold: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO((files("pipeline.reading") / name).read_text("utf-8")))


@functools.cache
def municipality_names() -> dict[str, str]:
    """Return the names of the 290 municipalities by their SCB codes of four digits."""
    return {row["code"]: row["name"] for row in _rows("municipalities.csv")}


@functools.cache
def county_names() -> dict[str, str]:
    """Return the names of the 21 counties by the first two digits of their municipalities' codes."""
    return {row["code"][:2]: row["county"] for row in _rows("municipalities.csv")}


@functools.cache
def names() -> dict[tuple[str, ...], tuple[Name, ...]]:
    """Return every name in lower case, as its words, with the municipalities that it may mean."""
    found: dict[tuple[str, ...], list[Name]] = {}
    for row in _rows("municipalities.csv"):
        entry = Name(code=row["code"], municipality=row["name"], hold=row["ambiguous"])
        _add(found, row["name"].lower(), entry)
        for alias in filter(None, row["aliases"].split("|")):
            _add(found, alias, Name(code=row["code"], municipality=row["name"], hold=""))
    _add_districts(found)
    for words, entries in list(found.items()):
        name = " ".join(words)
        if len(name) >= ASCII_MIN and name not in _NO_ASCII:
            for spelling in {name.translate(_ASCII), _digraphs(name)} - {name}:
                found.setdefault(tuple(spelling.split()), entries)
    return {words: tuple(entries) for words, entries in found.items()}


def _add_districts(found: dict[tuple[str, ...], list[Name]]) -> None:
    known = municipality_names()
    for row in _rows("districts.csv"):
        for name in row["names"].split("|"):
            entry = Name(code=row["code"], municipality=known[row["code"]], hold="district" if name.startswith("?") else "")
            _add(found, name.lstrip("?"), entry)


def _add(found: dict[tuple[str, ...], list[Name]], name: str, entry: Name) -> None:
    found.setdefault(tuple(name.replace("-", " ").split()), []).append(entry)


def _digraphs(name: str) -> str:
    for letter, pair in _DIGRAPHS:
        name = name.replace(letter, pair)
    return name
