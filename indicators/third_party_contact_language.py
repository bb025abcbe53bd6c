"""Text points to someone else handling contact."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="third_party_contact_language",
    title=Text(sv="Texten hänvisar till annan som sköter kontakten", en="Text points to someone else handling contact"),
    definition="Ad asks reader to contact us/reception/admin/manager or to ask for a named person.",
    family="language",
    tier="weak",
    sources=(
        "stim2021",
        "keighley2024",
        "memory",
    ),
    innocent=(Text(sv="En massagereception, eller en vän som svarar för trygghets skull.", en="A massage reception, or a friend who answers for safety."),),
    misses=(Text(sv="Formuleringar som ordlistan saknar.", en="Phrases that the lexicon lacks."),),
    reads=("cue",),
    params={"min_share": 0.3},
    rule=Sql("third_party_contact_language.sql"),
    explain=Text(
        sv="Texten antyder att någon annan sköter kontakten: ”{phrase}”.",
        en="The text suggests that somebody else handles contact: “{phrase}”.",
    ),
    raised_by="shared_phone_multi_persona",
)
