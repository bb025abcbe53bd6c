"""The text speaks of a short visit."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "movement_language"


def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "bara några dagar", field=field, negated=negated)


INDICATOR = Indicator(
    id="movement_language",
    title=Text(sv="Ordval om kort besök", en="“New in town, a few days only” wording"),
    definition=Text(
        sv="Texten säger att personen är ny i stan eller snart reser. Väger inget: tecknet står i vanliga checklistor men motsägs av den enda "
        "prövningen mot kända utfall.",
        en="The text says that the person is new in town or leaves soon. Weighs nothing: common checklists name it, but the only test against "
        "known outcomes contradicts it.",
    ),
    family="none",
    tier="context-only",
    sources=("nij2024", "giommoni2021", "flagit2017"),
    innocent=(
        Text(sv="Vanlig reklam.", en="Ordinary marketing."),
        Text(sv="Att resa själv är det vanliga sättet att arbeta.", en="Touring by oneself is the usual way of working."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("movement_language.sql"),
    explain=Text(sv="Texten nämner kort besök. Räknas inte.", en="The text mentions a short visit. It does not count."),
    route="context",
    examples=(
        Example(name="an ad says so", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1),)}, finds=frozenset({"k-1"})),
        Example(name="not new here is not a finding", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(name="what a visitor wrote in a comment", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1, field="comment"),)}, finds=frozenset()),
        Example(name="words that have been edited away", given={"shown_ad": ({**ad(1), "version_id": 3}, ad(2)), "cue": (said(1),)}, finds=frozenset()),
        Example(name="an ad on its own plans nothing", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
