"""Several people arrive in the same towns in the same order."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, person, stay

TOUR = (("Malmö", 1), ("Lund", 8), ("Helsingborg", 15))


def tour(name: str, number: int, stops: tuple[tuple[str, int], ...], *, days: int = 5, group: int = 1) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """A person with one ad for each stop, and the stays of those ads."""
    numbered = [(number * 10 + stop, town, first) for stop, (town, first) in enumerate(stops)]
    people = tuple(person(ad, name, group=group, phone=f"phone-{group}", first=first, last=first + days) for ad, _, first in numbered)
    return people, tuple(stay(ad, town, first, first + days) for ad, town, first in numbered)


def world(*tours: tuple[tuple[Row, ...], tuple[Row, ...]]) -> dict[str, tuple[Row, ...]]:
    """All of them together."""
    return {"person": tuple(row for people, _ in tours for row in people), "stay": tuple(row for _, stays in tours for row in stays)}


def later(days: int) -> tuple[tuple[str, int], ...]:
    """The same tour some days later."""
    return tuple((town, first + days) for town, first in TOUR)


LINA, MIA = tour("Lina", 1, TOUR), tour("Mia", 2, later(1))

INDICATOR = Indicator(
    id="group_circuit",
    title=Text(sv="Grupp som förflyttas tillsammans", en="Group moves in lockstep"),
    definition=Text(
        sv="Minst tre personer vars kontakter hänger ihop kommer till samma minst tre kommuner i samma ordning, inom en vecka från varandra och inom 45 dagar.",
        en="At least three people whose contacts are linked arrive in the same three municipalities or more in the same order, within a week of each other "
        "and all within 45 days.",
    ),
    family="movement",
    tier="strong",
    sources=("portnoff2017", "freeman2025", "ibanez2014"),
    innocent=(
        Text(sv="Vänner som reser tillsammans.", en="Friends who travel together."),
        Text(sv="En turné som de själva har valt, genom en förmedling.", en="A tour by choice, through an agency."),
        Text(sv="Stora evenemang eller säsongsarbete som drar många till samma orter.", en="Large events or seasonal work that draw many to the same towns."),
    ),
    misses=(
        Text(sv="Personer som skickas till olika orter.", en="People sent to different towns."),
        Text(sv="Personer utan någon gemensam kontakt.", en="People without any contact in common."),
    ),
    reads=("person", "stay"),
    params={"min_personas": 3, "min_places": 3, "window_days": 45, "step_days": 7},
    rule=Sql("group_circuit.sql"),
    explain=Text(
        sv="{n} personer med samma kontakt har följt samma rutt: {places}.",
        en="{n} people with the same contact have followed the same route: {places}.",
    ),
    examples=(
        Example(name="three people, three towns, one order", given=world(LINA, MIA, tour("Eva", 3, later(6))), finds=frozenset({"k-1"})),
        Example(name="one person who tours alone is not a finding", given=world(LINA), finds=frozenset()),
        Example(name="two friends on tour are too few", given=world(LINA, MIA), finds=frozenset()),
        Example(name="the third comes more than a week later", given=world(LINA, MIA, tour("Eva", 3, later(9))), finds=frozenset()),
        Example(
            name="the same towns in another order is not a circuit",
            given=world(LINA, MIA, tour("Eva", 3, (("Helsingborg", 1), ("Lund", 8), ("Malmö", 15)))),
            finds=frozenset(),
        ),
        Example(
            name="a house that advertises in three towns at once does not move",
            given=world(*(tour(name, number, (("Malmö", 1), ("Lund", 1), ("Helsingborg", 1)), days=40) for number, name in enumerate(("Lina", "Mia", "Eva")))),
            finds=frozenset(),
        ),
        Example(
            name="people in one cluster by a picture alone have no contact in common",
            given=world(LINA, MIA, tour("Eva", 3, later(1), group=2)),
            finds=frozenset(),
        ),
        Example(
            name="a tour slower than the window is not a finding",
            given=world(*(tour(name, number, (("Malmö", 1), ("Lund", 20), ("Helsingborg", 47))) for number, name in enumerate(("Lina", "Mia", "Eva")))),
            finds=frozenset(),
        ),
    ),
)
