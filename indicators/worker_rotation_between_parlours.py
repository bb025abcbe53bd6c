"""People rotate between parlours."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, at_venue, person

THREE = ("Lina", "Mia", "Eva")
HOUSES = (("rosen", "Malmö"), ("liljan", "Lund"), ("tulpan", "Lund"))


def world(
    names: tuple[str, ...], houses: tuple[tuple[str, str], ...], *, parlours: int = 3, named: bool = True, every: int = 14, staying: bool = False
) -> dict[str, tuple[Row, ...]]:
    """Houses, some with a massage ad of their own, and people who are at one after the other, or (staying) each at her own."""
    people, seen = [], [at_venue(900 + number, venue, town, category="massage") for number, (venue, town) in enumerate(houses[:parlours])]
    for turn, (venue, town) in enumerate(houses):
        for place, name in enumerate(names):
            if not staying or place == turn:
                number, first = 10 * turn + place, 1 + turn * every
                people.append(person(number, name, first=first, last=first + 9))
                seen.append(at_venue(number, venue, town, named=named, first=first, last=first + 9))
    return {"person": tuple(people), "venue_seen": tuple(seen)}


INDICATOR = Indicator(
    id="worker_rotation_between_parlours",
    title=Text(sv="Personer roterar mellan salonger", en="People rotate between parlours"),
    definition=Text(
        sv="Minst tre personer, var och en bunden av en bild eller en kontakt till minst två lokaler, syns på sammanlagt minst tre lokaler i "
        "minst två kommuner inom 90 dagar, och minst en av dem annonserar massage. Adresser utan namn räknas bara när en massageannons också anger dem.",
        en="At least three people, each tied by a picture or a contact to at least two venues, are seen at no fewer than three venues in two "
        "municipalities within 90 days, at least one of which advertises massage. Addresses without a name count only when a massage ad gives them too.",
    ),
    family="venue",
    tier="strong",
    sources=("nrk2022", "unodc"),
    innocent=(
        Text(sv="En kedja med flera salonger.", en="A chain with several branches."),
        Text(sv="En egenföretagare som hyr en stol.", en="A self-employed masseuse who rents a chair."),
        Text(sv="Semestervikarier.", en="Holiday cover."),
    ),
    misses=(
        Text(sv="Salonger vars annonser inte nämner namn eller adress.", en="Parlours whose ads give neither name nor address."),
        Text(
            sv="Personer som får nytt namn, ny bild och ny kontakt på varje plats.",
            en="People who get a new name, picture and contact at every place.",
        ),
    ),
    reads=("excluded", "person", "photo_group", "venue_seen"),
    params={"min_personas": 3, "min_venues": 3, "min_places": 2, "window_days": 90},
    rule=Sql("worker_rotation_between_parlours.sql"),
    explain=Text(sv="{n} personer har synts på {k} salonger.", en="{n} people have been seen at {k} parlours."),
    examples=(
        Example(name="three people, three parlours, two towns", given=world(THREE, HOUSES), finds=frozenset({"k-1"})),
        Example(name="two people are too few", given=world(THREE[:2], HOUSES), finds=frozenset()),
        Example(name="two parlours are too few", given=world(THREE, (*HOUSES[:2], HOUSES[1])), finds=frozenset()),
        Example(name="three parlours in one town", given=world(THREE, (("rosen", "Malmö"), ("liljan", "Malmö"), ("tulpan", "Malmö"))), finds=frozenset()),
        Example(name="a person at each parlour is nobody who moves", given=world(THREE, HOUSES, staying=True), finds=frozenset()),
        Example(name="one of the three houses advertises massage", given=world(THREE, HOUSES, parlours=1), finds=frozenset({"k-1"})),
        Example(name="friends who tour hotels are at no parlour", given=world(THREE, HOUSES, parlours=0), finds=frozenset()),
        Example(name="addresses that no massage ad gives are flats", given=world(THREE, HOUSES, parlours=1, named=False), finds=frozenset()),
        Example(name="the last stay ends the window", given=world(THREE, HOUSES, every=49), finds=frozenset({"k-1"})),
        Example(name="slower than the window", given=world(THREE, HOUSES, every=50), finds=frozenset()),
    ),
)
