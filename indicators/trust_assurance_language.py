"""The ad assures the reader that it is real."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "trust_assurance_language"
TEN = tuple(ad(number) for number in range(1, 11))
OTHERS = tuple(ad(number, cluster=None) for number in range(11, 21))



def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "100% äkta", field=field, negated=negated)


INDICATOR = Indicator(
    id="trust_assurance_language",
    title=Text(sv="Försäkringar om äkthet", en="“100 % real, no scam” assurances"),
    definition=Text(
        sv="Texten försäkrar att personen är äkta eller pålitlig. Räknas som andel av klustrets annonser, och inte alls när mer än en fjärdedel av"
        " alla annonser säger så: då är det bara sättet att skriva.",
        en="The text assures the reader that the person is real or trustworthy. Counted as a share of the cluster's ads, and not at all when more "
        "than a quarter of all ads say so: then it is only the manner of writing.",
    ),
    family="language",
    tier="weak",
    sources=("nij2024",),
    innocent=(
        Text(sv="En vanlig försäkran till den som är rädd för bluffar.", en="An ordinary reassurance for those who fear scams."),
        Text(sv="Sajtens eget märke för kontrollerade annonser.", en="The site's own badge for verified ads."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={"min_share": 0.3, "max_share": 0.25},
    rule=Sql("trust_assurance_language.sql"),
    explain=Text(sv="Annonsen innehåller äkthetsförsäkran.", en="The ad assures that it is real."),
    examples=(
        Example(name="three ads of ten assure it", given={"shown_ad": (*TEN, *OTHERS), "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(name="I cannot promise is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
        Example(
            name="where more than a quarter of all ads say so it says nothing",
            given={"shown_ad": (*TEN[:8], *OTHERS[:2]), "cue": (said(1), said(2), said(3))},
            finds=frozenset(),
        ),
        Example(
            name="just a quarter of all ads",
            given={"shown_ad": (*TEN, *OTHERS), "cue": (*(said(number) for number in range(1, 6)),)},
            finds=frozenset({"k-1"}),
        ),
    ),
)
