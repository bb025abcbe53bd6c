"""One phone, several personas."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="shared_phone_multi_persona",
    title=Text(sv="Samma telefon, flera personer", en="One phone, several personas"),
    definition="One normalised phone advertises at least three distinct personas active in overlapping time.",
    family="contact",
    tier="strong",
    sources=(
        "ibanez2014",
        "portnoff2017",
        "toex2022",
        "freeman2025",
    ),
    innocent=(Text(sv="Vänner som arbetar tillsammans för sin trygghet delar telefon.", en="Friends who work together for safety share a phone."),),
    misses=(Text(sv="En kontrollant som ger var och en egen telefon.", en="A controller who gives each person a phone of their own."),),
    reads=(
        "contact",
        "persona",
    ),
    params={"min_personas": 3, "window_days": 60},
    rule=Sql("shared_phone_multi_persona.sql"),
    explain=Text(
        sv="Samma telefonnummer förekommer i annonser för {n} olika personer under {days} dagar.",
        en="One phone number advertises {n} different people within {days} days.",
    ),
)
