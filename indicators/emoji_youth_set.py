"""Emoji that are said to stand for youth."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import ad

INDICATOR = Indicator(
    id="emoji_youth_set",
    title=Text(sv="Emojier som påstås betyda ungdom", en="Emoji said to mean youth"),
    definition=Text(
        sv="Texten innehåller emojier som påstås stå för ungdom, som körsbär eller körsbärsblom. Väger inget och visas aldrig för sig: betydelsen "
        "är gissad i cirkel och aldrig prövad. Bara barnrutinens sammanvägning läser dem.",
        en="The text holds emoji said to stand for youth, such as cherries or cherry blossom. Weighs nothing and is never shown by itself: the "
        "meaning was inferred circularly and never tested. Only the child route's combination reads them.",
    ),
    family="none",
    tier="context-only",
    sources=("whitney2018", "nij2024"),
    innocent=(Text(sv="Emojier används till vardags av alla.", en="Emoji are in everyday use by everybody."),),
    misses=(Text(sv="Emojier med andra påstådda betydelser.", en="Emoji with other claimed meanings."),),
    reads=("shown_ad", "youth_emoji"),
    params={},
    rule=Sql("emoji_youth_set.sql"),
    explain=Text(sv="Emojier räknas inte.", en="Emoji do not count."),
    route="minor_input",
    examples=(
        Example(name="an ad with such an emoji", given={"shown_ad": (ad(1), ad(2)), "youth_emoji": ({"ad_id": 1},)}, finds=frozenset({"ad:1"})),
        Example(name="an ad without", given={"shown_ad": (ad(1), ad(2))}, finds=frozenset()),
        Example(name="an ad of a possible minor goes another way already", given={"shown_ad": (), "youth_emoji": ({"ad_id": 1},)}, finds=frozenset()),
    ),
)
