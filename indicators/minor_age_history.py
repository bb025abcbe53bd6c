"""An earlier ad of the same person gave an age under 18."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ads, contacts, day, named, person


def world(age: int, on: int, later: int, *, name: str = "Lina", phone: str = "phone-1") -> dict[str, tuple[Row, ...]]:
    """An ad that gives an age on a day, and another ad that is last seen later."""
    people = (person(1, "Lina", first=on, last=on), person(2, name, phone=phone, first=later, last=later))
    return {
        "shown_ad": ads(people[1:]),
        "contact": tuple({**one, "version_id": one["ad_id"]} for one in contacts(people)),
        "observed": named(people),
        "stated_age": ({"ad_id": 1, "version_id": 1, "age": age, "minor": age < 18, "field": "text"},),
        "sighting": ({"ad_id": 1, "version_id": 1, "seen_at": day(on)},),
    }


INDICATOR = Indicator(
    id="minor_age_history",
    title=Text(sv="Tidigare uppgift under 18", en="Earlier age under 18"),
    definition=Text(
        sv="Samma namn på samma kontakt har tidigare angett en ålder som med den tid som gått ännu är under 18. Räknas aldrig: annonsen lämnar "
        "allt annat och går till den utsedda tjänstepersonen.",
        en="The same name on the same contact earlier gave an age that, with the time passed, is still under 18. Never counts: the ad leaves "
        "everything else and goes to the named officer.",
    ),
    family="minor",
    tier="route",
    sources=("roe2018", "memory"),
    innocent=(
        Text(sv="Ett nummer som delats ut på nytt.", en="A phone that was reassigned."),
        Text(sv="Ett skrivfel som rättats.", en="A typo that was corrected."),
    ),
    misses=(
        Text(
            sv="Ett nytt namn eller en ny kontakt. Bilder av annonser om barn sparas aldrig och kan inte jämföras.",
            en="A new name or a new contact. Pictures of ads of children are never kept and cannot be compared.",
        ),
    ),
    reads=("contact", "excluded", "observed", "shown_ad", "sighting", "stated_age"),
    params={"min_confidence": 0.9},
    rule=Sql("minor_age_history.sql"),
    explain=Text(sv="Tidigare annons angav under 18 år.", en="An earlier ad gave an age under 18."),
    route="minor_safety",
    examples=(
        Example(name="seventeen in an earlier ad", given=world(17, 1, 60), finds=frozenset({"ad:2"})),
        Example(name="seventeen more than a year ago", given=world(17, 1, 380), finds=frozenset()),
        Example(name="sixteen just under two years ago", given=world(16, 1, 720), finds=frozenset({"ad:2"})),
        Example(name="another person on the same phone", given=world(17, 1, 60, name="Mia"), finds=frozenset()),
        Example(name="the same name on another phone", given=world(17, 1, 60, phone="phone-2"), finds=frozenset()),
        Example(name="an earlier ad of somebody of age", given=world(18, 1, 60), finds=frozenset()),
    ),
)
