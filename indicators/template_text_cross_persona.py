"""One text, with other names and prices, for several people on several phones."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ads, person, picture, text

THREE = (person(1, "Lina", phone="phone-1"), person(2, "Mia", phone="phone-2"), person(3, "Eva", phone="phone-1"))
ONE_PHONE = (person(1, "Lina"), person(2, "Mia"), person(3, "Eva"))
ALONE = tuple(person(number, "Lina", phone=f"phone-{number}") for number in (1, 2, 3))


def says(people: tuple[Row, ...], length: int = 300, stop: str = "") -> dict[str, tuple[Row, ...]]:
    """People's ads, all on one template."""
    return {"person": people, "shown_ad": ads(people), "text_template": tuple(text(number, 1, length=length, stop=stop) for number in (1, 2, 3))}


PASSED = (*THREE[:2], person(3, "Eva", phone="phone-2"), person(4, "Lina", phone="phone-2"))


def pictured(people: tuple[Row, ...], *, own: bool) -> dict[str, tuple[Row, ...]]:
    """People's ads on one template, with a picture on all of them, or (own) on those of the first person alone."""
    texts = tuple(text(int(str(one["ad_id"])), 1) for one in people)
    bearers = [one for one in people if not own or one["who"] == people[0]["who"]]
    return {"person": people, "shown_ad": ads(people), "text_template": texts, "photo_group": tuple(picture(int(str(one["ad_id"])), 1) for one in bearers)}


INDICATOR = Indicator(
    id="template_text_cross_persona",
    title=Text(sv="Samma textmall för flera personer", en="Same template text, several people"),
    definition=Text(
        sv="Minst tre personer på minst två telefoner har nästan samma text när namn, åldrar, priser och orter är borttagna. Starkt när också en "
        "bild av en av dem binder ihop två av telefonerna.",
        en="At least three people on at least two phones share a near-identical text once names, ages, prices and towns are masked. Strong when a "
        "picture of one of them ties two of the phones too.",
    ),
    family="authorship",
    tier="moderate",
    sources=("infoshield", "portnoff2017"),
    innocent=(
        Text(sv="Sajtens egen exempeltext eller annonsgenerator.", en="The site's own sample text or ad generator."),
        Text(sv="En text kopierad från en lyckad annons.", en="A text copied from a successful ad."),
        Text(sv="Samma översättare eller den som skriver annonser åt andra.", en="The same translator, or somebody who writes ads for others."),
        Text(sv="Texter skrivna av samma skrivprogram.", en="Texts written by the same writing program."),
    ),
    misses=(Text(sv="Texter som skrivs om för varje person.", en="Texts rewritten for each person."),),
    reads=("text_template", "shown_ad", "person", "photo_group", "excluded"),
    params={"min_len": 120, "min_personas": 3, "min_phones": 2},
    rule=Sql("template_text_cross_persona.sql"),
    explain=Text(sv="{n} personers annonser bygger på samma textmall.", en="The ads of {n} people are built on one template."),
    examples=(
        Example(name="three people, two phones, one template", given=says(THREE), finds=frozenset({"1"})),
        Example(name="three people on one phone are another sign", given=says(ONE_PHONE), finds=frozenset()),
        Example(name="one person who uses the same text on three phones is not a finding", given=says(ALONE), finds=frozenset()),
        Example(name="a picture of one of them ties two phones", given=pictured(PASSED, own=True), finds=frozenset({"1"})),
        Example(name="a picture under several names ties nothing more", given=pictured(PASSED, own=False), finds=frozenset({"1"})),
        Example(name="a text of just the length that says something", given=says(THREE, length=120), finds=frozenset({"1"})),
        Example(name="a shorter text is alike by chance", given=says(THREE, length=119), finds=frozenset()),
        Example(name="the site's own sample text is not a finding", given=says(THREE, stop="text of the site"), finds=frozenset()),
    ),
)
