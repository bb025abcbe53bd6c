"""Cues: all of the lexicon, negated, quoted, and the same in every language."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.reading_cases import cues as cases
from benchmarks.reading_cases.case import Case
from pipeline.home import SHIPPED_CONFIG
from pipeline.reading.lexicon import CUE_INDICATORS, parse
from tests.reading.conftest import reader, shipped_lexicon, shipped_reading

LEXICON = shipped_lexicon(SHIPPED_CONFIG)


def read(text: str) -> list[tuple[str, bool]]:
    return [(cue.indicator, cue.negated) for cue in reader().read(text).cues]


def test_the_lexicon_is_whole() -> None:
    assert Counter(phrase.language for phrase in LEXICON.phrases) == {"bg": 22, "en": 92, "es": 22, "hu": 22, "pl": 23, "ro": 22, "ru": 22, "sv": 97, "th": 25}
    assert {phrase.indicator for phrase in LEXICON.phrases} == CUE_INDICATORS


def test_every_phrase_is_found_as_it_stands() -> None:
    missed = [phrase.id for phrase in LEXICON.phrases if phrase.indicator not in {indicator for indicator, negated in read(phrase.text) if not negated}]
    assert missed == []


@pytest.mark.parametrize("case", list(cases.twins(LEXICON.phrases)), ids=lambda case: f"{case.kind} {case.text[:24]}")
def test_twin_ads_fire_the_same_indicator_in_every_language_that_covers_it(case: Case) -> None:
    assert set(case.cues) <= set(read(case.text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jag ljuger inte. Våra tjejer väntar", [("plural_persons_language", False)]),
        ("Tveka inte att kontakta oss", [("third_party_contact_language", False)]),
        ("Inte bara våra tjejer", [("plural_persons_language", False)]),
        ("I don't work without protection", [("no_protection_language", True)]),
        ("no drugs, no limits", [("no_protection_language", False)]),
        ("Utan skydd gör jag inte", [("no_protection_language", True)]),
        ("without protection? no", [("no_protection_language", True)]),
        ('Andra skriver "våra tjejer" men jag är ensam', [("plural_persons_language", True)]),
        ('Hon sa "jag har en skuld" till mig', [("coercion_debt_help_cue", False)]),
        ("Jag är ny. Här bor jag", []),
        ("förskott på lön", [("recruitment_dependency_offer", False)]),
        ("fara protectie", [("no_protection_language", False)]),
        ("våra thailändska tjejer", [("plural_persons_language", False)]),
        ("våra underbara tjejer", [("plural_persons_language", False)]),
        ("våra tjejer och våra söta tjejer", [("plural_persons_language", False), ("plural_persons_language", False)]),
        ("varje vecka kommer nya tjejer", [("people_turnover_language", False)]),
        ("minden héten új lányok", [("people_turnover_language", False)]),
        ("våra härliga unga tjejer", []),
        ("våra inte tjejer", []),
        ("våra kunder. Tjejer", []),
        ("alltid helt tillgänglig", [("constant_availability_language", False)]),
        ("tylko na kilka dni", [("movement_language", False)]),
        ("utan något skydd gör jag inte", [("no_protection_language", True)]),
        ("dygnet runt, dygnet nu runt", [("constant_availability_language", False), ("constant_availability_language", False)]),
        ("ny mobil här", []),
        ("vecka nya tjejer varje", []),
    ],
)
def test_negation_quotation_and_boundaries(text: str, found: list[tuple[str, bool]]) -> None:
    assert read(text) == found


def test_every_demographic_word_changes_no_cue() -> None:
    words = [word for word in shipped_reading(SHIPPED_CONFIG).demographic_words if word.isalpha()]
    expected = read("Ny svensk här, våra svensk tjejer väntar, dygnet runt")
    assert {word: found for word in words if (found := read(f"Ny {word} här, våra {word} tjejer väntar, dygnet runt")) != expected} == {}


def test_a_mistake_in_the_lexicon_is_named_with_file_and_line() -> None:
    source = '# cues\n[cues.movment_language]\nphrases = ["foo (bar"]\n'
    raw = {"xx": {"cues": {"movment_language": {"phrases": ["foo (bar"]}}}}
    assert parse(raw, {"xx": source})[1] == [
        'config/lexicon/xx.toml: negators is missing; write negators = ["..."]',
        "config/lexicon/xx.toml:2: movment_language is not an indicator of words; did you mean movement_language?",
        "config/lexicon/xx.toml:3: 'foo (bar' opens ( and does not close it",
    ]
