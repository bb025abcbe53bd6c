"""One contact binds many people in many municipalities together."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person, stay

FIVE = ("Lina", "Mia", "Eva", "Sara", "Nora")


def world(names: tuple[str, ...], towns: tuple[str, ...]) -> dict[str, tuple[Row, ...]]:
    """People on one phone, town after town."""
    people = tuple(person(number, name) for number, name in enumerate(names))
    return {"person": people, "contact": contacts(people), "stay": tuple(stay(number, towns[number % len(towns)], 1, 10) for number in range(len(names)))}


INDICATOR = Indicator(
    id="contact_hub",
    title=Text(sv="Nav i kontaktnätet", en="Hub contact"),
    definition=Text(
        sv="En kontakt förekommer i annonser för minst fem personer i minst tre kommuner, när växlar och sajters egna nummer är borttagna.",
        en="One contact stands in ads for at least five people in at least three municipalities, once switchboards and sites' own numbers are "
        "removed.",
    ),
    family="contact",
    tier="moderate",
    sources=("infoshield", "freeman2025", "portnoff2017"),
    innocent=(
        Text(sv="En bokningsplattform.", en="A booking platform."),
        Text(sv="En stöd- eller trygghetsorganisation som står som kontakt.", en="A support or safety organisation listed as contact."),
        Text(sv="Ett allmänt nummer.", en="A generic number."),
        Text(sv="Ett nät av bluffannonser.", en="A scam network."),
    ),
    misses=(Text(sv="Nätverk som delar upp sina kontakter ort för ort.", en="Networks that divide their contacts town by town."),),
    reads=("contact", "person", "stay"),
    params={"min_personas": 5, "min_places": 3},
    rule=Sql("contact_hub.sql"),
    explain=Text(sv="Kontakten binder ihop {n} personer i {k} kommuner.", en="The contact binds together {n} people in {k} municipalities."),
    examples=(
        Example(name="five people in three towns", given=world(FIVE, ("Malmö", "Lund", "Ystad")), finds=frozenset({"phone-1"})),
        Example(name="four people in three towns", given=world(FIVE[:4], ("Malmö", "Lund", "Ystad")), finds=frozenset()),
        Example(name="five people in two towns", given=world(FIVE, ("Malmö", "Lund")), finds=frozenset()),
        Example(name="one person who tours is not a hub", given=world(("Lina",) * 5, ("Malmö", "Lund", "Ystad")), finds=frozenset()),
    ),
)
