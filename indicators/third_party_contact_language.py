"""The ad says that somebody else takes the calls."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import ad, cue

ID = "third_party_contact_language"
TEN = tuple(ad(number) for number in range(1, 11))


def said(number: int) -> dict[str, object]:
    """One ad whose text says so."""
    return cue(number, ID, "ring vår reception")


INDICATOR = Indicator(
    id=ID,
    title=Text(sv="Texten hänvisar till annan som sköter kontakten", en="Text points to someone else handling contact"),
    definition=Text(
        sv="Annonsen ber läsaren att kontakta oss, receptionen, en chef eller fråga efter en namngiven person. Räknas som andel av klustrets annonser.",
        en="The ad asks the reader to contact us, a reception, a manager, or to ask for a named person. Counted as a share of the cluster's ads.",
    ),
    family="language",
    tier="weak",
    sources=("stim2021", "keighley2024", "memory"),
    innocent=(
        Text(sv="En massagereception.", en="A massage reception."),
        Text(sv="Ett ”vi” som bara är ett sätt att skriva.", en="A “we” that is only a manner of writing."),
        Text(sv="En partner eller vän som svarar för trygghets skull.", en="A partner or friend who answers for safety."),
    ),
    misses=(
        Text(sv="Formuleringar som ordlistan saknar.", en="Phrases that the lexicon lacks."),
        Text(sv="Språk som ordlistan inte täcker.", en="Languages that the lexicon does not cover."),
    ),
    reads=("cue", "shown_ad"),
    params={"min_share": 0.3},
    rule=Sql("third_party_contact_language.sql"),
    explain=Text(
        sv="Texten antyder att någon annan sköter kontakten: ”{phrase}”.",
        en="The text suggests that somebody else handles contact: “{phrase}”.",
    ),
    raised_by="shared_phone_multi_persona",
    examples=(
        Example(name="three ads of ten say so", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="two ads of ten are too few", given={"shown_ad": TEN, "cue": (said(1), said(2))}, finds=frozenset()),
        Example(
            name="one ad that says it many times is one ad",
            given={"shown_ad": TEN, "cue": tuple(cue(1, ID, f"ring oss {number}") for number in range(5))},
            finds=frozenset(),
        ),
        Example(
            name="an ad that says it has no reception is not a finding",
            given={"shown_ad": TEN[:2], "cue": (cue(1, ID, "ring vår reception", negated=True),)},
            finds=frozenset(),
        ),
        Example(
            name="what a visitor wrote in a comment is not what the ad asks",
            given={"shown_ad": TEN[:2], "cue": (cue(1, ID, "fråga efter", field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
    ),
)
