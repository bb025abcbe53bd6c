"""One person travels between municipalities."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day, person, stay


def world(*stops: tuple[str, int], other: str = "Lina") -> dict[str, tuple[Row, ...]]:
    """Ads of five days each, town after town; the last may be another person's."""
    numbered = list(enumerate(stops))
    names = ["Lina"] * (len(stops) - 1) + [other]
    return {
        "person": tuple(person(number, names[number], first=first, last=first + 5) for number, (_, first) in numbered),
        "stay": tuple(stay(number, town, first, first + 5) for number, (town, first) in numbered),
    }


def says(*stops: tuple[str, int]) -> dict[str, tuple[Row, ...]]:
    """One ad that is up for ten days in Malmö and names the days on which she will be in other towns."""
    said = tuple({"ad_id": 1, "municipality": town, "town": town, "starts": day(first).date(), "ends": day(first + 3).date()} for town, first in stops)
    return {"person": (person(1, "Lina"),), "stay": (stay(1, "Malmö", 1, 10),), "said_stay": said}


INDICATOR = Indicator(
    id="individual_touring",
    title=Text(sv="En person turnerar", en="One person tours"),
    definition=Text(
        sv="En ensam person med en kontakt syns i minst tre kommuner inom 30 dagar, eller säger i annonsen när hon är där. Väger inget: att resa "
        "själv är det vanliga sättet att arbeta utanför storstäderna. Visas för att planera när någon kan nås.",
        en="A single person with one contact is seen in at least three municipalities within 30 days, or says in the ad when she is there."
        " Weighs nothing: touring is the normal way of working outside the large cities. Shown to plan when somebody can be reached.",
    ),
    family="movement",
    tier="context-only",
    sources=("nij2024",),
    innocent=(
        Text(
            sv="Att resa och arbeta själv är det vanliga i Sverige utanför storstäderna.",
            en="Independent touring is the normal business model in Sweden outside big cities.",
        ),
    ),
    misses=(Text(sv="Den som byter kontakt under resan.", en="Somebody who changes contact on the way."),),
    reads=("person", "said_stay", "stay"),
    params={"min_places": 3, "window_days": 30},
    rule=Sql("individual_touring.sql"),
    explain=Text(
        sv="Personen verkar resa mellan orter - påverkar när ni kan nå personen, inte behovsbedömningen.",
        en="The person seems to travel between towns - it bears on when to reach the person, not on any need.",
    ),
    route="context",
    examples=(
        Example(name="three towns in a month", given=world(("Malmö", 1), ("Lund", 10), ("Ystad", 20)), finds=frozenset({"k-1"})),
        Example(name="two towns", given=world(("Malmö", 1), ("Lund", 10), ("Malmö", 20)), finds=frozenset()),
        Example(name="the third town on the last day of the window", given=world(("Malmö", 1), ("Lund", 10), ("Ystad", 36)), finds=frozenset({"k-1"})),
        Example(name="the third town a day later", given=world(("Malmö", 1), ("Lund", 10), ("Ystad", 37)), finds=frozenset()),
        Example(name="an ad that names the days in two more towns", given=says(("Lund", 12), ("Ystad", 20)), finds=frozenset({"k-1"})),
        Example(name="an ad that names one more town", given=says(("Lund", 12), ("Lund", 20)), finds=frozenset()),
        Example(name="days in a third town that are too far off", given=says(("Lund", 12), ("Ystad", 46)), finds=frozenset()),
        Example(name="two people on one phone are another matter", given=world(("Malmö", 1), ("Lund", 10), ("Ystad", 20), other="Mia"), finds=frozenset()),
    ),
)
