"""What is read in a text, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading_cases.case import Case
from benchmarks.reading_cases.hostile import hostile
from benchmarks.reading_cases.languages import sentences
from tests.reading.conftest import reader

FICTION = "+46701740605"


def phones(text: str) -> list[str]:
    return [contact.value for contact in reader().read(text).contacts if contact.kind == "phone"]


@pytest.mark.parametrize(
    "text",
    [
        "Ring 070-174 06 05",
        "+46 70 174 06 05",
        "0046701740605",
        "noll sju noll ett sju fyra noll sex noll fem",
        "nollsjunoll ett sju fyra nollsex nollfem",
        "noll sju noll sjutton\nfyra noll sex noll fem",
        "0️⃣7️⃣0️⃣-1️⃣7️⃣4️⃣ 06 05",
        "０７０１７４０６０５",
        "O7O 174 O6 O5",
        "07❤0❤1❤7❤4❤0❤6❤0❤5",
        "zero seven zero one seven four zero six zero five",
        "ноль семь ноль один семь четыре ноль шесть ноль пять",
        "zero șapte zero unu șapte patru zero șase zero cinci",
        "070 174 sen 06 05",
    ],
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert phones(text) == [FICTION]


@pytest.mark.parametrize(
    "text",
    [
        "öppet 0900-2300 alla dagar",
        "kl 10-22, 1500 kr, 165 cm, 24 år",
        "en två tre fyra rum sex stolar",
        "2026-11-23 till 2026-11-30",
        "30/800 60/1500 120/2500",
        "fem sex personer i ett rum",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert phones(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("skriv lina(at)exempel.se", [("email", "lina@exempel.se")]),
        ("lina [at] exempel [dot] se", [("email", "lina@exempel.se")]),
        ("Telegram: @exempel_lina", [("telegram", "exempel_lina")]),
        ("snap: exempel.lina", [("snapchat", "exempel.lina")]),
        ("kontakta mig via signal eller telegram", []),
        ("exempel_lina (telegram)", [("telegram", "exempel_lina")]),
        ("svarar 24h på telegram", []),
        ("ไลน์ไอดี exempel_45", [("line", "exempel_45")]),
    ],
)
def test_addresses_and_handles(text: str, found: list[tuple[str, str]]) -> None:
    assert [(contact.kind, contact.value) for contact in reader().read(text).contacts] == found


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Nu i Helsingborgs centrum", ["1283"]), ("hbg och Gothenburg", ["1283", "1480"]), ("en vara av hög mark", []), ("tåg från Mora", ["2062"])],
)
def test_places_in_inflection_and_foreign_spelling(text: str, codes: list[str]) -> None:
    assert [place.municipality for place in reader().read(text).places] == codes


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("30 min 800 kr", [(800, "SEK", 30)]),
        ("1 h 1 500:-", [(1500, "SEK", 60)]),
        ("1.500 kr/timme", [(1500, "SEK", 60)]),
        ("60/1500", [(1500, "SEK", 60)]),
        ("150 euro", [(150, "EUR", None)]),
        ("165 cm", []),
    ],
)
def test_prices_with_the_time_they_hold_for(text: str, offers: list[tuple[int, str, int | None]]) -> None:
    assert [(price.amount, price.currency, price.minutes) for price in reader().read(text).prices] == offers


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Jag är 24 år", [24]), ("24-åring", [24]), ("tjugofyra år", [24]), ("18+ bara vuxna", []), ("20 års erfarenhet", []), ("du ska vara minst 25 år", []),
        ("24 kr", []), ("I am 24 years old", [24]),
    ],
)  # fmt: skip
def test_ages_of_the_person_advertised(text: str, ages: list[int]) -> None:
    assert [age.value for age in reader().read(text).ages] == ages


def test_a_negated_cue_is_kept_as_negated() -> None:
    cues = [(cue.indicator, cue.negated) for cue in reader().read("Våra tjejer väntar. Det är inte våra flickor.").cues]
    assert cues == [("plural_persons_language", False), ("plural_persons_language", True)]


@pytest.mark.parametrize("word", ["svensk", "thailändsk", "rumänsk", "trans"])
def test_a_demographic_word_changes_no_cue(word: str) -> None:
    def cues(text: str) -> list[str]:
        return [cue.cue for cue in reader().read(text).cues]

    assert cues(f"Ny {word} tjej i stan, våra tjejer väntar") == cues("Ny polsk tjej i stan, våra tjejer väntar")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_spans_lie_in_the_text(text: str) -> None:
    reading = reader().read(text)
    spans = [(found["start"], found["end"]) for name, listed in reading.as_json().items() if name != "languages" for found in listed]
    assert [(start, end) for start, end in spans if not 0 <= start < end <= len(text)] == []


@pytest.mark.parametrize(("name", "text"), list(hostile()), ids=[name for name, _ in hostile()])
def test_a_hostile_text_is_read_within_its_limits(name: str, text: str) -> None:
    reading = reader().read(text)
    assert len(reading.text) <= 20_000
    assert reading.cut == (len(reading.text) < len(text))
    assert reading.as_json()["unread"] == ([{"start": len(reading.text), "end": len(text)}] if reading.cut else [])
    assert len(reading.contacts) <= 400
    assert max(map(len, (reading.places, reading.prices, reading.ages, reading.cues))) <= 120


def test_half_a_character_from_bytes_that_were_no_text_stops_no_reading() -> None:
    reading = reader().read("\ud800 telegram: exempel_1 Malmö 3-7 december, 070-174 06 05")
    assert [(contact.kind, contact.value) for contact in reading.contacts] == [("telegram", "exempel_1"), ("phone", FICTION)]
    assert [(stay.municipality, stay.first, stay.last) for stay in reading.stays] == [("1280", "12-03", "12-07")]


def test_a_number_behind_more_parts_than_an_ad_has_is_left_alone() -> None:
    assert phones("070-174 06 05 " + "l " * 300) == [FICTION]
    assert phones("l " * 300 + "070-174 06 05") == []


def test_a_long_ordinary_text_is_read_whole() -> None:
    assert not reader().read("Du får en varm kram när du kommer in genom dörren, och te. " * 250).cut


@pytest.mark.parametrize("case", list(sentences()), ids=lambda case: f"{case.language} {case.text[:16]}")
def test_the_language_of_a_sentence(case: Case) -> None:
    assert reader().read(case.text).languages[0].code == case.language


def test_the_languages_of_a_text_come_by_their_share() -> None:
    text = "Välkommen hem till mig, jag bor mitt i stan och tar emot hela veckan.\nYou are welcome to write in English as well."
    assert [language.code for language in reader().read(text).languages] == ["sv", "en"]
