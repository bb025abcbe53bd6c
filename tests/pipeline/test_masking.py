"""What is shown never holds a number or an address of a person."""

from __future__ import annotations

import pytest

from benchmarks.reading_cases import phones
from benchmarks.reading_cases.languages import sentences
from pipeline.home import SHIPPED_CONFIG
from pipeline.masking import MASK, Masker, without_spans
from tests.reading.conftest import shipped_reading

SHIPPED = Masker(shipped_reading(SHIPPED_CONFIG).number_words_of_all_languages())
MASKER = Masker(["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "sjuttio"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring 070-174 06 05 nu", f"Ring {MASK} nu"),
        ("noll sju noll ett sju fyra", MASK),
        ("noll SJU 0 ett", MASK),
        ("０７０１７４", MASK),
        ("0️⃣7️⃣0️⃣1️⃣", MASK),
        ("skriv till lina(at)exempel.se eller @exempel_lina", f"skriv till {MASK} eller {MASK}"),
        ("fem rum, sex stolar, 24 år", "fem rum, sex stolar, 24 år"),
    ],
)
def test_numbers_and_addresses_are_masked_and_words_left(text: str, shown: str) -> None:
    assert MASKER.mask(text) == shown


def test_spans_are_masked_whatever_they_look_like() -> None:
    assert without_spans("ring O7O lI7 nu, O7O igen", [(5, 12), (8, 12), (17, 20)]) == f"ring {MASK} nu, {MASK} igen"


def test_a_number_hidden_in_any_way_is_masked_without_being_read() -> None:
    shown = {case.kind: SHIPPED.mask(case.text) for case in phones.hidden(9, 2)}
    assert {kind: text for kind, text in shown.items() if MASK not in text or sum(map(str.isdigit, text)) > 3} == {}


def test_ordinary_sentences_of_twelve_languages_are_shown_whole() -> None:
    assert [case.text for case in sentences() if SHIPPED.mask(case.text) != case.text] == []


@pytest.mark.parametrize(
    "text",
    ["sjuttiofyranollsexnollfem", "n.o.l.l.s.j.u.n.o.l.l", "t.me/exempel_lina", "lina snabel-a exempel punkt se", "noll sju sen noll ett", "ศูนย์เจ็ดศูนย์หนึ่ง"],
)
def test_disguises_are_masked_whole(text: str) -> None:
    assert SHIPPED.mask(text) == MASK
