"""The ad receives at its own place alone."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "incall_only"


def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "bara hos mig", field=field, negated=negated)


INDICATOR = Indicator(
    id="incall_only",
    title=Text(sv="Endast på egen plats", en="In-call only"),
    definition=Text(
        sv="Annonsen tar bara emot på egen plats. Väger inget: det är ett vanligt val för tryggheten. Visas för att planera ett besök.",
        en="The ad only receives at its own place. Weighs nothing: it is a usual safety choice. Shown for planning a visit.",
    ),
    family="none",
    tier="context-only",
    sources=("giommoni2021", "swarm2021"),
    innocent=(
        Text(sv="Ett val för tryggheten.", en="A safety choice."),
        Text(sv="Ingen bil.", en="No car."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("incall_only.sql"),
    explain=Text(sv="Tar bara emot på plats. Räknas inte.", en="Only receives at own place. It does not count."),
    route="context",
    examples=(
        Example(name="an ad says so", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1),)}, finds=frozenset({"k-1"})),
        Example(name="not only at mine is not a finding", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(name="what a visitor wrote in a comment", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, field="comment"),)}, finds=frozenset()),
        Example(name="words that have been edited away", given={"shown_ad": ({**ad(1), "version_id": 3}, ad(2)), "cue": (said(1),)}, finds=frozenset()),
        Example(name="an ad on its own plans nothing", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
