"""The text says that the person may not leave or decide."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "restricted_movement_language"


def said(number: int, *, negated: bool = False) -> Row:
    """One ad whose text says so."""
    return cue(number, ID, "får inte gå ut", negated=negated)


INDICATOR = Indicator(
    id="restricted_movement_language",
    title=Text(sv="Uttryckt begränsad rörelsefrihet", en="Explicit inability to leave or decide"),
    definition=Text(
        sv="Texten eller en öppen kommentar på sajten säger att personen inte kan gå ut, inte får eller måste fråga någon. Att bara ta emot på "
        "egen plats är något annat. En människa läser hela meningen; den räknas först när hon har bekräftat den.",
        en="The text or a public comment on the site says that the person cannot go out, is not allowed to, or must ask somebody. Receiving at "
        "one's own place is something else. A person reads the whole sentence; it counts only once that person has confirmed it.",
    ),
    family="distress",
    tier="moderate",
    sources=("ilo2009", "unodc"),
    innocent=(
        Text(sv="En mening om bil eller körkort.", en="A remark about a car or a driving licence."),
        Text(sv="Hotellets regler.", en="Hotel rules."),
        Text(sv="Sjukdom.", en="Illness."),
        Text(sv="En dålig översättning.", en="A bad translation."),
    ),
    misses=(
        Text(sv="Den som hålls kvar skriver sällan annonsen själv.", en="Somebody who is held seldom writes the ad."),
        Text(sv="Formuleringar och språk som ordlistan saknar.", en="Phrases and languages that the lexicon lacks."),
    ),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("restricted_movement_language.sql"),
    explain=Text(
        sv="Texten antyder att personen inte kan lämna platsen: ”{phrase}”.",
        en="The text suggests that the person cannot leave the place: “{phrase}”.",
    ),
    route="urgent_review",
    examples=(
        Example(name="an ad that says so", given={"shown_ad": (ad(1), ad(2)), "cue": (said(1),)}, finds=frozenset({"ad:1"})),
        Example(name="an ad that belongs to no cluster", given={"shown_ad": (ad(1, cluster=None),), "cue": (said(1),)}, finds=frozenset({"ad:1"})),
        Example(
            name="words that have been edited away are still read",
            given={"shown_ad": ({**ad(1), "version_id": 2},), "cue": (said(1),)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="a comment by somebody who met her",
            given={"shown_ad": (ad(1),), "cue": (cue(1, ID, "not allowed to leave", field="comment"),)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="to receive at one's own place is a safety choice",
            given={"shown_ad": (ad(1),), "cue": (cue(1, "incall_only", "bara hos mig"),)},
            finds=frozenset(),
        ),
        Example(name="a negated sentence is not a finding", given={"shown_ad": (ad(1),), "cue": (said(1, negated=True),)}, finds=frozenset()),
        Example(name="an ad of a possible minor goes another way", given={"shown_ad": (), "cue": (said(1),)}, finds=frozenset()),
    ),
)
