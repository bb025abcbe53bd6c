"""What links, what never does, and that clusters keep their names."""

from __future__ import annotations

import random
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records.ad import Ad
from pipeline.cluster_forming import Known, form
from pipeline.cluster_names import lineage_of, name_groups
from pipeline.linking_settings import ClusterRules, PersonaRules
from pipeline.persona import Shown, tell_apart
from tests.matching.world import ad, picture, world

RULES = PersonaRules(age_drift=2, confidence_min=0.9, atoms_max=60)
TEMPLATE = (
    "Hej jag heter {name} och finns i {city} till {day}. Jag tycker om lugna stunder, god musik och långa samtal vid ett fönster. "
    "Hör av dig i god tid så bestämmer vi."
)


def bits(seed: int) -> bytes:
    return random.Random(seed).randbytes(32)


def near(base: bytes, flips: int) -> bytes:
    number = int.from_bytes(base, "big")
    for place in range(flips):
        number ^= 1 << (place * 3)
    return number.to_bytes(32, "big")


def test_a_shared_number_links_and_no_number_does_not(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(ad(1, "Ring 070-174 06 05"), ad(2, "noll sju noll ett sju fyra noll sex noll fem"), ad(3, "Ring 070-174 06 06"))
        assert town.clusters() == {frozenset({1, 2})}


def test_the_second_run_changes_nothing(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(ad(1, "Ring 070-174 06 05"), ad(2, "070-174 06 05"), picture(1, bits(1)), picture(2, bits(1)))
        again = town.night()
        assert {name: report.written for name, report in again.items()} == dict.fromkeys(again, 0)


def test_one_shared_picture_links_nothing_and_two_do(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        one, two = bits(1), bits(2)
        town.night(
            ad(1, "Ring 070-174 06 05", name="Lina"), ad(2, "Ring 070-174 06 06", name="Mia"), ad(3, "Ring 070-174 06 07", name="Eva"),
            picture(1, one), picture(2, near(one, 20)), picture(1, two, "b.jpg"), picture(2, near(two, 30), "b.jpg"), picture(3, one),
        )  # fmt: skip
        assert town.clusters() == {frozenset({1, 2})}


def test_a_mirrored_picture_is_found(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        grid = int.from_bytes(bits(3), "big")
        odd = int.from_bytes(bytes([0x55] * 32), "big")
        mirrored = (grid ^ odd).to_bytes(32, "big")
        town.night(ad(1, "x"), ad(2, "y"), picture(1, bits(3)), picture(2, mirrored))
        assert town.con.execute("SELECT distance, how FROM photo_match").fetchall() == [(0, "mirrored")]


def test_a_template_alone_links_nothing_but_with_a_picture_it_does(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        texts = [TEMPLATE.format(name=name, city=city, day=day) for name, city, day in (("Lina", "Lund", "fredag"), ("Mia", "Malmö", "söndag"))]
        town.night(ad(1, texts[0] + " 070-174 06 05"), ad(2, texts[1] + " 070-174 06 06"))
        assert town.con.execute("SELECT count(DISTINCT text_template) FROM text_template").fetchall() == [(1,)]
        assert town.clusters() == set()
        town.night(picture(1, bits(1)), picture(2, bits(1)))
        assert town.clusters() == {frozenset({1, 2})}


def test_ads_with_one_text_and_one_account_are_linked_however_many_others_with_that_text_stand_between_them(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        people = enumerate((("Lina", "a"), ("Mia", "own"), ("Eva", "b"), ("Sara", "own")), start=5)
        town.night(*(ad(n, TEMPLATE.format(name=name, city="Lund", day="fredag") + f" 070-174 06 0{n}", account=account) for n, (name, account) in people))
        assert town.clusters() == {frozenset({6, 8})}


def test_a_number_that_rested_for_half_a_year_has_a_new_owner(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        early = datetime(2026, 1, 1, 2)
        town.night(*(ad(number, "070-174 06 05", seen_at=early + timedelta(days=gap)) for number, gap in ((1, 0), (2, 20), (3, 240), (4, 250))))
        assert town.clusters() == {frozenset({1, 2}), frozenset({3, 4})}


def test_a_switchboard_welds_nobody_together(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(*(ad(number, "Ring växeln 08-465 004 10", name=f"Namn{chr(97 + number % 26)}{chr(97 + number // 26)}") for number in range(70)))
        assert town.clusters() == set()
        assert town.con.execute("SELECT kind, reason FROM excluded").fetchall() == [("contact", "switchboard or relay: 70 people in 70 ads")]


def relay(number: int, *, names: int, accounts: int) -> Ad:
    """Return one of many ads on one number, under so many names and from so many accounts in turn."""
    return ad(number, "Ring 08-465 004 10", name=f"Namn{chr(97 + number % names)}", account=f"u{number % accounts}", age=str(20 + number % 3))


def test_the_relay_number_of_a_site_welds_nobody_together(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(*(relay(number, names=15, accounts=15) for number in range(30)))
        assert town.clusters() == set()
        assert town.con.execute("SELECT kind, reason FROM excluded").fetchall() == [("contact", "relay: 15 advertisers in 30 ads")]


def test_an_agency_with_one_account_and_a_person_with_ever_new_accounts_are_linked(tmp_path: Path) -> None:
    for folder, names, accounts in (("agency", 15, 1), ("person", 1, 30)):
        (tmp_path / folder).mkdir()
        with world(tmp_path / folder) as town:
            town.night(*(relay(number, names=names, accounts=accounts) for number in range(30)))
            assert town.clusters() == {frozenset(range(30))}


def test_ads_of_possible_minors_link_nothing(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(ad(1, "Ring 070-174 06 05"), ad(2, "Hon är 16 år, ring 070-174 06 05"))
        assert town.clusters() == set()


def test_a_cluster_keeps_its_name_when_it_grows_and_when_two_merge(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(ad(1, "070-174 06 05"), ad(2, "070-174 06 05"), ad(3, "070-174 06 06"), ad(4, "070-174 06 06"), ad(5, "070-174 06 06"))
        first = town.ids()
        town.night(ad(6, "070-174 06 05"), as_of=datetime(2026, 11, 3))
        assert {number: town.ids()[number] for number in first} == first
        town.night(ad(7, "070-174 06 05 eller 070-174 06 06"), as_of=datetime(2026, 11, 4))
        assert len(set(town.ids().values())) == 1
        run, kept, gone, why = town.con.execute("SELECT * FROM cluster_lineage").fetchall()[0]
        assert (run, why, {kept, gone}) == ("2026-11-04", "merged", {first[1], first[3]})


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.integers(5, 9), st.integers(0, 3)), min_size=2, max_size=8), st.integers(1, 7))
def test_night_by_night_gives_what_one_night_gives(shown: list[tuple[int, int]], cut: int) -> None:
    records = [
        item
        for number, (phone, photo) in enumerate(shown)
        for item in (ad(number, f"070-174 06 0{phone}"), picture(number, bits(photo)), picture(number, bits(photo + 10), "b.jpg"))
    ]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        with world(Path(one)) as town:
            town.night(*records)
            at_once = town.clusters()
        with world(Path(two)) as town:
            town.night(*records[: cut * 3])
            town.night(*records[cut * 3 :])
            assert town.clusters() == at_once


def shown(number: int, *, name: str = "", photo: int | None = None, age: int | None = None) -> Shown:
    return Shown(ad_id=number, names=frozenset({name} if name else ()), photos=frozenset({photo} if photo else ()), age=age)


def people(*ads: Shown) -> list[list[int]]:
    return [[one.ad_id for one in person] for person in tell_apart(ads, RULES)]


def test_one_person_under_several_names_is_one() -> None:
    assert people(shown(1, name="a", photo=7, age=24), shown(2, name="b", photo=7, age=24)) == [[1, 2]]


def test_other_name_and_unknown_age_is_another_person() -> None:
    assert people(shown(1, name="a"), shown(2, name="b")) == [[1], [2]]


def test_one_name_with_ages_far_apart_is_two_people() -> None:
    assert people(shown(1, name="a", age=22), shown(2, name="a", age=31)) == [[1], [2]]


def test_other_name_with_about_the_same_age_is_doubtful_and_merged() -> None:
    assert people(shown(1, name="a", age=24), shown(2, name="b", age=25)) == [[1, 2]]


def test_ages_far_apart_are_two_people_also_where_a_name_is_not_known() -> None:
    assert people(shown(1, name="a", age=27), shown(2, photo=7, age=19), shown(3, age=26)) == [[1, 3], [2]]


def test_whoever_is_doubtful_stands_with_the_nearest_in_age() -> None:
    assert people(shown(1, name="a", age=22), shown(2, name="b", age=25), shown(3, age=24)) == [[1], [2, 3]]


def test_a_chain_of_ages_does_not_swallow_everybody() -> None:
    assert people(shown(1, name="a", age=22), shown(2, name="b", age=24), shown(3, name="c", age=26)) == [[1, 2], [3]]


def test_a_cluster_of_too_many_people_is_cut_at_its_weakest_link() -> None:
    bonds = [(1, 2, 14.0, False), (2, 3, 14.0, False), (3, 4, 9.0, False), (4, 5, 14.0, False)]
    everybody = Known(people=lambda ads: {number: str(number) for number in ads})
    cut = form(bonds, everybody, ClusterRules(personas_max=3, bridge_bits=0.0, bridge_ads=3))
    assert (cut.groups, cut.cut) == ([[1, 2, 3], [4, 5]], [(3, 4, 9.0, "people")])
    assert form(bonds, everybody, ClusterRules(personas_max=5, bridge_bits=0.0, bridge_ads=3)).groups == [[1, 2, 3, 4, 5]]


def test_the_larger_half_of_a_split_keeps_the_name() -> None:
    before = dict.fromkeys((1, 2, 3, 4, 5), "k-aaaa")
    named = name_groups([[1, 2, 3], [4, 5]], before)
    other = next(name for name in named if name != "k-aaaa")
    assert named["k-aaaa"] == [1, 2, 3]
    assert lineage_of(named, before) == [(other, "k-aaaa", "split")]


def test_swapping_a_nationality_leaves_a_short_text_in_its_template(tmp_path: Path) -> None:
    line = "Hej, jag är en {0} tjej, {1} vän och {2} massör som talar {3} i centrum"
    with world(tmp_path) as town:
        town.night(
            ad(1, line.format("svensk", "rumänsk", "thailändsk", "polska")),
            ad(2, line.format("ungersk", "asiatisk", "brasiliansk", "engelska")),
        )
        counted = town.con.execute("SELECT count(DISTINCT masked), count(DISTINCT text_template) FROM text_sketch JOIN text_template USING (version_id)")
        assert counted.fetchall() == [(1, 1)]
