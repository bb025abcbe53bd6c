"""What is shown never holds a number or an address of a person."""

from __future__ import annotations

import pytest

from pipeline.masking import MASK, Masker, without_spans

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
