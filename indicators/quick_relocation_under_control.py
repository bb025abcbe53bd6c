"""People whose contact is shared move every few days."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, person, stay

TOWNS = ("Malmö", "Lund", "Ystad")


def world(*, days: int = 4, phones: tuple[str, ...] = ("phone-1",) * 3, every: int = 5, towns: tuple[str, ...] = TOWNS) -> dict[str, tuple[Row, ...]]:
    """Three people who are in each town for some days, a new one every so many days; each on her phone."""
    people, stays = [], []
    for place, (name, phone) in enumerate(zip(("Lina", "Mia", "Eva"), phones, strict=True)):
        for number, town in enumerate(towns):
            first, last = 1 + number * every, number * every + days
            people.append(person(10 * place + number, name, phone=phone, first=first, last=last))
            stays.append(stay(10 * place + number, town, first, last))
    return {"person": tuple(people), "stay": tuple(stays)}


INDICATOR = Indicator(
    id="quick_relocation_under_control",
    title=Text(sv="Mycket korta vistelser i hanterat kluster", en="Very short stays across a managed cluster"),
    definition=Text(
        sv="Bland personer som annonseras på samma telefon eller samma konto, minst tre, är vistelserna på en ort högst fyra dagar i median, och "
        "tillsammans byter de ort minst sex gånger på 30 dagar.",
        en="Among people who are advertised on one phone or one account, three at least, stays in a town last four days at most in the median, and "
        "together they move at least six times in 30 days.",
    ),
    family="movement",
    tier="moderate",
    sources=("unodc", "ibanez2014"),
    innocent=(
        Text(sv="Hotellpriser och regler för hur länge man får bo.", en="Prices of hotels and rules on how long one may stay."),
        Text(sv="En agentur planerar turnéer.", en="An agency plans tours."),
        Text(sv="Vänner som turnerar tillsammans på en telefon.", en="Friends who tour together on one phone."),
    ),
    misses=(
        Text(sv="Den som är kvar i annonserna efter att hon rest: flytten syns inte.", en="Somebody whose ads stay up after she left: the move is not seen."),
        Text(sv="Annonser som inte anger ort.", en="Ads that give no town."),
    ),
    reads=("person", "stay"),
    params={"min_personas": 3, "control_days": 60, "max_median_stay_days": 4, "min_moves": 6, "window_days": 30},
    rule=Sql("quick_relocation_under_control.sql"),
    explain=Text(
        sv="Personerna i klustret stannar i median {m} dagar på en ort och har bytt ort {n} gånger på 30 dagar.",
        en="The people of the cluster stay {m} days in a town in the median and have moved {n} times in 30 days.",
    ),
    examples=(
        Example(name="three people on one phone, three towns in a fortnight", given=world(), finds=frozenset({"k-1"})),
        Example(name="stays of five days", given=world(days=5, every=6), finds=frozenset()),
        Example(name="three moves are too few", given=world(towns=TOWNS[:2]), finds=frozenset()),
        Example(name="no contact that three share", given=world(phones=("phone-1", "phone-1", "phone-2")), finds=frozenset()),
        Example(name="moves spread over more than the window", given=world(every=40), finds=frozenset()),
        Example(name="ads that are up in several towns at once move nobody", given=world(days=4, every=2), finds=frozenset()),
    ),
)
