"""The ad demands payment before meeting."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "prepayment_scam_marker"


def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "betala i förskott", field=field, negated=negated)


INDICATOR = Indicator(
    id="prepayment_scam_marker",
    title=Text(sv="Krav på förskott", en="Advance-payment demand"),
    definition=Text(
        sv="Annonsen kräver deposition, presentkort eller kryptovaluta innan man möts. Talar för att annonsen är falsk och att ett besök inte "
        "hjälper någon; räknas som motbevis.",
        en="The ad demands a deposit, gift card or cryptocurrency before meeting. Speaks for a fake ad and against a visit that helps anybody; it "
        "counts as counter-evidence.",
    ),
    family="none",
    tier="context-only",
    sources=("memory",),
    innocent=(Text(sv="Den som arbetar själv och ber om en deposition.", en="Somebody who works on their own and asks for a deposit."),),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("prepayment_scam_marker.sql"),
    explain=Text(sv="Förskottskrav - möjlig bluffannons.", en="Advance payment is demanded - possibly a fake ad."),
    route="suppress",
    examples=(
        Example(name="an ad says so", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1),)}, finds=frozenset({"k-1"})),
        Example(name="never in advance is not a finding", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(name="what a visitor wrote in a comment", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, field="comment"),)}, finds=frozenset()),
        Example(name="words that have been edited away", given={"shown_ad": ({**ad(1), "version_id": 3}, ad(2)), "cue": (said(1),)}, finds=frozenset()),
        Example(name="an ad on its own plans nothing", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
