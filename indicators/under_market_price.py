"""A price that stays far below the local one."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day


def asks(number: int, amount: float, days: tuple[int, ...], *, county: str = "12") -> tuple[Row, ...]:
    """An ad that asks so much for half an hour on these days."""
    offer: Row = {"ad_id": number, "cluster_id": "k-1", "version_id": number, "county": county, "category": "escort", "amount": amount}
    return tuple({**offer, "seen_at": day(on)} for on in days)


MARKET = tuple(row for number in range(29) for row in asks(number, 900.0, (15,)))

INDICATOR = Indicator(
    id="under_market_price",
    title=Text(sv="Pris långt under lokal nivå", en="Persistently far below the local price"),
    definition=Text(
        sv="Priset för en halvtimme ligger under länets tionde percentil för samma slags annonser i minst 14 dagar. Visas, väger inget: fattigdom "
        "och konkurrens förklarar det mesta.",
        en="The price of half an hour lies below the county's tenth percentile for the same kind of ads for at least 14 days. Shown, weighs "
        "nothing: poverty and competition explain most.",
    ),
    family="payments",
    tier="context-only",
    sources=("giommoni2021", "polaris_imb", "hbg_tillsyn"),
    innocent=(
        Text(sv="Ett läsfel: deposition, dricks eller minuter.", en="A reading error: deposit, tip or minutes."),
        Text(sv="Studier eller fattigdom.", en="Studies or poverty."),
        Text(sv="Ett lockpris i en bluffannons.", en="A bait price in a scam ad."),
        Text(sv="Ett kort besök.", en="A short service."),
    ),
    misses=(
        Text(sv="Priser utan angiven tid.", en="Prices without a stated time."),
        Text(sv="Län med färre än 30 jämförbara annonser.", en="Counties with fewer than 30 comparable ads."),
    ),
    reads=("half_hour",),
    params={"max_pctl": 10, "min_n": 30, "min_snapshots": 3, "min_days": 14, "window_days": 90},
    rule=Sql("under_market_price.sql"),
    explain=Text(
        sv="Priset ligger under lokal 10-percentil ({p} kr mot {m} kr).",
        en="The price lies below the local 10th percentile ({p} kr against {m} kr).",
    ),
    route="context",
    examples=(
        Example(name="far below for a fortnight", given={"half_hour": (*MARKET, *asks(99, 300, (1, 8, 15)))}, finds=frozenset({"ad:99"})),
        Example(name="for a day less", given={"half_hour": (*MARKET, *asks(99, 300, (1, 8, 14)))}, finds=frozenset()),
        Example(name="seen on two nights alone", given={"half_hour": (*MARKET, *asks(99, 300, (1, 15)))}, finds=frozenset()),
        Example(name="at what others ask", given={"half_hour": (*MARKET, *asks(99, 900, (1, 8, 15)))}, finds=frozenset()),
        Example(name="fewer than thirty ads to compare with", given={"half_hour": (*MARKET[:28], *asks(99, 300, (1, 8, 15)))}, finds=frozenset()),
        Example(name="another county is another market", given={"half_hour": (*MARKET, *asks(99, 300, (1, 8, 15), county="01"))}, finds=frozenset()),
    ),
)
