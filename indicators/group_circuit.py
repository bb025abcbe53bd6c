"""Group moves in lockstep."""

from indicators.model import Indicator, Sql, Text

INDICATOR = Indicator(
    id="group_circuit",
    title=Text(sv="Grupp som förflyttas tillsammans", en="Group moves in lockstep"),
    definition=">=3 personas of one contact-linked cluster appear in the same sequence of >=3 municipalities within 45 days.",
    family="movement",
    tier="strong",
    sources=(
        "portnoff2017",
        "freeman2025",
        "ibanez2014",
    ),
    innocent=(Text(sv="Vänner som reser tillsammans.", en="Friends who travel together."),),
    misses=(Text(sv="Personer som skickas till olika orter.", en="People sent to different towns."),),
    reads=(
        "persona",
        "place",
        "sighting",
    ),
    params={"min_personas": 3, "min_places": 3, "window_days": 45},
    rule=Sql("group_circuit.sql"),
    explain=Text(
        sv="{n} personer med samma kontakt har följt samma rutt: {places}.",
        en="{n} people with the same contact have followed the same route: {places}.",
    ),
)
