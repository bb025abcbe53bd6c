"""An ad of a massage parlour."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import ad, listed

INDICATOR = Indicator(
    id="venue_massage",
    title=Text(sv="Annons för massagesalong", en="Ad of a massage parlour"),
    definition=Text(
        sv="Annonsen står i sajtens avdelning för massage. Väger inget: massage som sådan, thailändsk eller annan, är aldrig ett tecken.",
        en="The ad stands in the site's massage section. Weighs nothing: massage as such, Thai or other, is never a sign.",
    ),
    family="none",
    tier="context-only",
    sources=("hbg_tillsyn", "respekt_thai"),
    innocent=(Text(sv="De flesta salonger.", en="Most parlours."),),
    misses=(Text(sv="En salong som annonserar i en annan avdelning.", en="A parlour that advertises in another section."),),
    reads=("ad", "shown_ad"),
    params={},
    rule=Sql("venue_massage.sql"),
    explain=Text(sv="Massagesalong. Räknas inte.", en="Massage parlour. It does not count."),
    examples=(
        Example(
            name="one ad of two is a parlour's",
            given={"ad": (listed(1, "massage"), listed(2, "escort")), "shown_ad": (ad(1), ad(2))},
            finds=frozenset({"k-1"}),
        ),
        Example(name="no ad is a parlour's", given={"ad": (listed(1, "escort"), listed(2, "other")), "shown_ad": (ad(1), ad(2))}, finds=frozenset()),
        Example(
            name="a parlour's ad that belongs to no cluster",
            given={"ad": (listed(1, "massage"),), "shown_ad": (ad(1, cluster=None),)},
            finds=frozenset(),
        ),
    ),
)
