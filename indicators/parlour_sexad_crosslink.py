"""A parlour's contact or address also stands in sexual-service ads."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, ads, at_venue, contacts, listed, person

AT = (at_venue(1, "storgatan1", "1283", category="massage"), at_venue(2, "storgatan1", "1283"), at_venue(3, "storgatan1", "1283"))


def on(number: int, category: str, phone: str, first: int = 1) -> tuple[Row, Row]:
    """An ad in a section of a site, on a phone."""
    return listed(number, category, first=first), person(number, "Lina", phone=phone, first=first)


def world(*pairs: tuple[Row, Row]) -> dict[str, tuple[Row, ...]]:
    """All of them together."""
    people = tuple(one for _, one in pairs)
    return {"ad": tuple(one for one, _ in pairs), "contact": contacts(people), "shown_ad": ads(people)}


INDICATOR = Indicator(
    id="parlour_sexad_crosslink",
    title=Text(sv="Salongens kontakt finns i sexannonser", en="Parlour contact also on sexual-service ads"),
    definition=Text(
        sv="En massagesalongs telefon, konto för meddelanden eller adress finns också i minst två annonser om sexuella tjänster, från minst två "
        "datum. Det säger att sådana tjänster kan förekomma, inte att någon tvingas.",
        en="A massage parlour's phone, handle or address also stands in at least two sexual-service ads, of at least two dates. It says that such "
        "services may occur, not that anyone is coerced.",
    ),
    family="venue",
    tier="moderate",
    sources=("nrk2022", "polaris_imb"),
    innocent=(
        Text(sv="Numrets förra ägare.", en="The previous owner of the number."),
        Text(sv="En annons som någon annan lagt in för att skada.", en="A malicious ad by a third party."),
        Text(sv="En anställds egen annons.", en="One employee's private ad."),
    ),
    misses=(
        Text(sv="En salong med särskilda nummer för sexannonser.", en="A parlour that keeps separate numbers for sex ads."),
        Text(sv="Adresser utanför klustret jämförs inte.", en="Addresses outside the cluster are not compared."),
    ),
    reads=("ad", "contact", "excluded", "shown_ad", "venue_seen"),
    params={"min_ads": 2, "min_dates": 2, "min_confidence": 0.9},
    rule=Sql("parlour_sexad_crosslink.sql"),
    explain=Text(sv="Salongens kontakt förekommer i {n} sexannonser.", en="The parlour's contact stands in {n} sex ads."),
    examples=(
        Example(
            name="a parlour's phone in two sex ads of two dates",
            given=world(on(1, "massage", "phone-1"), on(2, "escort", "phone-1", 3), on(3, "escort", "phone-1", 4)),
            finds=frozenset({"k-1"}),
        ),
        Example(name="in one sex ad: an employee's own", given=world(on(1, "massage", "phone-1"), on(2, "escort", "phone-1", 3)), finds=frozenset()),
        Example(
            name="two sex ads of one date",
            given=world(on(1, "massage", "phone-1"), on(2, "escort", "phone-1", 3), on(3, "escort", "phone-1", 3)),
            finds=frozenset(),
        ),
        Example(
            name="sex ads on other phones",
            given=world(on(1, "massage", "phone-1"), on(2, "escort", "phone-2", 3), on(3, "escort", "phone-2", 4)),
            finds=frozenset(),
        ),
        Example(
            name="a parlour with massage and nothing else",
            given=world(on(1, "massage", "phone-1"), on(2, "massage", "phone-1", 3), on(3, "massage", "phone-1", 4)),
            finds=frozenset(),
        ),
        Example(
            name="a parlour's address in two sex ads",
            given={**world(on(1, "massage", "a"), on(2, "escort", "b", 3), on(3, "escort", "c", 4)), "venue_seen": AT},
            finds=frozenset({"k-1"}),
        ),
    ),
)
