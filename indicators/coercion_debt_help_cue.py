"""Explicit sign of coercion, debt or asking for help."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="coercion_debt_help_cue",
    title=Text(sv="Uttryckligt tecken på tvång, skuld eller rop på hjälp", en="Explicit sign of coercion, debt or asking for help"),
    definition="Text or public site comment states debt to pay off, being made to work, fear, or a request for help.",
    family="distress",
    tier="strong",
    sources=(
        "ilo2009",
        "nspm_ident",
    ),
    innocent=(Text(sv="Skämt om studielån, eller maskinöversättning.", en="Jokes about student loans, or machine translation."),),
    misses=(Text(sv="De flesta som behöver hjälp skriver inte annonsen själva.", en="Most who need help do not write the ad themselves."),),
    reads=("cue",),
    params={},
    rule=Sql("coercion_debt_help_cue.sql"),
    explain=Text(
        sv="Texten kan vara ett tecken på tvång eller behov av hjälp - läs idag.",
        en="The text may be a sign of coercion or a need for help - read today.",
    ),
    route="urgent_review",
)
