"""The text speaks of school as of the present."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import cue, listed

ID = "minor_school_context"

INDICATOR = Indicator(
    id="minor_school_context",
    title=Text(sv="Skolkontext", en="School-age context"),
    definition=Text(
        sv="Texten talar om grundskola eller gymnasium, årskurs eller föräldrar som bestämmer, i någon version av annonsen. Ett födelseår under 18"
        " år tillbaka läses som ålder. Räknas aldrig: annonsen lämnar allt annat och går till den utsedda tjänstepersonen.",
        en="The text speaks of compulsory or upper-secondary school, a grade, or parents who decide, in any version of the ad. A birth year less "
        "than 18 years ago is read as an age. Never counts: the ad leaves everything else and goes to the named officer.",
    ),
    family="minor",
    tier="route",
    sources=("roe2018", "nij2024"),
    innocent=(
        Text(sv="Ett rollspel eller en klädsel.", en="Role-play or a costume."),
        Text(sv="Komvux eller annan vuxenutbildning.", en="Adult education."),
        Text(sv="En lärare.", en="A teacher."),
    ),
    misses=(
        Text(sv="Ord som ordlistan saknar.", en="Words that the lexicon lacks."),
        Text(sv="Barn vars annons inte nämner skolan.", en="Children whose ad does not mention school."),
    ),
    reads=("ad", "cue"),
    params={},
    rule=Sql("minor_school_context.sql"),
    explain=Text(
        sv="Texten nämner skola/ålder som kan betyda barn. Följ barnrutinen.",
        en="The text mentions school or age that may mean a child. Follow the safeguarding routine.",
    ),
    route="minor_safety",
    examples=(
        Example(
            name="an ad that speaks of upper-secondary school",
            given={"ad": (listed(1, "escort"),), "cue": (cue(1, ID, "går på gymnasiet"),)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="words that have been edited away",
            given={"ad": ({**listed(1, "escort"), "current_version": 2},), "cue": (cue(1, ID, "går på gymnasiet"),)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="I no longer go to school is not a finding",
            given={"ad": (listed(1, "escort"),), "cue": (cue(1, ID, "går i skolan", negated=True),)},
            finds=frozenset(),
        ),
        Example(
            name="what a visitor writes is read elsewhere",
            given={"ad": (listed(1, "escort"),), "cue": (cue(1, ID, "går i skolan", field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="a student of age", given={"ad": (listed(1, "escort"),), "cue": (cue(1, "youth_emphasis_language", "ung student"),)}, finds=frozenset()),
    ),
)
