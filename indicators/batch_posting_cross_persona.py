"""Ads for several people are posted in batches."""

from datetime import timedelta

from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import Row, day, person


def world(
    minutes: tuple[int, ...], days: tuple[int, ...], *, names: tuple[str, ...] = ("Lina", "Mia", "Eva"), groups: tuple[int, ...] = (1, 1, 1)
) -> dict[str, tuple[Row, ...]]:
    """An ad of each person, posted anew each day so many minutes after noon."""
    people = range(len(minutes))
    return {
        "person": tuple(person(number, names[number], group=groups[number]) for number in people),
        "posting": tuple({"ad_id": number, "posted_at": day(on) + timedelta(hours=12, minutes=minutes[number])} for number in people for on in days),
    }


INDICATOR = Indicator(
    id="batch_posting_cross_persona",
    title=Text(sv="Flera personers annonser läggs ut i klump", en="Ads for several people are posted in batches"),
    definition=Text(
        sv="Annonser för minst tre personer med sammanhängande kontakter läggs in inom tio minuter från varandra, på minst tre olika dagar. Sajten"
        " själv säger när; tiden då annonsen hämtades räknas aldrig.",
        en="Ads for at least three people whose contacts are linked are posted within ten minutes of each other, on at least three different days."
        " The site itself says when; the time of fetching never counts.",
    ),
    family="authorship",
    tier="moderate",
    sources=("portnoff2017", "dubrawski2015"),
    innocent=(
        Text(sv="En sajt som lyfter alla annonser på en gång.", en="A site that lifts all ads at once."),
        Text(sv="En tjänst som schemalägger annonser.", en="A scheduling service."),
        Text(sv="Tre vänner som sitter tillsammans och annonserar.", en="Three friends who sit together and post."),
    ),
    misses=(
        Text(sv="Sajter som bara anger datum.", en="Sites that give dates alone."),
        Text(sv="En som lägger in annonserna en och en under dagen.", en="Somebody who posts the ads one by one during the day."),
    ),
    reads=("person", "posting"),
    params={"window_minutes": 10, "min_personas": 3, "min_days": 3},
    rule=Sql("batch_posting_cross_persona.sql"),
    explain=Text(
        sv="Annonser för {n} personer läggs ut inom minuter från varandra, {d} dagar.",
        en="Ads for {n} people are posted within minutes of each other, on {d} days.",
    ),
    examples=(
        Example(name="three people within ten minutes on three days", given=world((0, 4, 10), (2, 3, 4)), finds=frozenset({"k-1:1"})),
        Example(name="on two days alone", given=world((0, 4, 10), (2, 3)), finds=frozenset()),
        Example(name="the third eleven minutes after the first", given=world((0, 4, 11), (2, 3, 4)), finds=frozenset()),
        Example(name="two friends who post together", given=world((0, 4), (2, 3, 4)), finds=frozenset()),
        Example(name="one person with three ads", given=world((0, 4, 10), (2, 3, 4), names=("Lina",) * 3), finds=frozenset()),
        Example(name="people whose contacts are not linked", given=world((0, 4, 10), (2, 3, 4), groups=(1, 2, 3)), finds=frozenset()),
    ),
)
