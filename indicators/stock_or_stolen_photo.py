"""One picture stands in many unrelated ads."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import ad, picture

OTHERS = tuple(ad(number, cluster=None) for number in range(2, 6))

INDICATOR = Indicator(
    id="stock_or_stolen_photo",
    title=Text(sv="Trolig falsk bild", en="Likely stock, stolen or fake picture"),
    definition=Text(
        sv="Samma bild finns i minst fem kluster eller ensamma annonser som inte hör ihop. En sådan bild binder inte ihop något, och talar för att"
        " annonsen är falsk.",
        en="The same picture stands in at least five clusters or ads on their own that do not belong together. Such a picture links nothing and "
        "speaks for a fake ad.",
    ),
    family="none",
    tier="context-only",
    sources=("freeman2025",),
    innocent=(
        Text(sv="Ett mycket stort nätverk; se på kontakterna.", en="A very large real network; look at the contacts."),
        Text(sv="En bild som någon har stulit från personen.", en="A picture that was stolen from the person."),
    ),
    misses=(
        Text(sv="En bild som bara har stulits några gånger.", en="A picture that has been stolen only a few times."),
        Text(sv="Ingen lista över kända bilder läses.", en="No list of known pictures is read."),
    ),
    reads=("photo_group", "shown_ad"),
    params={"min_clusters": 5},
    rule=Sql("stock_or_stolen_photo.sql"),
    explain=Text(
        sv="Bilden är spridd i {n} annonser och kluster utan samband - trolig falsk annons.",
        en="The picture is spread over {n} unrelated ads and clusters - probably a fake ad.",
    ),
    route="suppress",
    examples=(
        Example(
            name="a picture in a cluster and four ads of others",
            given={"shown_ad": (ad(1), *OTHERS), "photo_group": tuple(picture(number, 7) for number in range(1, 6))},
            finds=frozenset({"k-1"}),
        ),
        Example(
            name="in a cluster and three others",
            given={"shown_ad": (ad(1), *OTHERS), "photo_group": tuple(picture(number, 7) for number in range(1, 5))},
            finds=frozenset(),
        ),
        Example(
            name="in five ads of one cluster",
            given={"shown_ad": tuple(ad(number) for number in range(1, 6)), "photo_group": tuple(picture(number, 7) for number in range(1, 6))},
            finds=frozenset(),
        ),
        Example(
            name="five pictures, each in one ad",
            given={"shown_ad": (ad(1), *OTHERS), "photo_group": tuple(picture(number, number) for number in range(1, 6))},
            finds=frozenset(),
        ),
    ),
)
