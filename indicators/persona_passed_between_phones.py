"""One person is advertised on phone after phone that carry others too."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person, picture


def world(starts: tuple[int, ...], *, others: int, room: bool = False) -> dict[str, tuple[Row, ...]]:
    """One person with one picture on phone after phone, ten days on each; some of the phones carry somebody else too, perhaps with that picture."""
    mine = [person(number, "Lina", phone=f"phone-{number}", first=first, last=first + 9) for number, first in enumerate(starts)]
    theirs = [person(50 + number, f"Mia {number}", phone=f"phone-{number}", first=starts[number], last=starts[number] + 9) for number in range(others)]
    people = (*mine, *theirs)
    bearers = people if room else mine
    return {"person": people, "contact": contacts(people), "photo_group": tuple(picture(int(str(one["ad_id"])), 1) for one in bearers)}


INDICATOR = Indicator(
    id="persona_passed_between_phones",
    title=Text(sv="Personen flyttas mellan telefoner", en="A person passed between phones"),
    definition=Text(
        sv="Samma person, sedd på bilderna, annonseras på minst tre telefoner inom 90 dagar, och minst två av telefonerna annonserar också andra.",
        en="The same person, by pictures, is advertised on at least three phones within 90 days, and at least two of those phones advertise others"
        " too.",
    ),
    family="contact",
    tier="moderate",
    sources=("freeman2025", "portnoff2017"),
    innocent=(
        Text(
            sv="Nytt nummer efter trakasserier; då bär telefonen ingen annan.",
            en="A new number after harassment; then the phone carries nobody else.",
        ),
        Text(sv="Stulna bilder i bluffannonser.", en="Stolen pictures in scam ads."),
        Text(sv="En som hyr plats hos olika arbetskamrater.", en="Somebody who works with different colleagues in turn."),
    ),
    misses=(Text(sv="En person vars bilder byts med telefonen.", en="A person whose pictures change with the phone."),),
    reads=("contact", "excluded", "person", "photo_group"),
    params={"min_phones": 3, "min_shared_phones": 2, "window_days": 90},
    rule=Sql("persona_passed_between_phones.sql"),
    explain=Text(
        sv="Samma person har annonserats på {n} telefoner som också bär andra.",
        en="The same person has been advertised on {n} phones that carry others too.",
    ),
    examples=(
        Example(name="one person on three phones of which two carry others", given=world((1, 15, 30), others=2), finds=frozenset({"k-1"})),
        Example(name="three phones of which one carries others", given=world((1, 15, 30), others=1), finds=frozenset()),
        Example(name="somebody who changes her number and shares none", given=world((1, 15, 30), others=0), finds=frozenset()),
        Example(name="two phones are too few", given=world((1, 15), others=2), finds=frozenset()),
        Example(name="the third phone on the last day of the window", given=world((1, 15, 100), others=2), finds=frozenset({"k-1"})),
        Example(name="the third phone a day later", given=world((1, 15, 101), others=2), finds=frozenset()),
        Example(name="a room that others show too is nobody", given=world((1, 15, 30), others=2, room=True), finds=frozenset()),
    ),
)
