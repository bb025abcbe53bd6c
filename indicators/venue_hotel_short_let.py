"""The text mentions a hotel or a short let."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "venue_hotel_short_let"


def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "på hotell", field=field, negated=negated)


INDICATOR = Indicator(
    id="venue_hotel_short_let",
    title=Text(sv="Hotell eller korttidsuthyrning", en="Hotel or short let"),
    definition=Text(
        sv="Texten nämner hotell eller korttidsuthyrning. Väger inget: det säger hur och hur länge någon kan nås, och att ingen ska knacka på "
        "tillsammans med polis.",
        en="The text mentions a hotel or a short let. Weighs nothing: it says how and how long somebody can be reached, and that nobody knocks "
        "with police.",
    ),
    family="none",
    tier="context-only",
    sources=("hbg_modell", "dn_border"),
    innocent=(Text(sv="En vanlig plats för den som reser och arbetar själv.", en="A usual place for those who tour and work by themselves."),),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("venue_hotel_short_let.sql"),
    explain=Text(sv="Hotell/korttidsboende. Endast för planering.", en="Hotel or short let. For planning alone."),
    route="context",
    examples=(
        Example(name="an ad says so", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1),)}, finds=frozenset({"k-1"})),
        Example(name="no hotels is not a finding", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(name="what a visitor wrote in a comment", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, field="comment"),)}, finds=frozenset()),
        Example(name="words that have been edited away", given={"shown_ad": ({**ad(1), "version_id": 3}, ad(2)), "cue": (said(1),)}, finds=frozenset()),
        Example(name="an ad on its own plans nothing", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
