"""The text ties housing to the place of work."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ad, cue, listed

ID = "live_in_cue"


def said(*, field: str = "text", negated: bool = False) -> Row:
    """The ad says that housing goes with the work."""
    return cue(1, ID, "boende ingår", field=field, negated=negated)


INDICATOR = Indicator(
    id="live_in_cue",
    title=Text(sv="Bor på arbetsplatsen / boende ingår", en="Living at the workplace, or housing tied to work"),
    definition=Text(
        sv="En salongs eller rekryterares annons erbjuder att sova i lokalen eller ett boende som hör till arbetet. Bara en salongs annonser och "
        "annonser om arbete räknas.",
        en="A parlour's or recruiter's ad offers sleeping at the premises or housing tied to the work. Only a parlour's ads and ads of work count.",
    ),
    family="venue",
    tier="moderate",
    sources=("unodc", "fin_ombud", "polaris_imb"),
    innocent=(
        Text(sv="En personallägenhet.", en="A staff flat."),
        Text(sv="Ägaren bor ovanpå.", en="The owner lives upstairs."),
        Text(sv="Ett spahotell på landet.", en="A rural spa hotel."),
    ),
    misses=(
        Text(sv="Ett boende som aldrig nämns i annonsen.", en="Housing that the ad never mentions."),
        Text(sv="Dygnetruntöppet med samma person; scheman läses inte.", en="Round-the-clock opening with the same person; schedules are not read."),
    ),
    reads=("ad", "cue", "shown_ad"),
    params={},
    rule=Sql("live_in_cue.sql"),
    explain=Text(sv="Texten antyder boende på arbetsplatsen: ”{phrase}”.", en="The text suggests living at the workplace: “{phrase}”."),
    examples=(
        Example(
            name="a parlour that offers a bed",
            given={"ad": (listed(1, "massage"),), "shown_ad": (ad(1), ad(2)), "cue": (said(),)},
            finds=frozenset({"k-1"}),
        ),
        Example(name="work with housing", given={"ad": (listed(1, "recruitment"),), "shown_ad": (ad(1), ad(2)), "cue": (said(),)}, finds=frozenset({"k-1"})),
        Example(
            name="somebody's own ad of a flat is not a finding",
            given={"ad": (listed(1, "escort"),), "shown_ad": (ad(1), ad(2)), "cue": (said(),)},
            finds=frozenset(),
        ),
        Example(
            name="no housing is not a finding",
            given={"ad": (listed(1, "massage"),), "shown_ad": (ad(1), ad(2)), "cue": (said(negated=True),)},
            finds=frozenset(),
        ),
        Example(
            name="a comment is not the house's",
            given={"ad": (listed(1, "massage"),), "shown_ad": (ad(1), ad(2)), "cue": (said(field="comment"),)},
            finds=frozenset(),
        ),
    ),
)
