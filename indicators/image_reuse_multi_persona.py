"""Same photo under different identities."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="image_reuse_multi_persona",
    title=Text(sv="Samma bild under olika identiteter", en="Same photo under different identities"),
    definition="Perceptual-hash match (pHash/PDQ) between ads with different name AND different phone, not a stock/platform image.",
    family="images",
    tier="moderate",
    sources=(
        "freeman2025",
        "stim2021",
    ),
    innocent=(Text(sv="Stulna bilder eller en person som byter namn.", en="Stolen pictures, or one person who changes name."),),
    misses=(Text(sv="Bilder som byts till varje annons.", en="Pictures changed for each ad."),),
    reads=(
        "photo_group",
        "persona",
    ),
    params={"min_images": 2, "min_ads": 3},
    rule=Sql("image_reuse_multi_persona.sql"),
    explain=Text(
        sv="Samma bild förekommer under {n} olika namn och telefonnummer.",
        en="The same picture appears under {n} different names and phone numbers.",
    ),
)
