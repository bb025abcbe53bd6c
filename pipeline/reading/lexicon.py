"""The lexicon: phrases that are signs, by language and indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of one language; its id names language, indicator and place in the list, counted from 1."""

    id: str
    indicator: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All phrases, and the words that negate in each language."""

    phrases: tuple[Phrase, ...]
    negators: dict[str, tuple[str, ...]]


def parse(raw: Mapping[str, Mapping[str, Any]]) -> tuple[Lexicon, list[str]]:
    """Turn config/lexicon/<language>.toml tables into a lexicon, and list every mistake with its file."""
    phrases: list[Phrase] = []
    negators: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for language, table in sorted(raw.items()):
        where = f"config/lexicon/{language}.toml"
        words = table.get("negators")
        if not isinstance(words, list) or not words:
            faults.append(f'{where}: negators is missing; write negators = ["..."]')
        else:
            negators[language] = tuple(map(str, words))
        for indicator, cues in table.get("cues", {}).items():
            listed = cues.get("phrases") if isinstance(cues, Mapping) else None
            if not isinstance(listed, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in listed):
                faults.append(f'{where} [cues.{indicator}]: write phrases = ["..."]')
                continue
            phrases += [
                Phrase(id=f"{language}:{indicator}:{number}", indicator=indicator, language=language, text=phrase)
                for number, phrase in enumerate(listed, start=1)
            ]
    if not raw:
        faults.append("config/lexicon: no language file; copy the folder from the program's config")
    return Lexicon(phrases=tuple(phrases), negators=negators), faults
