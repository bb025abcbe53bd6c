"""The ad is written about the person, not by them."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue

ID = "third_person_language"


def spoken(number: int, first: int, third: int) -> Row:
    """How often an ad's text says I and me, and she and he."""
    return {"ad_id": number, "first_person": first, "third_person": third}


INDICATOR = Indicator(
    id="third_person_language",
    title=Text(sv="Skriven om personen i tredje person", en="Written about the person, not by them"),
    definition=Text(
        sv="Minst sex av tio pronomen i texten, och minst tre pronomen, står i tredje person, eller en formulering i ordlistan gör det. Hon och "
        "han räknas lika. Räknas som andel av klustrets annonser.",
        en="At least six of ten pronouns in the text, and at least three pronouns, are in the third person, or a phrase of the lexicon is. She and"
        " he count alike. Counted as a share of the cluster's ads.",
    ),
    family="language",
    tier="weak",
    sources=("giommoni2021", "stim2021"),
    innocent=(
        Text(sv="Maskinöversättning.", en="Machine translation."),
        Text(sv="En förmedlings eget sätt att skriva.", en="An agency's house style."),
        Text(sv="En presentation som sajten har skrivit.", en="A blurb written by the site."),
        Text(sv="Ett sätt att göra reklam.", en="A style of marketing."),
    ),
    misses=(
        Text(
            sv="Pronomen på andra språk än svenska och engelska; där räknas bara ordlistans formuleringar.",
            en="Pronouns in languages other than Swedish and English; there only the lexicon's phrases count.",
        ),
    ),
    reads=("cue", "pronoun", "shown_ad"),
    params={"min_share": 0.3, "min_ratio": 0.6, "min_pronouns": 3},
    rule=Sql("third_person_language.sql"),
    explain=Text(sv="Texten beskriver personen i tredje person.", en="The text describes the person in the third person."),
    examples=(
        Example(name="three of five pronouns are she", given={"shown_ad": (ad(1), ad(2)), "pronoun": (spoken(1, 2, 3),)}, finds=frozenset({"k-1"})),
        Example(name="two of five pronouns are she", given={"shown_ad": (ad(1), ad(2)), "pronoun": (spoken(1, 3, 2),)}, finds=frozenset()),
        Example(name="two pronouns are too few to say anything", given={"shown_ad": (ad(1), ad(2)), "pronoun": (spoken(1, 0, 2),)}, finds=frozenset()),
        Example(name="a phrase of the lexicon", given={"shown_ad": (ad(1), ad(2)), "cue": (cue(1, ID, "hon väntar på dig"),)}, finds=frozenset({"k-1"})),
        Example(
            name="somebody who writes of herself and mentions a friend",
            given={"shown_ad": (ad(1), ad(2)), "pronoun": (spoken(1, 6, 3), spoken(2, 4, 0))},
            finds=frozenset(),
        ),
        Example(
            name="one ad of ten is too few",
            given={"shown_ad": tuple(ad(number) for number in range(1, 11)), "pronoun": (spoken(1, 0, 5),)},
            finds=frozenset(),
        ),
    ),
)
