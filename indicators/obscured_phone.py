"""The phone number is written so that machines do not read it."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad

TEN = tuple(ad(number) for number in range(1, 11))


def written(number: int, steps: int, *, kind: str = "phone") -> Row:
    """An ad's contact, read in so many steps."""
    return {"ad_id": number, "version_id": number, "kind": kind, "contact_id": "phone-1", "steps": steps, "shown": "•••605"}


INDICATOR = Indicator(
    id="obscured_phone",
    title=Text(sv="Dolt eller omskrivet telefonnummer", en="Deliberately obscured phone number"),
    definition=Text(
        sv="Numret är skrivet med ord, tecken eller likadana bokstäver så att minst två steg behövs för att läsa det. Räknas som andel av "
        "klustrets annonser.",
        en="The number is written with words, symbols or look-alikes so that at least two steps are needed to read it. Counted as a share of the "
        "cluster's ads.",
    ),
    family="contact",
    tier="weak",
    sources=("nij2024",),
    innocent=(
        Text(sv="Att slippa reklam och trakasserier.", en="Avoiding spam and harassment."),
        Text(sv="Att kringgå en sajts regler om kontaktuppgifter.", en="Getting around a site's rules on contact details."),
        Text(
            sv="Att slippa maskiner som samlar nummer: ett rimligt skydd av sitt privatliv.",
            en="Avoiding machines that collect numbers: a legitimate protection of privacy.",
        ),
    ),
    misses=(
        Text(sv="Nummer som är så omskrivna att ingen läsning lyckas.", en="Numbers so obscured that no reading succeeds."),
        Text(sv="Nummer i bilder; bilder visas och läses aldrig.", en="Numbers in pictures; pictures are never shown or read."),
    ),
    reads=("contact", "shown_ad"),
    params={"min_share": 0.3, "min_steps": 2},
    rule=Sql("obscured_phone.sql"),
    explain=Text(sv="Telefonnumret är medvetet omskrivet.", en="The phone number is deliberately rewritten."),
    examples=(
        Example(name="three ads of ten", given={"shown_ad": TEN, "contact": (written(1, 2), written(2, 2), written(3, 3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "contact": (written(1, 2), written(2, 2))}, finds=frozenset()),
        Example(name="spaces in a number are one step", given={"shown_ad": TEN[:2], "contact": (written(1, 1), written(2, 1))}, finds=frozenset()),
        Example(name="an e-mail address is no phone", given={"shown_ad": TEN[:2], "contact": (written(1, 2, kind="email"),)}, finds=frozenset()),
    ),
)
