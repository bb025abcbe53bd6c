"""The ad claims to be available round the clock."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "constant_availability_language"
TEN = tuple(ad(number) for number in range(1, 11))



def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "dygnet runt", field=field, negated=negated)


INDICATOR = Indicator(
    id="constant_availability_language",
    title=Text(sv="Alltid tillgänglig", en="“24/7, always” wording"),
    definition=Text(
        sv="Annonsen säger att man nås dygnet runt. Ett mycket svagt tecken, en vanlig reklamfras. Räknas som andel av klustrets annonser.",
        en="The ad claims round-the-clock availability. A very weak sign, a common marketing phrase. Counted as a share of the cluster's ads.",
    ),
    family="rhythm",
    tier="weak",
    sources=("unodc", "memory"),
    innocent=(
        Text(sv="En vanlig reklamfras.", en="A common marketing phrase."),
        Text(sv="Sajtens förifyllda fält.", en="A field that the site fills in."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={"min_share": 0.3},
    rule=Sql("constant_availability_language.sql"),
    explain=Text(sv="Annonsen anger dygnet runt.", en="The ad says round the clock."),
    examples=(
        Example(name="three ads of ten say round the clock", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(name="not round the clock is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
