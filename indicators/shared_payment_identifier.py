"""One receiver of money for several people."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person


def world(*pairs: tuple[str, str], receivers: tuple[str, str] = ("swish-1", "swish-1")) -> dict[str, tuple[Row, ...]]:
    """An ad for each name on a phone, with the receiver of money that it states."""
    people = [person(number, name, phone=phone) for number, (name, phone) in enumerate(pairs)]
    paid = [{**one, "contact_id": receiver, "kind": "payment_swish", "main": False} for one, receiver in zip(people, receivers, strict=True)]
    return {"person": (*people, *paid), "contact": contacts([*people, *paid])}


INDICATOR = Indicator(
    id="shared_payment_identifier",
    title=Text(sv="Samma betalmottagare för flera personer", en="Same payment identifier, several people"),
    definition=Text(
        sv="Samma nummer för betalning anges för minst två personer som annonserar på olika telefoner.",
        en="The same payment number is published for at least two distinct people on different phones.",
    ),
    family="payments",
    tier="strong",
    sources=("portnoff2017", "toex2022"),
    innocent=(
        Text(sv="Ett nät av bluffannonser; då är det en bluff och inget besök.", en="A scam network; then it is a scam and no visit."),
        Text(sv="Ett par med gemensamt konto.", en="A couple with a joint account."),
    ),
    misses=(
        Text(sv="Betalning som görs upp först vid kontakt.", en="Payment that is agreed only on contact."),
        Text(
            sv="Kontonummer och adresser för kryptovaluta i löptext; bara sajtens fält för betalning läses.",
            en="Account numbers and crypto addresses in running text; only a site's field for payment is read.",
        ),
    ),
    reads=("contact", "person"),
    params={"min_personas": 2, "min_phones": 2},
    rule=Sql("shared_payment_identifier.sql"),
    explain=Text(sv="Samma betalmottagare för {n} personer.", en="The same receiver of payment for {n} people."),
    examples=(
        Example(name="two people, two phones, one receiver", given=world(("Lina", "phone-1"), ("Mia", "phone-2")), finds=frozenset({"swish-1"})),
        Example(name="one person with two phones", given=world(("Lina", "phone-1"), ("Lina", "phone-2")), finds=frozenset()),
        Example(name="two friends on one phone", given=world(("Lina", "phone-1"), ("Mia", "phone-1")), finds=frozenset()),
        Example(
            name="two people with a receiver each",
            given=world(("Lina", "phone-1"), ("Mia", "phone-2"), receivers=("swish-1", "swish-2")),
            finds=frozenset(),
        ),
    ),
)
