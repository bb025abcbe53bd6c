"""A mask takes a contact and leaves the words beside it whole, wherever in a text they stand."""

from __future__ import annotations

import random

from pipeline.home import SHIPPED_CONFIG
from pipeline.masking import MASK, Masker, without_spans
from tests.reading.conftest import reader, shipped_reading

WORDS = ("Öppet", "O\u0308ppet", "hela", "dagen", "ring", "mig", "gärna", "kvällen", "rum", "i", "Lund", "Lina", "skriv", "Öl", "alla", "dagar", "Åsa", "här")
CONTACTS = (
    "070-174 06 05", "noll sju noll ett sju fyra noll sex noll fem", "+46 70 174 06 05", "0 7 0 1 7 4 0 6 0 5", "07o-l74 o6 o5", "lina(at)exempel.se",
    "@exempel_lina", "t.me/exempel_lina",
)  # fmt: skip


def test_words_beside_a_contact_stay_whole_and_the_contact_goes() -> None:
    masker, dice = Masker(shipped_reading(SHIPPED_CONFIG).number_words_of_all_languages()), random.Random(5)
    odd = []
    for _ in range(150):
        before, after, contact = dice.choices(WORDS, k=dice.randrange(1, 6)), dice.choices(WORDS, k=dice.randrange(1, 6)), dice.choice(CONTACTS)
        text = " ".join([*before, contact, *after])
        shown = masker.mask(without_spans(text, [(found.start, found.end) for found in reader().read(text).contacts]))
        left = shown.split()
        if MASK not in left or any(word not in WORDS and word != MASK for word in left) or contact in shown:
            odd.append((text, shown))
    assert odd == []


def test_what_is_outside_the_spans_is_left_to_the_letter() -> None:
    dice = random.Random(6)
    for _ in range(300):
        text = "".join(dice.choices("aåo\u0308 1", k=20))
        spans = [(start, start + dice.randrange(5)) for start in dice.choices(range(20), k=3)]
        inside = {at for start, end in spans for at in range(start, end)}
        assert without_spans(text, spans).replace(MASK, "") == "".join(letter for at, letter in enumerate(text) if at not in inside)
