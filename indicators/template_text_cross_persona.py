"""Same template text, several personas."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="template_text_cross_persona",
    title=Text(sv="Samma textmall för flera personer", en="Same template text, several personas"),
    definition=">=3 personas on >=2 phones share a near-identical text after names/ages/prices/cities are masked as slots.",
    family="authorship",
    tier="moderate",
    sources=(
        "infoshield",
        "portnoff2017",
    ),
    innocent=(
        Text(
            sv="En text kopierad från en lyckad annons eller skriven av samma översättare.", en="A text copied from a successful ad, or by the same translator."
        ),
    ),
    misses=(Text(sv="Texter som skrivs om för varje person.", en="Texts rewritten for each person."),),
    reads=(
        "text_template",
        "persona",
    ),
    params={"min_len": 120, "min_personas": 3, "min_phones": 2},
    rule=Sql("template_text_cross_persona.sql"),
    explain=Text(
        sv="{n} personers annonser bygger på samma textmall.",
        en="The ads of {n} people are built on one template.",
    ),
)
