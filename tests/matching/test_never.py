"""What never links is named with its reason, found in the ads or in the config."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from pipeline.failure import Failure
from pipeline.link_named import with_named
from pipeline.linking_settings import Named
from pipeline.pseudonyms import contact_id
from tests.matching.facts import START, Facts

KEY = b"p" * 32


def test_each_kind_that_never_links_is_kept_with_its_reason() -> None:
    town = Facts()
    hotel, word = contact_id(KEY, "phone", "+46846500410"), contact_id(KEY, "telegram", "kontakt")
    named = (Named(kind="phone", value="08-465 004 10", why="hotel switchboard"),)
    town.link = with_named(dataclasses.replace(town.link, named=named), KEY)
    for number in (1, 2):
        town.add(number, hotel)
        town.add(number + 10, word, kind="telegram")
        town.add(number + 20, "own")
    for number, days in ((31, 0), (32, 10), (33, 205), (34, 210)):
        town.add(number, "moved", seen=START + timedelta(days=days))
    town.con.execute("INSERT INTO photo_group VALUES (1, 1, 7, 'stolen or stock photo')")
    town.night()
    assert town.clusters() == {frozenset({21, 22}), frozenset({31, 32}), frozenset({33, 34})}
    assert town.con.execute("SELECT * FROM excluded ORDER BY kind, reason").fetchall() == [
        ("contact", word, "generic handle"),
        ("contact", hotel, "named in config/linking.toml: hotel switchboard"),
        ("photo_group", "7", "stolen or stock photo"),
        ("recycled", "moved", "recycled: rested 194 days before 2027-05-25"),
    ]
    town.link = dataclasses.replace(town.link, never=(), recycled_days=300)
    town.night(day=2)
    assert town.con.execute("SELECT kind FROM excluded").fetchall() == [("photo_group",)]
    assert town.clusters() == {frozenset({1, 2}), frozenset({11, 12}), frozenset({21, 22}), frozenset({31, 32, 33, 34})}


def test_a_named_number_that_is_none_is_refused_before_anything_is_linked() -> None:
    with pytest.raises(Failure, match="phone .reception. is no valid number"):
        with_named(dataclasses.replace(Facts().link, named=(Named(kind="phone", value="08-1", why="reception"),)), KEY)


def test_a_number_that_strangers_show_beside_their_own_links_nobody_and_one_of_people_with_no_other_does() -> None:
    town = Facts()
    for number in range(6):
        town.add(number, "hotel", f"own{number}", name=f"n{number}")
        town.add(number + 20, "ring", name=f"m{number}")
        town.add(number + 40, "agency", f"line{number}", name=f"k{number}", photos=(9,))
    town.night()
    assert town.clusters() == {frozenset(range(20, 26)), frozenset(range(40, 46))}
    assert town.con.execute("SELECT id, reason FROM excluded").fetchall() == [
        ("hotel", "shared by strangers: 6 of 6 ads have a contact of their own and nothing else in common")
    ]
