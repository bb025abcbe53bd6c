"""The ad offers the absence of protection or of limits."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "no_protection_language"
TEN = tuple(ad(number) for number in range(1, 11))



def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "utan skydd", field=field, negated=negated)


INDICATOR = Indicator(
    id="no_protection_language",
    title=Text(sv="Riskfyllda villkor", en="Terms that carry a health risk"),
    definition=Text(
        sv="Texten erbjuder att skydd eller egna gränser saknas. Orden visas aldrig, bara kategorin. Öppnar också ett erbjudande om hälsostöd. "
        "Räknas som andel av klustrets annonser.",
        en="The text offers absence of protection or of personal limits. The words are never shown, only the category. Also opens an offer of "
        "health support. Counted as a share of the cluster's ads.",
    ),
    family="language",
    tier="weak",
    sources=("giommoni2021", "flagit2017"),
    innocent=(
        Text(sv="En nekande mening.", en="A negated statement."),
        Text(sv="Ett påstående om provtagning.", en="A statement about medical screening."),
        Text(sv="Lockbete i en bluffannons.", en="Bait in a scam ad."),
        Text(sv="Marknadens tryck snarare än någon annans kontroll.", en="Market pressure rather than control."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={"min_share": 0.3},
    rule=Sql("no_protection_language.sql"),
    explain=Text(sv="Annonsen antyder hälsorisker - erbjud hälsostöd.", en="The ad suggests health risks - offer health support."),
    examples=(
        Example(name="three ads of ten offer it", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(name="never without is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
