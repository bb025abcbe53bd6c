"""One phone is freshly advertised in distant places at once, for different people."""

from datetime import timedelta

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day, person, stay

TOWNS = ("Malmö", "Umeå")


def world(names: tuple[str, ...], hours: tuple[int, ...], *, km: float = 900.0, phones: tuple[str, str] = ("phone-1",) * 2) -> dict[str, tuple[Row, ...]]:
    """Ads by turns in two towns, posted so many hours after noon of the second day."""
    numbered = list(enumerate(names))
    return {
        "person": tuple(person(number, name, phone=phones[number % 2]) for number, name in numbered),
        "stay": tuple(stay(number, TOWNS[number % 2], 1, 10) for number, _ in numbered),
        "posting": tuple({"ad_id": number, "posted_at": day(2) + timedelta(hours=12 + hours[number])} for number, _ in numbered),
        "distance": tuple({"municipality": one, "other": other, "km": km} for one, other in (TOWNS, TOWNS[::-1])),
    }


INDICATOR = Indicator(
    id="impossible_presence",
    title=Text(sv="Samma telefon på flera orter samtidigt", en="Same phone in distant places at once"),
    definition=Text(
        sv="Inom ett dygn läggs annonser med samma telefon in i två kommuner mer än 150 kilometer från varandra, för olika personer, och det "
        "händer minst två dagar. Sajten själv säger när annonsen lades in.",
        en="Within a day ads with the same phone are posted in two municipalities more than 150 kilometres apart, for different people, on at "
        "least two days. The site itself says when an ad was posted.",
    ),
    family="contact",
    tier="moderate",
    sources=("ibanez2014", "portnoff2017"),
    innocent=(
        Text(
            sv="En person som annonserar i förväg inför en resa; samma person är inget tecken.",
            en="One person who advertises ahead of a tour; the same person is no sign.",
        ),
        Text(sv="En sajt som visar annonsen i grannstäder.", en="A site that duplicates ads to neighbouring towns."),
        Text(sv="Bluffannonser.", en="Scam ads."),
    ),
    misses=(
        Text(sv="Sajter som inte anger klockslag.", en="Sites that give no time of day."),
        Text(
            sv="Avstånd räknas mellan kommunernas mitt; i stora kommuner kan det skilja mil.",
            en="Distances are between the middles of municipalities; in large ones that may be tens of kilometres off.",
        ),
    ),
    reads=("distance", "person", "posting", "stay"),
    params={"min_km": 150, "window_hours": 24, "min_days": 2},
    rule=Sql("impossible_presence.sql"),
    explain=Text(
        sv="Telefonen är aktiv samtidigt i {a} och {b} med olika personer.",
        en="The phone is active at the same time in {a} and {b} with different people.",
    ),
    examples=(
        Example(name="two people, two days, two far towns", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 5, 72, 77)), finds=frozenset({"phone-1"})),
        Example(name="one person who advertises ahead of a tour", given=world(("Lina", "Lina", "Lina", "Lina"), (0, 5, 72, 77)), finds=frozenset()),
        Example(name="one such day is too little", given=world(("Lina", "Mia"), (0, 5)), finds=frozenset()),
        Example(name="just a day apart", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 24, 72, 96)), finds=frozenset({"phone-1"})),
        Example(name="a day and an hour apart", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 25, 72, 97)), finds=frozenset()),
        Example(name="towns just as far apart as asked", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 5, 72, 77), km=150), finds=frozenset({"phone-1"})),
        Example(name="neighbouring towns", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 5, 72, 77), km=149), finds=frozenset()),
        Example(name="a phone each", given=world(("Lina", "Mia", "Lina", "Mia"), (0, 5, 72, 77), phones=("phone-1", "phone-2")), finds=frozenset()),
    ),
)
