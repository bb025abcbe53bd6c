"""Sentences in twelve languages, whole, as first three words, and as ads of two languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from benchmarks.reading_cases.case import Case

SCANDINAVIAN = ("sv", "no", "da")


def sentences() -> Iterator[Case]:
    """Yield every sentence with its language. They do not depend on a seed."""
    listed = tomllib.loads((files("benchmarks.reading_cases") / "languages.toml").read_text("utf-8"))
    for code, lines in listed.items():
        yield from (Case(kind="sentence", text=line, language=code) for line in lines)


def first_words() -> Iterator[Case]:
    """Yield the first three words of every sentence; Thai, which has no spaces, keeps its first eighteen letters."""
    for case in sentences():
        short = case.text[:18] if case.language == "th" else " ".join(case.text.split()[:3])
        yield Case(kind="first words", text=short, language=case.language)
