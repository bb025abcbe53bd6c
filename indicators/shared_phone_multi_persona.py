"""One phone number advertised for several people."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person

THREE = (person(1, "Lina"), person(2, "Mia"), person(3, "Eva"))
TWO = (person(1, "Lina"), person(2, "Mia"), person(3, "Mia"))
REPOSTED = tuple(person(number, "Lina", first=number, last=number + 3) for number in range(1, 9))
TWO_NUMBERS = (*THREE, *({**one, "contact_id": "phone-2", "main": False} for one in THREE))


def after(days: int) -> tuple[Row, ...]:
    """Two people, the second of whom starts some days after the first was last seen."""
    return (person(1, "Lina", first=1, last=8), person(2, "Lina", first=3, last=10), person(3, "Eva", first=10 + days, last=90))


INDICATOR = Indicator(
    id="shared_phone_multi_persona",
    title=Text(sv="Samma telefon, flera personer", en="One phone, several people"),
    definition=Text(
        sv="Ett normaliserat telefonnummer annonserar minst tre olika personer under samma tid. Två personer är ett svagt tecken: det är ofta ett par vänner.",
        en="One normalised phone advertises at least three distinct people active in overlapping time. Two people are a weak sign: commonly a duo.",
    ),
    family="contact",
    tier="strong",
    sources=("ibanez2014", "portnoff2017", "toex2022", "freeman2025"),
    innocent=(
        Text(sv="Vänner som arbetar tillsammans för sin trygghet delar telefon.", en="Friends who work together for safety share a phone."),
        Text(sv="En reception som de som arbetar där sköter själva.", en="A reception that is run by those who work there."),
        Text(sv="Ett nummer som operatören delat ut på nytt.", en="A number that the operator has assigned anew."),
        Text(sv="Sajtens eget växel- eller kundtjänstnummer.", en="The site's own relay or support number."),
        Text(sv="Bluffannonser med ett påhittat nummer.", en="Scam ads with a made-up number."),
    ),
    misses=(
        Text(sv="En kontrollant som ger var och en egen telefon.", en="A controller who gives each person a phone of their own."),
        Text(sv="Flera personer som annonseras under ett enda namn.", en="Several people who are advertised under one name."),
    ),
    reads=("person", "contact"),
    params={"min_personas": 3, "min_ads": 3, "window_days": 60},
    rule=Sql("shared_phone_multi_persona.sql"),
    explain=Text(
        sv="Samma telefonnummer förekommer i annonser för {n} olika personer under {days} dagar.",
        en="One phone number advertises {n} different people within {days} days.",
    ),
    examples=(
        Example(name="three people, one phone", given={"person": THREE, "contact": contacts(THREE)}, finds=frozenset({"phone-1"})),
        Example(name="one person who re-posts is not a finding", given={"person": REPOSTED, "contact": contacts(REPOSTED)}, finds=frozenset()),
        Example(name="two friends with an ad each are too little to say anything", given={"person": TWO[:2], "contact": contacts(TWO)}, finds=frozenset()),
        Example(name="two people in three ads are the weak sign", given={"person": TWO, "contact": contacts(TWO)}, finds=frozenset({"phone-1"})),
        Example(name="another person on the last day of the window", given={"person": after(60), "contact": contacts(THREE)}, finds=frozenset({"phone-1"})),
        Example(name="another person a day later may have got the number anew", given={"person": after(61), "contact": contacts(THREE)}, finds=frozenset()),
        Example(
            name="three people with a phone each share none",
            given={"person": tuple(person(number, name, phone=name) for number, name in enumerate(("Lina", "Mia", "Eva"))), "contact": contacts(THREE)},
            finds=frozenset(),
        ),
        Example(
            name="the same ads with two numbers are said once",
            given={"person": TWO_NUMBERS, "contact": contacts(TWO_NUMBERS)},
            finds=frozenset({"phone-1"}),
        ),
    ),
)
