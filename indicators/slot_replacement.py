"""An ad stays and the person in it is replaced."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day


def shown(on: int, name: str, age: int | None, picture: int, *, template: int = 1, phone: str = "phone-1") -> Row:
    """How the ad presents somebody from a day on."""
    return {
        "ad_id": 1, "cluster_id": "k-1", "seen_at": day(on), "name": name, "age": age, "pictures": [picture], "phones": [phone], "template": template,
    }  # fmt: skip


INDICATOR = Indicator(
    id="slot_replacement",
    title=Text(sv="Annonsen består, personen byts", en="Ad kept, person replaced"),
    definition=Text(
        sv="Samma annons behåller text och telefon medan namn, ålder och alla bilder byts, minst två gånger.",
        en="The same ad keeps its text and phone while name, age and all pictures change, at least twice.",
    ),
    family="authorship",
    tier="moderate",
    sources=("portnoff2017", "infoshield"),
    innocent=(
        Text(sv="En person som byter bilder och artistnamn.", en="A person who refreshes pictures and stage name."),
        Text(sv="En annonsplats som har sålts vidare.", en="An ad slot that was sold on."),
    ),
    misses=(
        Text(
            sv="Annonser utan bild eller utan ålder; då kan bytet inte visas.",
            en="Ads without picture or age; then the replacement cannot be shown.",
        ),
        Text(sv="En ny annons för varje person.", en="A new ad for each person."),
    ),
    reads=("presented",),
    params={"min_changes": 2},
    rule=Sql("slot_replacement.sql"),
    explain=Text(
        sv="Annonsen har bytt person {n} gånger med samma text och kontakt.",
        en="The ad has changed person {n} times with the same text and contact.",
    ),
    examples=(
        Example(
            name="two replacements in one ad",
            given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 27, 2), shown(9, "Eva", 31, 3))},
            finds=frozenset({"ad:1"}),
        ),
        Example(name="one replacement is too few", given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 27, 2))}, finds=frozenset()),
        Example(
            name="one person who takes other names and keeps a picture",
            given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 27, 1), shown(9, "Eva", 31, 1))},
            finds=frozenset(),
        ),
        Example(
            name="one person who takes other names and keeps her age",
            given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 22, 2), shown(9, "Eva", 22, 3))},
            finds=frozenset(),
        ),
        Example(
            name="another text is another ad",
            given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 27, 2, template=2), shown(9, "Eva", 31, 3, template=3))},
            finds=frozenset(),
        ),
        Example(
            name="another phone too: the slot was sold on",
            given={"presented": (shown(1, "Lina", 22, 1), shown(5, "Mia", 27, 2, phone="phone-2"), shown(9, "Eva", 31, 3, phone="phone-3"))},
            finds=frozenset(),
        ),
        Example(
            name="without a stated age nothing can be said",
            given={"presented": (shown(1, "Lina", None, 1), shown(5, "Mia", None, 2), shown(9, "Eva", None, 3))},
            finds=frozenset(),
        ),
    ),
)
