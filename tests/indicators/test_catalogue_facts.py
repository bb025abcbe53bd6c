"""From ads as they are read to signs: the tables that single rules need are made of what the earlier stages wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from crawler.records.ad import Ad, ImageSeen
from pipeline.detect_inputs import make_inputs
from tests.indicators.town import AS_OF, START, findings, judge
from tests.matching.test_linking import bits
from tests.matching.world import ad, picture, world

TEXT = (
    "Hej jag heter {name} och är {age} år. Jag tycker om lugna stunder, god musik och långa samtal vid ett fönster, och jag tar gärna emot dig en kväll. "
    "Ring eller skriv till mig på 070-174 06 05 så hittar vi en tid som passar dig bra."
)
TURNS = (("Lina", "22"), ("Mia", "27"), ("Eva", "32"))


def one_place_three_people(turns: Sequence[tuple[str, str]]) -> list[tuple[Ad | ImageSeen, ...]]:
    """Return what each night sees of one ad that presents one person after the other, and of another ad on its phone."""
    nights: list[tuple[Ad | ImageSeen, ...]] = []
    for night, (name, age) in enumerate(turns):
        seen_at, image = START + timedelta(days=7 * night, hours=2), f"{age}.jpg"
        shown = ad(1, TEXT.format(name=name, age=age), name=name, age=age, city="Lund", images=(image,), seen_at=seen_at)
        other = ad(2, "En stund i lugn och ro. 070-174 06 05", name="Nora", age="40", city="Lund", seen_at=seen_at)
        nights.append((shown, other, picture(1, bits(int(age)), image)))
    return nights


def signs(tmp_path: Path, nights: Sequence[tuple[Ad | ImageSeen, ...]], indicator: str) -> list[tuple[str, str]]:
    """What an indicator's findings are of, ad or cluster, and their strengths, after these nights."""
    tmp_path.mkdir(exist_ok=True)
    with world(tmp_path) as town:
        for number, records in enumerate(nights):
            town.night(*records, as_of=START + timedelta(days=7 * number + 1))
        judge(town.con)
        return [(subject[:2], strength) for found, subject, strength in findings(town.con) if found == indicator]


def test_an_ad_that_is_kept_while_people_are_replaced_is_seen(tmp_path: Path) -> None:
    assert signs(tmp_path / "a", one_place_three_people(TURNS), "slot_replacement") == [("ad", "moderate")]
    assert signs(tmp_path / "b", one_place_three_people((*TURNS[:1], ("Mia", "22"), ("Eva", "22"))), "slot_replacement") == []


def test_times_that_the_site_gives_make_batches_and_dates_alone_do_not(tmp_path: Path) -> None:
    def nights(form: str) -> list[tuple[Ad, ...]]:
        moments = [START + timedelta(days=day, hours=21) for day in range(3)]
        return [
            tuple(
                ad(
                    10 * place + turn, TEXT.format(name=name, age=age), name=name, age=age, city="Lund", seen_at=AS_OF - timedelta(days=3),
                    posted_at=f"{moment + timedelta(minutes=2 * place):{form}}",
                )
                for place, (name, age) in enumerate(TURNS)
                for turn, moment in enumerate(moments)
            )
        ]  # fmt: skip

    assert signs(tmp_path / "a", nights("%Y-%m-%dT%H:%M:%SZ"), "batch_posting_cross_persona") == [("k-", "moderate")]
    assert signs(tmp_path / "b", nights("%Y-%m-%d"), "batch_posting_cross_persona") == []


def test_parlours_prices_distances_and_pronouns_are_read_from_ads(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(
            ad(1, "Hon väntar. Hon tar emot. Ring henne på 070-174 06 05. 1200 kr/h", city="Malmö", venue="Rosens Spa!", category="massage"),
            ad(2, "Ring mig på 070-174 06 05. 1000 kr/h", city="Umeå", address="Storgatan 1"),
            as_of=AS_OF,
        )
        make_inputs(town.con)
        assert town.con.execute("SELECT category, venue, municipality, named FROM venue_seen ORDER BY ALL").fetchall() == [
            ("escort", "storgatan1", "2480", False), ("massage", "rosensspa", "1280", True),
        ]  # fmt: skip
        assert town.con.execute("SELECT first_person, third_person FROM pronoun ORDER BY ALL").fetchall() == [(0, 3), (1, 0)]
        assert town.con.execute("SELECT county, category, amount FROM half_hour ORDER BY ALL").fetchall() == [("12", "massage", 600.0), ("24", "escort", 500.0)]
        km = town.con.execute("SELECT km FROM distance ORDER BY ALL").fetchall()
        assert len(km) == 2 and all(900 < distance[0] < 1100 for distance in km)
        assert town.con.execute("SELECT count(*) FROM person JOIN ad USING (ad_id) WHERE category = 'massage'").fetchall() == [(0,)]
