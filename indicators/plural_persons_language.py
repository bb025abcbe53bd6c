"""The ad offers a choice of several people."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue, person

ID = "plural_persons_language"
TEN = tuple(ad(number) for number in range(1, 11))



def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "våra tjejer", field=field, negated=negated)


INDICATOR = Indicator(
    id="plural_persons_language",
    title=Text(sv="Flera personer erbjuds i texten", en="Several people are offered in the text"),
    definition=Text(
        sv="Annonsen erbjuder läsaren att välja mellan flera personer. Räknas som andel av klustrets annonser, och inte när klustret är just två "
        "personer: två som annonserar ihop är ett par.",
        en="The ad offers the reader a choice of several people. Counted as a share of the cluster's ads, and not when the cluster is exactly two "
        "people: two who advertise together are a duo.",
    ),
    family="language",
    tier="weak",
    sources=("flagit2017", "giommoni2021", "stim2021"),
    innocent=(
        Text(sv="Två vänner som annonserar ihop.", en="Two friends who advertise together."),
        Text(sv="En massagesalongs lista över sin personal.", en="A massage parlour's list of its staff."),
        Text(sv="En väninna som hälsar på.", en="A friend who visits."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad", "person"),
    params={"min_share": 0.3},
    rule=Sql("plural_persons_language.sql"),
    explain=Text(sv="Texten erbjuder flera personer: ”{phrase}”.", en="The text offers several people: “{phrase}”."),
    examples=(
        Example(name="three ads of ten offer several people", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(name="we are not several is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
        Example(
            name="two people who advertise together are a duo",
            given={"shown_ad": TEN[:2], "cue": (said(1), said(2)), "person": (person(1, "Lina"), person(2, "Mia"))},
            finds=frozenset(),
        ),
    ),
)
