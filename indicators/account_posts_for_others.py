"""One account advertises several people at once."""

from datetime import timedelta

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, day, person


def posted(number: int, name: str, phone: str, *, first: int = 1, last: int = 10) -> tuple[Row, Row]:
    """Somebody's ad under an account of the site, with a phone."""
    mine = person(number, name, phone=phone, first=first, last=last)
    return mine, {**mine, "contact_id": "account-1", "kind": "account", "main": False}


def an_hour_later(ad: tuple[Row, Row]) -> tuple[Row, Row]:
    """The same ad, seen for the first time an hour into its first day."""
    mine, account = ({**row, "first_seen": day(10) + timedelta(hours=1)} for row in ad)
    return mine, account


def world(*ads: tuple[Row, Row]) -> dict[str, tuple[Row, ...]]:
    """All of them together."""
    people = tuple(row for pair in ads for row in pair)
    return {"person": people, "contact": contacts(people)}


INDICATOR = Indicator(
    id="account_posts_for_others",
    title=Text(sv="Konto som annonserar för flera", en="An account that posts for several people"),
    definition=Text(
        sv="Ett konto på en sajt har samtidigt annonser för minst tre olika personer som inte delar någon bild.",
        en="One account of a site holds ads for at least three distinct people at the same time, who share no picture.",
    ),
    family="contact",
    tier="moderate",
    sources=("toex2022", "portnoff2017"),
    innocent=(
        Text(sv="En förmedling som öppet är en förmedling.", en="A declared agency."),
        Text(sv="En registrerad massagesalong.", en="A registered massage business."),
        Text(sv="En vän med bättre svenska som lägger in andras annonser.", en="A friend with better Swedish who posts for others."),
        Text(sv="Två eller tre som har en profil ihop.", en="A duo's or trio's profile."),
    ),
    misses=(
        Text(sv="Ett konto för var och en.", en="An account for each person."),
        Text(sv="Sajter som inte visar vem som lagt in annonsen.", en="Sites that do not show who posted an ad."),
    ),
    reads=("contact", "person"),
    params={"min_personas": 3},
    rule=Sql("account_posts_for_others.sql"),
    explain=Text(sv="Ett konto annonserar samtidigt för {n} personer.", en="One account advertises {n} people at the same time."),
    examples=(
        Example(
            name="three people at the same time",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-1"), posted(3, "Eva", "phone-2")),
            finds=frozenset({"account-1"}),
        ),
        Example(name="two friends who post together", given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-1")), finds=frozenset()),
        Example(
            name="the third starts on the day when the first stops",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-1"), posted(3, "Eva", "phone-1", first=10, last=20)),
            finds=frozenset({"account-1"}),
        ),
        Example(
            name="the third is seen first an hour after the first was seen last, on the same night",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-1"), an_hour_later(posted(3, "Eva", "phone-1", first=10, last=20))),
            finds=frozenset({"account-1"}),
        ),
        Example(
            name="the third starts a day after the first stopped",
            given=world(posted(1, "Lina", "phone-1"), posted(2, "Mia", "phone-1"), posted(3, "Eva", "phone-1", first=11, last=20)),
            finds=frozenset(),
        ),
        Example(
            name="one person who re-posts is not a finding",
            given=world(*(posted(number, "Lina", "phone-1") for number in range(1, 6))),
            finds=frozenset(),
        ),
    ),
)
