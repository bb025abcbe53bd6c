"""One handle or e-mail address advertised for several people."""

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, contacts, person


def mailed(number: int, name: str, *, first: int = 1, last: int = 10) -> Row:
    """Somebody advertised with an e-mail address."""
    return {**person(number, name, phone="mail-1", first=first, last=last), "kind": "email"}


def after(days: int) -> tuple[Row, ...]:
    """Two people, and a third who starts some days after the first was last seen."""
    return (mailed(1, "Lina"), mailed(2, "Mia", first=5, last=40), mailed(3, "Eva", first=10 + days, last=140))


THREE = (mailed(1, "Lina"), mailed(2, "Mia"), mailed(3, "Eva"))
REPOSTED = tuple(mailed(number, "Lina", first=number, last=number + 3) for number in range(1, 6))
PHONED = tuple({**one, "kind": "phone"} for one in THREE)

INDICATOR = Indicator(
    id="shared_contact_handle_multi_persona",
    title=Text(sv="Samma kontaktkonto, flera personer", en="One messaging or e-mail handle, several people"),
    definition=Text(
        sv="En kontakt som inte är en telefon, som e-post eller ett konto för meddelanden, annonserar minst tre olika personer under 90 dagar.",
        en="A contact that is no phone, such as e-mail or a messaging handle, advertises at least three distinct people within 90 days.",
    ),
    family="contact",
    tier="moderate",
    sources=("toex2022", "freeman2025"),
    innocent=(
        Text(sv="En katalogs eller förmedlings adress.", en="The address of a directory or agency."),
        Text(sv="E-postadressen i sajtens sidfot.", en="The e-mail address in the site's footer."),
        Text(sv="Fotografens eller webbutvecklarens adress.", en="A photographer's or web designer's address."),
        Text(sv="Ett kollektiv av kollegor.", en="A collective of peers."),
    ),
    misses=(
        Text(sv="En kontrollant som ger var och en ett eget konto.", en="A controller who gives each person a handle of their own."),
        Text(sv="Egna webbadresser; de läses inte som kontakter.", en="Own web domains; they are not read as contacts."),
    ),
    reads=("contact", "person"),
    params={"min_personas": 3, "window_days": 90},
    rule=Sql("shared_contact_handle_multi_persona.sql"),
    explain=Text(sv="Samma kontaktkonto används för {n} olika personer.", en="One contact handle is used for {n} different people."),
    examples=(
        Example(name="three people, one address", given={"person": THREE, "contact": contacts(THREE)}, finds=frozenset({"mail-1"})),
        Example(name="two people are commonly a duo", given={"person": THREE[:2], "contact": contacts(THREE)}, finds=frozenset()),
        Example(name="one person who re-posts is not a finding", given={"person": REPOSTED, "contact": contacts(REPOSTED)}, finds=frozenset()),
        Example(name="a third person on the last day of the window", given={"person": after(90), "contact": contacts(THREE)}, finds=frozenset({"mail-1"})),
        Example(name="a third person a day later", given={"person": after(91), "contact": contacts(THREE)}, finds=frozenset()),
        Example(name="a phone has a sign of its own", given={"person": PHONED, "contact": contacts(PHONED)}, finds=frozenset()),
    ),
)
