"""A number is read however it is written; what only looks like one is left alone."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from benchmarks.reading_cases import phones as cases
from benchmarks.reading_cases import traps
from benchmarks.reading_cases.case import Case
from benchmarks.reading_cases.ways import WAYS
from pipeline.home import SHIPPED_CONFIG
from pipeline.reading.model import Contact
from pipeline.reading.phones import resolved
from tests.reading.conftest import reader, shipped_reading

FICTION = "+46701740605"
SEED = 7
SUPPORT_LINE = max(shipped_reading(SHIPPED_CONFIG).support_numbers, key=len)


def read(text: str) -> list[Contact]:
    return [contact for contact in reader().read(text).contacts if contact.kind == "phone"]


def values(text: str) -> list[str]:
    return [contact.value for contact in read(text)]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_hiding_a_number_is_read(way: str) -> None:
    hidden = [case for case in cases.hidden(SEED, 3) if case.kind == way]
    assert [set(values(case.text)) for case in hidden] == [set(case.phones) for case in hidden]


@pytest.mark.parametrize("case", list(cases.plain(SEED, 60)), ids=lambda case: case.text[:20])
def test_a_plain_number_is_read_beside_other_figures(case: Case) -> None:
    assert set(values(case.text)) == set(case.phones)


@pytest.mark.parametrize("kind", traps.TRAPS)
def test_a_trap_holds_no_number(kind: str) -> None:
    assert [case.text for case in traps.traps(SEED, 12) if case.kind == kind and values(case.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "070 hundrasjuttiofyra noll sex noll fem",
        "noll sjuttio sjutton fyrtio sextio fem",
        "n0ll sju n0ll ett sju fyra n0ll s3x n0ll f3m",
        "nоll sju nоll ett sju fyra nоll sex nоll fem",  # Cyrillic o
        "零七零一七四零六零五",
        "\u202e5060471070",
        "5060471070 (läs baklänges)",
        "plus fyra sex sju noll ett sju fyra noll sex noll fem",
        "07x01x74x06x05",
        "Noll sju noll... ett sju fyra... noll sex... noll fem",
        "soon jed soon neung jed see soon hok soon haa",
        "0\u03367\u03360\u03361\u03367\u03364\u03360\u03366\u03360\u03365\u0336",
    ],
)
def test_odd_disguises(text: str) -> None:
    assert values(text) == [FICTION]


def test_confidence_and_steps_say_what_was_needed() -> None:
    plain, words, lookalikes, misspelt = (
        read(text)[0]
        for text in ("070-174 06 05", "noll sju noll ett sju fyra noll sex noll fem", "O70-I74 06 05", "noll sju noll etttt sjju fyra noll sex noll fem")
    )
    assert (plain.confidence, plain.steps) == (0.99, 0)
    assert plain.confidence > words.confidence > lookalikes.confidence > misspelt.confidence
    assert words.steps == 10


def test_spans_count_code_points_of_the_text_as_given() -> None:
    text = "🌸 Ring ０７０❤️174 06 05 nu"
    assert [text[contact.start : contact.end] for contact in read(text)] == ["０７０❤️174 06 05"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring +33 1 99 00 12 34", ["+33199001234"]),
        ("Call 001 202 555 0143", ["+12025550143"]),
        (f"Ring 112 eller 1177, socialjour {SUPPORT_LINE[:3]}-{SUPPORT_LINE[3:]}", []),
    ],
)
def test_foreign_numbers_want_a_prefix_and_support_lines_are_nobodys(text: str, found: list[str]) -> None:
    assert values(text) == found


def test_a_number_that_two_countries_own_keeps_both_readings() -> None:
    found = read("Llámame al 612 345 678, por favor")
    assert [(contact.value[:3], contact.confidence) for contact in found] == [("+34", 0.5), ("+66", 0.4)]
    assert len({(contact.start, contact.end) for contact in found}) == 1


def test_a_direction_mark_after_a_number_does_not_turn_it_around() -> None:
    assert values("Ring noll sju noll ett sju fyra noll sex noll fem. V\u202egnp.exe") == [FICTION]
    assert values("Ring \u202e50 60 471-070\u202c i dag") == [FICTION]


def test_a_number_dialled_within_sweden_is_what_phonenumbers_makes_of_it() -> None:
    dice = random.Random(SEED)
    written = [f"0{dice.choice(('7', '70', '8', '31', '40', '980', '900', '20', '1'))}{dice.randrange(10**8):08}"[: dice.randrange(7, 15)] for _ in range(400)]
    parsed = {raw: phonenumbers.parse(raw, "SE") for raw in written}
    wanted = {raw: phonenumbers.format_number(number, 0) if phonenumbers.is_valid_number(number) else "" for raw, number in parsed.items()}
    assert {raw: resolved(raw, "SE")[0] for raw in written} == wanted
    assert 50 < sum(map(bool, wanted.values())) < 350
