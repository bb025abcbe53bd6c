"""The ad stresses youth although an adult age is stated."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "youth_emphasis_language"
TEN = tuple(ad(number) for number in range(1, 11))



def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "precis fyllt 18", field=field, negated=negated)


INDICATOR = Indicator(
    id="youth_emphasis_language",
    title=Text(sv="Betonad ungdom (vuxen ålder angiven)", en="Emphasis on youth (adult age stated)"),
    definition=Text(
        sv="Texten betonar ungdom fast en vuxen ålder är angiven. Angiven ålder i sig räknas aldrig. Räknas som andel av klustrets annonser.",
        en="The text stresses youth though an adult age is stated. A stated age by itself never counts. Counted as a share of the cluster's ads.",
    ),
    family="language",
    tier="weak",
    sources=("nij2024", "giommoni2021"),
    innocent=(
        Text(sv="Ett vanligt sätt att göra reklam.", en="Standard marketing."),
        Text(sv="”Ung i sinnet”.", en="“Young at heart”."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={"min_share": 0.3},
    rule=Sql("youth_emphasis_language.sql"),
    explain=Text(sv="Annonsen betonar ungdom.", en="The ad stresses youth."),
    examples=(
        Example(name="three ads of ten stress youth", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(name="not the youngest is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
        Example(
            name="a stated adult age by itself",
            given={"shown_ad": TEN[:2], "stated_age": ({"ad_id": 1, "version_id": 1, "age": 19},)},
            finds=frozenset(),
        ),
    ),
)
