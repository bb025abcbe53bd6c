"""Several things together may mean a child."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue


def world(*, age: int | None, youth: bool = False, emoji: bool = False, comment: bool = False) -> dict[str, tuple[Row, ...]]:
    """One ad with its stated age and what it, or a visitor, says."""
    words = (cue(1, "youth_emphasis_language", "precis fyllt 18"),) if youth else ()
    remarks = (cue(1, "minor_school_context", "går i skolan", field="comment"),) if comment else ()
    return {
        "shown_ad": (ad(1, cluster=None),),
        "stated_age": () if age is None else ({"ad_id": 1, "version_id": 1, "age": age, "field": "text"},),
        "cue": (*words, *remarks),
        "youth_emoji": ({"ad_id": 1},) if emoji else (),
    }


INDICATOR = Indicator(
    id="minor_possible_review",
    title=Text(sv="Kombination som kan tyda på barn", en="Combination suggesting a possible minor"),
    definition=Text(
        sv="Åldern saknas eller är 18-19, och minst två av dessa finns: ord som betonar ungdom, emojier som påstås betyda ungdom, en kommentar om "
        "skola. Utseende bedöms aldrig. Räknas aldrig: en utsedd tjänsteperson avgör.",
        en="The age is missing or 18-19, and at least two of these are there: words that stress youth, emoji said to mean youth, a comment about "
        "school. Looks are never judged. Never counts: a named officer decides.",
    ),
    family="minor",
    tier="route",
    sources=("nij2024", "whitney2018", "roe2018"),
    innocent=(
        Text(sv="Mycket vanliga reklamord.", en="Very common marketing words."),
        Text(sv="Emojier som är på modet.", en="Emoji fashion."),
    ),
    misses=(
        Text(
            sv="En ändring av namn eller ålder över 18; den som någon gång angett under 18 fångas av andra tecken.",
            en="A name or age that changed across 18; whoever once stated under 18 is caught by other signs.",
        ),
    ),
    reads=("cue", "shown_ad", "stated_age", "youth_emoji"),
    params={"min_inputs": 2, "max_years": 19, "sla_hours": 4},
    rule=Sql("minor_possible_review.sql"),
    explain=Text(
        sv="Flera tecken om låg ålder. Barnansvarig bedömer inom {hours} timmar.",
        en="Several signs of a low age. The safeguarding officer decides within {hours} hours.",
    ),
    route="minor_safety",
    examples=(
        Example(name="youth words and emoji without an age", given=world(age=None, youth=True, emoji=True), finds=frozenset({"ad:1"})),
        Example(name="youth words and a comment about school at nineteen", given=world(age=19, youth=True, comment=True), finds=frozenset({"ad:1"})),
        Example(name="youth words alone are marketing", given=world(age=None, youth=True), finds=frozenset()),
        Example(name="emoji alone are fashion", given=world(age=18, emoji=True), finds=frozenset()),
        Example(name="the same at twenty", given=world(age=20, youth=True, emoji=True), finds=frozenset()),
    ),
)
