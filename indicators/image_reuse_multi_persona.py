"""One picture shown under several names and numbers."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ads, named, person, picture

LINA, MIA, AGAIN = person(1, "Lina", phone="phone-1"), person(2, "Mia", phone="phone-2"), person(3, "Mia", phone="phone-2")
RENAMED = (person(1, "Lina"), person(2, "Mia"), person(3, "Eva"))
MOVED = tuple(person(number, "Lina", phone=f"phone-{number}") for number in (1, 2, 3))


def shows(people: tuple[Row, ...], *pictures: Row) -> dict[str, tuple[Row, ...]]:
    """People's ads with pictures."""
    return {"person": people, "shown_ad": ads(people), "observed": named(people), "photo_group": pictures}


INDICATOR = Indicator(
    id="image_reuse_multi_persona",
    title=Text(sv="Samma bild under olika identiteter", en="Same photo under different identities"),
    definition=Text(
        sv="Samma bild, enligt dess perceptuella hash, i annonser med både olika namn och olika telefon, och ingen bild från en bildbank eller sajten själv.",
        en="A picture that is the same by its perceptual hash in ads with different name and different phone, not a stock or platform picture.",
    ),
    family="images",
    tier="moderate",
    sources=("freeman2025", "stim2021"),
    innocent=(
        Text(sv="Stulna bilder: lika vanligt i bluffannonser.", en="Stolen pictures: equally common in fake ads."),
        Text(sv="En person som byter namn och nummer.", en="One person who changes name and number."),
        Text(sv="Bilder från en bildbank.", en="Pictures from a stock of pictures."),
        Text(sv="Sajtens vattenmärke eller banderoll som dominerar hashen.", en="The site's watermark or banner dominates the hash."),
    ),
    misses=(Text(sv="Bilder som byts till varje annons.", en="Pictures changed for each ad."),),
    reads=("photo_group", "photo_match", "person", "shown_ad", "observed", "excluded"),
    params={"min_images": 2, "min_ads": 3},
    rule=Sql("image_reuse_multi_persona.sql"),
    explain=Text(
        sv="Samma bild förekommer under {n} olika namn och telefonnummer.",
        en="The same picture appears under {n} different names and phone numbers.",
    ),
    examples=(
        Example(
            name="two pictures under two names and two phones",
            given=shows((LINA, MIA), picture(1, 7), picture(2, 7), picture(1, 8), picture(2, 8)),
            finds=frozenset({"k-1"}),
        ),
        Example(
            name="one picture in three ads, two names and two phones",
            given=shows((LINA, MIA, AGAIN), picture(1, 7), picture(2, 7), picture(3, 7)),
            finds=frozenset({"k-1"}),
        ),
        Example(name="one picture in two ads is too little", given=shows((LINA, MIA), picture(1, 7), picture(2, 7)), finds=frozenset()),
        Example(
            name="one person under several names on one phone is not a finding",
            given=shows(RENAMED, *(picture(number, group) for number in (1, 2, 3) for group in (7, 8))),
            finds=frozenset(),
        ),
        Example(
            name="one person who keeps the name and changes phone is not a finding",
            given=shows(MOVED, *(picture(number, group) for number in (1, 2, 3) for group in (7, 8))),
            finds=frozenset(),
        ),
        Example(
            name="a picture that many have stolen is not a finding",
            given=shows((LINA, MIA, AGAIN), *(picture(number, group, stop="stolen or stock photo") for number in (1, 2, 3) for group in (7, 8))),
            finds=frozenset(),
        ),
    ),
)
