"""The text promises new people regularly."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "people_turnover_language"
TEN = tuple(ad(number) for number in range(1, 11))


def said(number: int, *, field: str = "text", negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "nya tjejer varje vecka", field=field, negated=negated)


INDICATOR = Indicator(
    id="people_turnover_language",
    title=Text(sv="”Nya tjejer varje vecka”", en="“New girls every week” wording"),
    definition=Text(
        sv="Annonsen lovar att personerna byts ut regelbundet, till skillnad från att någon är ny i stan. En annons räcker.",
        en="The ad promises that people are replaced regularly, as distinct from somebody being new in town. One ad is enough.",
    ),
    family="language",
    tier="moderate",
    sources=("polaris_imb", "nrk2022"),
    innocent=(
        Text(sv="En ny anställd på ett vanligt spa.", en="A new employee at an ordinary spa."),
        Text(sv="Säsongspersonal.", en="Seasonal staff."),
        Text(sv="En enda annons som skrivits av någon annan än de övrigas.", en="A single ad, written by somebody else than the others'."),
    ),
    misses=(Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("people_turnover_language.sql"),
    explain=Text(sv="Texten lovar nya personer regelbundet: ”{phrase}”.", en="The text promises new people regularly: “{phrase}”."),
    examples=(
        Example(name="three ads of ten promise new people", given={"shown_ad": TEN, "cue": (said(1), said(2), said(3))}, finds=frozenset({"k-1"})),
        Example(name="one ad of ten says it for all", given={"shown_ad": TEN, "cue": (said(1),)}, finds=frozenset({"k-1"})),
        Example(name="we never change people is not a finding", given={"shown_ad": TEN[:2], "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(
            name="what a visitor wrote in a comment is not what the ad says",
            given={"shown_ad": TEN[:2], "cue": (said(1, field="comment"),)},
            finds=frozenset(),
        ),
        Example(name="an ad on its own is never a finding", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset()),
        Example(
            name="somebody who is new in town herself",
            given={"shown_ad": TEN[:1], "cue": (cue(1, "movement_language", "ny i stan"),)},
            finds=frozenset(),
        ),
    ),
)
