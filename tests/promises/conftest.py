"""One installation after one night: a ring whose words name a country, another that says the same of another country, and an ad of a minor."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.keeping.wishes import open_wishes
from tests.keeping.world import START, Installation, ad, phone_of

PASSWORD = "ett ganska långt lösenord"
CIRCUIT = ("Helsingborg", "Malmö", "Lund")
TEXT = (
    "Hej jag heter {name} och är {word}. Jag är i {city} några dagar och tycker om lugna stunder, god musik och långa samtal vid ett fönster. "
    "Ring vår reception på {phone} så ordnar vi en tid."
)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Read it, do not change it."""
    made = Installation(tmp_path_factory.mktemp("promises") / "home")
    ads = [ad(1, START), ad(2, START, age="16")]
    for ring, word in enumerate(("svensk", "rumänsk")):
        for person, name in enumerate(("Lina", "Mia", "Eva", "Sara")):
            for stop, city in enumerate(CIRCUIT):
                number, phone = 100 + 20 * ring + 4 * stop + person, phone_of(40 + ring)
                body = TEXT.format(name=name, word=word, city=city, phone=phone)
                for day in range(3):
                    seen = START - timedelta(days=20 - 8 * stop - day)
                    ads.append(ad(number, seen, phone=phone, name=name, age=str(22 + 5 * person), city=city, body=body))
    made.night(START, *ads)
    with open_wishes(made.home) as book:
        for name, role in (("anna", "coordinator"), ("bertil", "approver"), ("dso", "dpo")):
            book.add_user(name, role=role, organisation="kommunen", password=PASSWORD, note_signed=True, now=START)
    return made
