"""The lexicon: phrases that are signs, by language and indicator, with the words that turn them around."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Every indicator that may be declared by words. One that is not here would be read each night and never be used.
CUE_INDICATORS = frozenset(
    {
        "client_screening_language",
        "coercion_debt_help_cue",
        "constant_availability_language",
        "incall_only",
        "live_in_cue",
        "minor_school_context",
        "movement_language",
        "no_protection_language",
        "people_turnover_language",
        "plural_persons_language",
        "prepayment_scam_marker",
        "recruitment_dependency_offer",
        "restricted_movement_language",
        "third_party_contact_language",
        "third_person_language",
        "trust_assurance_language",
        "venue_hotel_short_let",
        "youth_emphasis_language",
    }
)
KEYS = ("negators", "no_negation", "quoting", "cues")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of one language; its id names language, indicator and place in the list, counted from 1."""

    id: str
    indicator: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All phrases, and by language: the words that negate, turns of phrase that hold a negator and negate nothing, and verbs that quote."""

    phrases: tuple[Phrase, ...]
    negators: dict[str, tuple[str, ...]]
    no_negation: dict[str, tuple[str, ...]] = field(default_factory=dict)
    quoting: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse(raw: Mapping[str, Mapping[str, Any]], sources: Mapping[str, str] | None = None) -> tuple[Lexicon, list[str]]:
    """Turn config/lexicon/<language>.toml tables into a lexicon, and list every mistake with its file and, given the sources, its line.

    Args:
        raw: the parsed tables by language.
        sources: the files' own text by language, to find lines in.
    """
    phrases: list[Phrase] = []
    words: dict[str, dict[str, tuple[str, ...]]] = {"negators": {}, "no_negation": {}, "quoting": {}}
    faults: list[str] = [] if raw else ["config/lexicon: no language file; copy the folder from the program's config"]
    for language, table in sorted(raw.items()):
        where = _Where(f"config/lexicon/{language}.toml", (sources or {}).get(language, ""))
        faults += [f"{where.at(key)}: {key} is not a key here; known keys: {', '.join(KEYS)}" for key in table if key not in KEYS]
        for key, known in words.items():
            listed = table.get(key, [])
            if not _is_list(listed) or (key == "negators" and not listed):
                faults.append(f'{where.at(key)}: {key} is missing; write {key} = ["..."]' if not listed else f"{where.at(key)}: {key} must be a list of words")
            else:
                known[language] = tuple(listed)
        cues = table.get("cues", {})
        if not isinstance(cues, Mapping):
            faults.append(f"{where.at('cues')}: every indicator is a table of its own, as in [cues.movement_language]")
            continue
        for indicator, body in cues.items():
            wrong = list(_cue_faults(indicator, body, where))
            faults += wrong
            phrases += [] if wrong else _phrases(language, indicator, body["phrases"])
    return Lexicon(phrases=tuple(phrases), negators=words["negators"], no_negation=words["no_negation"], quoting=words["quoting"]), faults


def _phrases(language: str, indicator: str, listed: Sequence[str]) -> list[Phrase]:
    return [Phrase(id=f"{language}:{indicator}:{number}", indicator=indicator, language=language, text=text) for number, text in enumerate(listed, start=1)]


@dataclass(frozen=True, slots=True)
class _Where:
    """A lexicon file, to name a line in it."""

    file: str
    source: str

    def at(self, *wanted: str) -> str:
        """Return "file:line" of the first line that holds all the wanted words, or the file alone when it is not found."""
        for number, line in enumerate(self.source.split("\n"), start=1):
            if all(word in line for word in wanted):
                return f"{self.file}:{number}"
        return self.file


def _is_list(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(item, str) and item.strip() for item in listed)


def _cue_faults(indicator: str, body: object, where: _Where) -> Iterator[str]:
    heading = where.at("[cues.", f"{indicator}]")
    if indicator not in CUE_INDICATORS:
        near = difflib.get_close_matches(indicator, CUE_INDICATORS, n=1)
        yield f"{heading}: {indicator} is not an indicator of words; " + (f"did you mean {near[0]}?" if near else "see docs/indicators for the known ones")
    if not isinstance(body, Mapping) or not body.get("phrases") or not _is_list(body["phrases"]):
        yield f'{heading}: write phrases = ["..."], with at least one'
        return
    yield from (f"{heading}: {key} is not a key here; the only key is phrases" for key in body if key != "phrases")
    for text in body["phrases"]:
        unclosed = next((left for left, right in _PAIRS.items() if text.count(left) != text.count(right)), '"' if text.count('"') % 2 else "")
        if unclosed:
            yield f"{where.at(text)}: {text!r} opens {unclosed} and does not close it"
        elif not any(character.isalnum() for character in text):
            yield f"{where.at(text)}: {text!r} holds no letter or digit"
