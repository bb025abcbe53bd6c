"""People succeed each other while the contact stays."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, person, stay

NAMES = ("Lina", "Mia", "Eva", "Sara", "Nora")


def turns(days: int, every: int, people: int = 4, town: str = "Malmö") -> dict[str, tuple[Row, ...]]:
    """People who stay for some days each, a new one every so many days, on one phone."""
    starts = [(number, NAMES[number], 1 + number * every) for number in range(people)]
    return {
        "person": tuple(person(number, name, first=first, last=first + days - 1) for number, name, first in starts),
        "stay": tuple(stay(number, town, first, first + days - 1) for number, _, first in starts),
    }


def merged(first: dict[str, tuple[Row, ...]], later: int) -> dict[str, tuple[Row, ...]]:
    """The same people again, so many days later."""
    again = [(number, one) for number, one in enumerate(first["stay"])]
    stays = tuple(stay(10 + number, "Malmö", 1 + later + 5 * number, 4 + later + 5 * number) for number, _ in again)
    return {
        "person": (*first["person"], *(person(10 + number, NAMES[number], first=1 + later + 5 * number, last=4 + later + 5 * number) for number, _ in again)),
        "stay": (*first["stay"], *stays),
    }


AGAIN = merged(turns(4, 5), 24)
STILL_THERE = tuple(person(20 + number, NAMES[number], first=1, last=40) for number in range(3))
PLACELESS = {**turns(10, 12), "person": (*turns(10, 12)["person"], *STILL_THERE)}
CROWD = turns(13, 4, people=5)
TOWNS = ("Malmö", "Lund", "Ystad", "Höör")
MOVED = {**turns(10, 12), "stay": tuple(stay(number, town, 1 + 12 * number, 10 + 12 * number) for number, town in enumerate(TOWNS))}

INDICATOR = Indicator(
    id="persona_rotation_fixed_contact",
    title=Text(sv="Personer byts ut men kontakten består", en="People rotate, contact stays"),
    definition=Text(
        sv="På en telefon eller annan kontakt i en kommun avlöser minst fyra personer varandra inom 60 dagar, med en medianvistelse på högst 14 dagar "
        "och liten överlappning: varje vistelse jämförs med den nästa personens.",
        en="At one phone or other contact in one municipality at least four people succeed each other within 60 days, with a median stay of at most 14 days "
        "and little overlap: each stay is held against the next person's.",
    ),
    family="movement",
    tier="strong",
    sources=("unodc", "nrk2022", "polaris_imb"),
    innocent=(
        Text(sv="En arbetslägenhet som hyrs ut med en gemensam telefon.", en="A rented work flat with a shared phone."),
        Text(sv="Ett korttidsboende som självständiga personer använder.", en="A short let that independent people use."),
        Text(sv="En person som byter namn och bilder.", en="One person who changes name and pictures."),
    ),
    misses=(
        Text(sv="Personer som stannar längre än två veckor.", en="People who stay longer than two weeks."),
        Text(sv="En kontakt som byts samtidigt som personen.", en="A contact that changes together with the person."),
    ),
    reads=("person", "stay"),
    params={"min_personas": 4, "window_days": 60, "max_median_stay_days": 14, "away_days": 7, "max_overlap": 0.3},
    rule=Sql("persona_rotation_fixed_contact.sql"),
    explain=Text(
        sv="{n} personer har avlöst varandra på samma kontakt i {city} (medianvistelse {m} dagar).",
        en="{n} people have succeeded each other on one contact in {city} (median stay {m} days).",
    ),
    examples=(
        Example(name="four people, ten days each, one after the other", given=turns(10, 12), finds=frozenset({"phone-1:Malmö"})),
        Example(name="a stay of just fourteen days", given=turns(14, 15), finds=frozenset({"phone-1:Malmö"})),
        Example(name="people who stay fifteen days", given=turns(15, 16), finds=frozenset()),
        Example(name="three people are too few", given=turns(10, 12, people=3), finds=frozenset()),
        Example(name="friends who work the same days share a phone and do not rotate", given=turns(10, 0), finds=frozenset()),
        Example(name="people who come one after the other but slowly", given=turns(10, 31), finds=frozenset()),
        Example(name="people who each come back after weeks have two short stays, not one long one", given=AGAIN, finds=frozenset({"phone-1:Malmö"})),
        Example(name="an ad without a place does not make somebody leave", given=PLACELESS, finds=frozenset()),
        Example(name="many who stay at once, each starting a little after the last, succeed nobody", given=CROWD, finds=frozenset()),
        Example(name="people in one town each are no rotation in a town", given=MOVED, finds=frozenset()),
    ),
)
