"""Stated or implied age under 18."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="minor_explicit_age",
    title=Text(sv="Uppgiven ålder under 18", en="Stated or implied age under 18"),
    definition="Age field, digits or number words give age <18 for the advertised person.",
    family="minor",
    tier="route",
    sources=(
        "nspm_ident",
        "opkvinnofrid",
        "sol2025",
    ),
    innocent=(Text(sv="”18+” i sajtens egen text, eller ett pris som lästs som ålder.", en="“18+” in the site's own text, or a price read as an age."),),
    misses=(Text(sv="Barn som annonseras som vuxna.", en="Children advertised as adults."),),
    reads=(
        "stated_age",
        "observed",
    ),
    params={},
    rule=Sql("minor_explicit_age.sql"),
    explain=Text(
        sv="Möjligt barn. Följ barnrutinen nu.",
        en="Possibly a child. Follow the safeguarding routine now.",
    ),
    route="minor_safety",
)
