"""One account uses several phones, for different people."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person


def posted(number: int, name: str, phone: str, *, first: int = 1, last: int = 10) -> tuple[Row, Row]:
    """Somebody's ad under an account of the site, with a phone."""
    mine = person(number, name, phone=phone, first=first, last=last)
    return mine, {**mine, "contact_id": "account-1", "kind": "account", "main": False}


def world(*ads: tuple[Row, Row]) -> dict[str, tuple[Row, ...]]:
    """All of them together."""
    people = tuple(row for pair in ads for row in pair)
    return {"person": people, "contact": contacts(people)}


INDICATOR = Indicator(
    id="multi_phone_single_account",
    title=Text(sv="Flera telefonnummer på samma konto", en="Several phones under one account"),
    definition=Text(
        sv="Ett konto på en sajt använder minst tre telefonnummer inom 60 dagar för olika personer, av vilka minst två inte delar något nummer.",
        en="One account of a site uses at least three phones within 60 days for different people, at least two of whom share no number.",
    ),
    family="contact",
    tier="moderate",
    sources=("toex2022",),
    innocent=(
        Text(sv="Ett byte av nummer efter trakasserier eller förföljelse.", en="A number changed after harassment or stalking."),
        Text(
            sv="En och samma resande person med ett kontantkort i varje land; då är det en person och inget tecken.",
            en="One touring person with a card for each country; then it is one person and no sign.",
        ),
    ),
    misses=(
        Text(sv="Ett nytt konto för varje nummer.", en="A new account for each number."),
        Text(sv="Sajter som inte visar vem som lagt in annonsen.", en="Sites that do not show who posted an ad."),
    ),
    reads=("contact", "person"),
    params={"min_phones": 3, "min_personas": 2, "window_days": 60},
    rule=Sql("multi_phone_single_account.sql"),
    explain=Text(sv="Kontot har använt {n} telefonnummer för olika personer.", en="The account has used {n} phone numbers for different people."),
    examples=(
        Example(
            name="three phones for three people",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-2"), posted(3, "Eva", "phone-3")),
            finds=frozenset({"account-1"}),
        ),
        Example(name="two phones are too few", given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-2")), finds=frozenset()),
        Example(
            name="one person with a card for each country",
            given=world(*(posted(number, "Lina", f"phone-{number}") for number in range(1, 5))),
            finds=frozenset(),
        ),
        Example(
            name="one person with many cards who lends one to a friend",
            given=world(*(posted(number, "Lina", f"phone-{number}") for number in range(1, 4)), posted(4, "Mia", "phone-1")),
            finds=frozenset(),
        ),
        Example(
            name="a third phone on the last day of the window",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-2"), posted(3, "Eva", "phone-3", first=70, last=80)),
            finds=frozenset({"account-1"}),
        ),
        Example(
            name="a third phone a day later",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-2"), posted(3, "Eva", "phone-3", first=71, last=80)),
            finds=frozenset(),
        ),
    ),
)
