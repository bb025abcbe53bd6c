"""One person, as advertised, states ages that do not agree."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day, named, person, picture


def world(*stated: tuple[int, int], names: tuple[str, str] = ("Lina", "Lina"), pictures: tuple[int, int] = (1, 1)) -> dict[str, tuple[Row, ...]]:
    """Ads on one phone, each with its age and the day on which it says so."""
    people = tuple(person(number, names[number], first=on, last=on + 5) for number, (_, on) in enumerate(stated))
    return {
        "person": people,
        "observed": named(people),
        "photo_group": tuple(picture(number, group) for number, group in enumerate(pictures)),
        "stated_age": tuple({"ad_id": number, "version_id": number, "age": age} for number, (age, _) in enumerate(stated)),
        "sighting": tuple({"ad_id": number, "version_id": number, "seen_at": day(on)} for number, (_, on) in enumerate(stated)),
    }


INDICATOR = Indicator(
    id="age_inconsistency",
    title=Text(sv="Angiven ålder varierar", en="Stated age inconsistent"),
    definition=Text(
        sv="Annonser med samma telefon, samma namn och samma bild anger åldrar som skiljer minst fyra år mer än tiden förklarar, inom ett år. Att "
        "ange en annan ålder är vanlig reklam.",
        en="Ads with the same phone, name and picture state ages that differ by at least four years more than time explains, within a year. "
        "Stating another age is normal marketing.",
    ),
    family="inconsistency",
    tier="weak",
    sources=("stim2021", "memory"),
    innocent=(
        Text(sv="Vanlig reklam.", en="Marketing."),
        Text(sv="Ett skrivfel.", en="A typo."),
        Text(sv="Två personer med samma artistnamn på en telefon.", en="Two people with one stage name on a phone."),
    ),
    misses=(Text(sv="Åldrar i annonser utan bild.", en="Ages in ads without a picture."),),
    reads=("excluded", "observed", "person", "photo_group", "sighting", "stated_age"),
    params={"min_span": 4, "window_days": 365},
    rule=Sql("age_inconsistency.sql"),
    explain=Text(sv="Åldern anges olika: {ages}.", en="The age is stated differently: {ages}."),
    examples=(
        Example(name="four years apart the same day", given=world((24, 1), (28, 1)), finds=frozenset({"phone-1"})),
        Example(name="three years apart", given=world((24, 1), (27, 1)), finds=frozenset()),
        Example(name="a year passed: five years for four", given=world((24, 1), (28, 200)), finds=frozenset()),
        Example(name="two people on a phone who show the same room", given=world((24, 1), (31, 1), names=("Lina", "Mia")), finds=frozenset()),
        Example(name="one name and other pictures may be two people", given=world((24, 1), (31, 1), pictures=(1, 2)), finds=frozenset()),
        Example(name="more than a year later", given=world((24, 1), (31, 370)), finds=frozenset()),
    ),
)
