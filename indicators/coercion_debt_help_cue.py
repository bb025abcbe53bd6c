"""The text speaks of debt, force or a wish for help."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import ad, cue

ID = "coercion_debt_help_cue"
DEBT = cue(1, ID, "måste betala tillbaka")

INDICATOR = Indicator(
    id=ID,
    title=Text(sv="Uttryckligt tecken på tvång, skuld eller rop på hjälp", en="Explicit sign of coercion, debt or asking for help"),
    definition=Text(
        sv="Texten eller en öppen kommentar på sajten talar om en skuld som ska betalas, att någon tvingas arbeta, rädsla eller en bön om hjälp. "
        "En människa läser den samma dag; den räknas först när hon har bekräftat den.",
        en="The text or a public comment on the site states debt to pay off, being made to work, fear, or a request for help. "
        "A person reads it the same day; it counts only once that person has confirmed it.",
    ),
    family="distress",
    tier="strong",
    sources=("ilo2009", "nspm_ident"),
    innocent=(
        Text(sv="Skämt om studielån.", en="Jokes about student loans."),
        Text(sv="Påhittad text, som en fantasi eller roll.", en="Made-up text, such as a fantasy or a role."),
        Text(sv="Maskinöversättning som blivit fel.", en="Machine translation gone wrong."),
        Text(sv="En nekande mening som läsningen inte förstått.", en="A negation that was not understood."),
    ),
    misses=(Text(sv="De flesta som behöver hjälp skriver inte annonsen själva.", en="Most who need help do not write the ad themselves."),),
    reads=("cue", "shown_ad"),
    params={},
    rule=Sql("coercion_debt_help_cue.sql"),
    explain=Text(
        sv="Texten kan vara ett tecken på tvång eller behov av hjälp - läs idag.",
        en="The text may be a sign of coercion or a need for help - read today.",
    ),
    route="urgent_review",
    examples=(
        Example(name="an ad that speaks of debt", given={"shown_ad": (ad(1),), "cue": (DEBT,)}, finds=frozenset({"ad:1"})),
        Example(name="an ad that belongs to no cluster", given={"shown_ad": (ad(1, cluster=None),), "cue": (DEBT,)}, finds=frozenset({"ad:1"})),
        Example(
            name="a comment by somebody who met her",
            given={"shown_ad": (ad(1),), "cue": (cue(1, ID, "hon verkade rädd", field="comment"),)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="words that have been edited away are still read",
            given={"shown_ad": ({**ad(1), "version_id": 2},), "cue": (DEBT,)},
            finds=frozenset({"ad:1"}),
        ),
        Example(
            name="I have no debts is not a finding",
            given={"shown_ad": (ad(1),), "cue": (cue(1, ID, "har en skuld", negated=True),)},
            finds=frozenset(),
        ),
        Example(
            name="a rule about house visits is not a finding",
            given={"shown_ad": (ad(1),), "cue": (cue(1, "incall_only", "bara hos mig"),)},
            finds=frozenset(),
        ),
        Example(name="an ad of a possible minor goes another way", given={"shown_ad": (), "cue": (DEBT,)}, finds=frozenset()),
    ),
)
