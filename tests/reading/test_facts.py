"""Places, prices and ages: what an ad says, and what only seems to."""

from __future__ import annotations

import pytest

from benchmarks.reading_cases import facts
from benchmarks.reading_cases.case import Case
from pipeline.reading.gazetteer import county_names, municipality_names
from pipeline.reading.places import PlaceReader
from tests.reading.conftest import reader


@pytest.mark.parametrize("case", list(facts.facts(8, 40)), ids=lambda case: case.text[:20])
def test_prices_and_ages_of_an_ad_are_read_and_their_twins_are_not(case: Case) -> None:
    reading = reader().read(case.text)
    assert {(price.amount, price.currency, price.minutes) for price in reading.prices} == set(case.prices)
    assert {age.value for age in reading.ages} == set(case.ages)


def test_all_municipalities_and_counties_are_known() -> None:
    assert (len(municipality_names()), len(county_names())) == (290, 21)


def test_every_municipality_is_read_where_the_context_decides() -> None:
    read = {code: [place.municipality for place in reader().read(f"Jag bor i {name}.").places] for code, name in municipality_names().items()}
    assert {code: places for code, places in read.items() if places != [code]} == {}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Möllan, Malmö", ["1280", "1280"]),
        ("på Södermalm", ["0180"]),
        ("Haga i Örebro", ["1880", "1880"]),
        ("ett hus i en haga", []),
        ("Malmoe och Goeteborg, Vaxjo", ["1280", "1480", "0780"]),
        ("в Стокгольме, w Sztokholmie, Göteborgissa", ["0180", "0180", "1480"]),
        ("Malmötjej i göteborgsområdet", ["1280", "1480"]),
        ("Malmövägen 5", []),
        ("Stockholms län och Skåne län", []),
        ("kram Nora, ta till vara, kinda shy, i mark och skog", []),
        ("Jag är i Nora", ["1884"]),
    ],
)
def test_places_in_every_dress(text: str, codes: list[str]) -> None:
    assert [place.municipality for place in reader().read(text).places] == codes


def test_a_place_field_holds_a_place_and_nothing_else() -> None:
    fields = ("Helsingborg", "Malmö kommun", "göteborg", "Lunds", "Södermalm", "hos mig", "")
    assert [PlaceReader().read_field(field) for field in fields] == ["1283", "1280", "1480", "1281", "0180", None, None]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("30 min 800, 1h 1500 kr", [(800, "SEK", 30), (1500, "SEK", 60)]),
        ("800 kr halvtimme, 1500 kr timme", [(800, "SEK", 30), (1500, "SEK", 60)]),
        ("30 min 80, 1 h 150 €", [(80, "EUR", 30), (150, "EUR", 60)]),
        ("600, 900 och 1200 kr", [(600, "SEK", None), (900, "SEK", None), (1200, "SEK", None)]),
        ("1,5k/h", [(1500, "SEK", 60)]),
        ("femtonhundra för en timme, två lax för två timmar", [(1500, "SEK", 60), (2000, "SEK", 120)]),
        ("1500 kr, 30 min från centrum", [(1500, "SEK", None)]),
        ("60 min klassisk massage 900 kr", [(900, "SEK", 60)]),
        ("£150 for an hour or 1900 SEK", [(150, "GBP", 60), (1900, "SEK", 60)]),
        ("1 h 1500 kr / 140 €", [(1500, "SEK", 60), (140, "EUR", 60)]),
        ("O oră și jumătate 2400 coroane, ora 1500 lei", [(2400, "SEK", 90), (1500, "RON", 60)]),
        ("Másfél óra 2500 korona, полтора часа 2600 крон", [(2500, "SEK", 90), (2600, "SEK", 90)]),
        ("1 ชั่วโมง 1500 โครน", [(1500, "SEK", 60)]),
        ("tusen tack, öppet 1000-2200, rum 1402, 070-174 06 50 kr", []),
    ],
)
def test_price_lists(text: str, offers: list[tuple[int, str, int | None]]) -> None:
    assert [(price.amount, price.currency, price.minutes) for price in reader().read(text).prices] == offers


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Lina, 24, Helsingborg", [24]),
        ("i 25-årsåldern", [25]),
        ("Tengo 24 años", [24]),
        ("Мне 24 года", [24]),
        ("tjugo fyra år gammal", [24]),
        ("24 år med 5 års erfarenhet", [24]),
        ("min son är 12 år", []),
        ("för 20 år sedan", []),
        ("män över 30 år", []),
        ("öppet i 15 år", []),
        ("har du inte fyllt 18 ring inte", []),
        ("fyller 18 i höst", [17]),
        ("snart 18", [17]),
        ("I turned 16.", [16]),
        ("I just turned sixteen and I am new here", [16]),
        ("Hi, I've just turned 17!", [17]),
        ("Jag fyllde 17 i våras", [17]),
        ("Jag blev 16 i maj", [16]),
        ("I'm only 16", [16]),
        ("Jag är bara 17", [17]),
        ("Мне исполнилось 17", [17]),
        ("Since I turned 18 I travel", []),
        ("I left home when I turned 16", []),
        ("I have done this since I turned 17 and love it", []),
        ("Jag flyttade när jag fyllde 16", []),
        ("You must have turned 18", []),
        ("It turned 16 heads", []),
        ("Salongen fyllde 16 i år", []),
        ("The room is only 16 m2 and I turned it around", []),
        ("16 år", [16]),
        ("vi är 19, 22 och 25 år", [19, 22, 25]),
        ("18, 19, 22 år", [18, 19, 22]),
        ("size 10, 33 years young", [33]),
        ("Heter Tindra och är 26.", [26]),
        ("Valeria de 30 añitos", [30]),
        ("Ålder:27 Längd:170", [27]),
        ("24y, soy de 28 años", [24, 28]),
    ],
)
def test_ages_and_their_false_contexts(text: str, ages: list[int]) -> None:
    assert [age.value for age in reader().read(text).ages] == ages
