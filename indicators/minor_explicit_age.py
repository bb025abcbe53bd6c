"""An ad states an age under 18."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import day

AD = {"ad_id": 1, "current_version": 1, "first_seen": day(1), "last_seen": day(3)}


def read(version: int, minor: bool) -> dict[str, object]:
    """What was read in one version of the ad."""
    return {"version_id": version, "ad_id": 1, "minor": minor}


def stated(version: int, age: int, field: str = "text") -> dict[str, object]:
    """An age that one version states."""
    return {"version_id": version, "ad_id": 1, "age": age, "minor": age < 18, "field": field}


INDICATOR = Indicator(
    id="minor_explicit_age",
    title=Text(sv="Uppgiven ålder under 18", en="Stated or implied age under 18"),
    definition=Text(
        sv="Åldersfältet, siffror eller räkneord anger en ålder under 18 för den som annonseras, i någon version av annonsen. "
        "Räknas aldrig: annonsen lämnar allt annat och går till den utsedda tjänstepersonen.",
        en="Age field, digits or number words give an age below 18 for the advertised person, in any version of the ad. "
        "Never counts: the ad leaves everything else and goes to the named officer.",
    ),
    family="minor",
    tier="route",
    sources=("nspm_ident", "opkvinnofrid", "sol2025"),
    innocent=(
        Text(sv="”18+” i sajtens egen text.", en="“18+” in the site's own text."),
        Text(sv="Ett pris eller en längd som lästs som ålder.", en="A price or a height read as an age."),
        Text(sv="”Erfarenhet sedan 17.”", en="“Experience since 17.”"),
    ),
    misses=(Text(sv="Barn som annonseras som vuxna.", en="Children advertised as adults."),),
    reads=("ad", "cue", "observed", "stated_age"),
    params={},
    rule=Sql("minor_explicit_age.sql"),
    explain=Text(sv="Möjligt barn. Följ barnrutinen nu.", en="Possibly a child. Follow the safeguarding routine now."),
    route="minor_safety",
    examples=(
        Example(
            name="seventeen in the text", given={"ad": (AD,), "observed": (read(1, True),), "stated_age": (stated(1, 17),)}, finds=frozenset({"ad:1"}),
        ),
        Example(name="eighteen is of age", given={"ad": (AD,), "observed": (read(1, False),), "stated_age": (stated(1, 18),)}, finds=frozenset()),
        Example(
            name="an age that a later version has raised still counts",
            given={
                "ad": ({**AD, "current_version": 2},),
                "observed": (read(1, True), read(2, False)),
                "stated_age": (stated(1, 16, "age"), stated(2, 19, "age")),
            },
            finds=frozenset({"ad:1"}),
        ),
        Example(name="a site that says 18+ states no age", given={"ad": (AD,), "observed": (read(1, False),), "stated_age": ()}, finds=frozenset()),
    ),
)  # fmt: skip
