"""Reused pictures are found after what advertisers do to them, alone or with a second sign, and those that are everywhere link nothing."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records.hash_kinds import HALVES, HASH_BYTES, KINDS, TURNS, WHOLE, WINDOWS
from pipeline.match import photos, stage
from pipeline.match.photo_agreement import FEWEST, agreement, bounds, stands_alone
from pipeline.match.photo_parts import ASKED, compare_all, compare_pairs
from pipeline.match.photo_table import ABSENT
from pipeline.match.photos import FORMS, as_array, orientations
from pipeline.match.turned_search import TurnedIndex
from pipeline.photo_compare import group
from pipeline.store import sql
from tests.matching.world import shipped_linking

AT = datetime(2026, 11, 1, 2)


def bits(seed: int) -> bytes:
    return random.Random(seed).randbytes(32)


def turned(value: bytes, count: int) -> bytes:
    """Return a hash with so many other bits."""
    number = int.from_bytes(value, "big")
    for place in random.Random(count).sample(range(256), count):
        number ^= 1 << place
    return number.to_bytes(32, "big")


class Pictures:
    """A store that holds ads with pictures and contacts, and nothing else."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute(sql("schema"))

    def ad(self, number: int, *, phone: str, county: str = "12") -> None:
        self.con.execute("INSERT INTO ad VALUES ($ad, 'exempel', $ad::VARCHAR, '', $at, $at, 'listed', $ad)", {"ad": number, "at": AT})
        self.con.execute("INSERT INTO contact VALUES ($ad, $ad, 'phone', $phone, 1, 'body', 0, 0, 0, '')", {"ad": number, "phone": phone})
        self.con.execute("INSERT INTO place VALUES ($ad, $ad, $county || '80', 'city', 0, 0, true)", {"ad": number, "county": county})

    def shown(self, number: int, photo: int, inside: str = "", apart: int = 0, /, **named: bytes) -> None:
        """Give an ad a picture with hashes of the named kinds; the others are near to nothing, or `apart` bits from those of pictures with the same inside."""
        names = {{"window": "86 % middle middle"}.get(kind, kind): value for kind, value in named.items()}
        others = {kind: turned(random.Random(f"{inside or photo} {kind}").randbytes(32), apart) for kind in KINDS}
        rows = [{"kind": kind, "hash": names.get(kind, others[kind]), "quality": 100} for kind in KINDS]
        self.con.register("one", pa.Table.from_pylist([{"photo": photo, "ad": number, "whole": rows[0]["hash"], "seen": AT, "parts": rows[1:]}]))
        self.con.execute("INSERT INTO photo_hash SELECT photo, ad, '', whole, 100, '', seen, parts FROM one")

    def match(self) -> None:
        stage.run(self.con, LINKING, AT)

    def matches(self) -> list[tuple[object, ...]]:
        return self.con.execute("SELECT distance, how, hashes, needs_second_sign, second FROM photo_match ORDER BY ALL").fetchall()

    def groups(self) -> set[frozenset[int]]:
        return {frozenset(row[0]) for row in self.con.execute("SELECT list(photo_id) FROM photo_group GROUP BY photo_group").fetchall()}


LINKING = shipped_linking()


@contextmanager
def pictures() -> Iterator[Pictures]:
    made = Pictures()
    try:
        yield made
    finally:
        made.con.close()


def test_every_turn_of_a_picture_is_undone_by_one_orientation() -> None:
    one = as_array([bits(1)])
    forms = orientations(one)
    assert len({form.tobytes() for form in forms}) == len(FORMS) == 8
    assert all(any((again == one).all() for again in orientations(form)) for form in forms)


def test_windows_are_never_asked_against_windows_nor_halves_against_them() -> None:
    assert [(set(asked) & set(WINDOWS), set(known) & set(HALVES)) for asked, known in ASKED] == [(set(), set()), (set(), set())]
    assert ASKED[1] == ((*TURNS, *HALVES), WHOLE)


def test_both_ways_of_comparing_find_the_same_pairs() -> None:
    parts = {number: [(kind, bits(100 * number + place)) for place, kind in enumerate(KINDS)] for number in range(4)}
    parts[1][5] = (KINDS[5], turned(parts[0][0][1], 40))  # a window of picture 1 is the whole of picture 0
    parts[3][1] = (KINDS[1], orientations(as_array([parts[2][0][1]]))[5].tobytes())
    by_pairs = compare_pairs(parts, [(one, other) for one in range(4) for other in range(one)], most=83)
    everything = compare_all(parts, most=83)
    rows = [tuple(zip(*(getattr(found, name).tolist() for name in found.__slots__), strict=True)) for found in (by_pairs, everything)]
    assert rows[0] == rows[1] == ((0, 1, 40, 0, 0, 5), (2, 3, 0, 5, 0, 1))


def test_a_picture_inside_a_border_is_found_wherever_it_stands() -> None:
    with pictures() as store:
        store.ad(1, phone="a")
        store.ad(2, phone="b")
        store.shown(1, 1, whole=bits(1))
        store.shown(2, 2, trimmed=turned(bits(1), 20))
        store.match()
        assert (store.matches(), store.groups()) == ([(20, "same", "whole / trimmed", False, "")], {frozenset({1, 2})})


def test_a_crop_is_found_only_where_the_ads_share_something() -> None:
    with pictures() as store:
        for number, phone in ((1, "a"), (2, "a"), (3, "b")):
            store.ad(number, phone=phone)
        store.shown(1, 1, window=bits(1))
        store.shown(2, 2, whole=turned(bits(1), 44))
        store.shown(3, 3, window=turned(bits(1), 44))
        store.match()
        assert (store.matches(), store.groups()) == ([(44, "same", "86 % middle middle / whole", False, "")], {frozenset({1, 2}), frozenset({3})})


def test_ads_that_come_to_share_something_later_have_their_pictures_compared_then() -> None:
    with pictures() as store:
        store.ad(1, phone="a")
        store.ad(2, phone="b")
        store.shown(1, 1, window=bits(1))
        store.shown(2, 2, whole=turned(bits(1), 44))
        store.match()
        assert store.groups() == {frozenset({1}), frozenset({2})}
        store.con.execute("INSERT INTO contact VALUES (3, 2, 'phone', 'a', 1, 'body', 0, 0, 0, '')")
        store.match()
        assert store.groups() == {frozenset({1, 2})}


def alone(store: Pictures, apart: int, inside: int | None) -> bool:
    """Say whether two pictures link by themselves, so many bits apart as wholes and by their other hashes; None: those have nothing in common."""
    for number in (1, 2):
        changed = turned(bits(9), apart) if number == 2 else bits(9)
        trimmed, framed, square = (bits(10 * number + place) for place in range(3))  # or these would meet
        like, others = "" if inside is None else "one", (inside or 0) if number == 2 else 0
        store.shown(number, number, like, others, whole=changed, trimmed=trimmed, framed=framed, square=square)
    store.match()
    return len(store.groups()) == 1


def linked(apart: int, inside: int | None, *, phones: str) -> bool:
    with pictures() as store:
        for number, phone in enumerate(phones, start=1):
            store.ad(number, phone=phone)
        return alone(store, apart, inside)


def test_pictures_of_strangers_stand_alone_only_very_near_or_where_all_their_hashes_agree() -> None:
    shown = ((30, None), (32, None), (44, 42), (44, 46), (60, 28), (60, 30), (62, 10))
    assert [linked(apart, inside, phones="ab") for apart, inside in shown] == [True, False, True, False, True, False, False]


def test_pictures_of_ads_that_share_something_need_less() -> None:
    shown = ((44, None), (46, None), (46, 52), (46, 54), (60, 38), (60, 40), (62, 10))
    assert [linked(apart, inside, phones="aa") for apart, inside in shown] == [True, False, True, False, True, False, False]


def test_pictures_with_few_hashes_cannot_agree() -> None:
    pair = [[(kind, bits(place)) for place, kind in enumerate(KINDS[:count])] for count in (FEWEST, FEWEST, FEWEST - 1)]
    parts = dict(enumerate(pair))
    assert agreement(parts, compare_pairs(parts, [(0, 1), (0, 2), (1, 2)], most=83)).tolist() == [0.0, ABSENT, ABSENT]


def test_what_was_cut_out_of_two_pages_is_never_certain() -> None:
    for kind, certain in (("whole", True), ("framed", False)):
        parts = {number: [(kind, bits(1))] for number in (1, 2)}
        found = compare_pairs(parts, [(1, 2)], most=83)
        assert stands_alone(found, agreement(parts, found), bounds(LINKING.photos, shared=True)).tolist() == [certain]


def test_agreement_is_the_same_from_both_pictures_and_in_every_orientation() -> None:
    one = [(kind, bits(place)) for place, kind in enumerate(KINDS)]
    for form in range(len(FORMS)):
        other = [(kind, orientations(as_array([turned(value, 20)]))[form].tobytes()) for kind, value in one]
        for parts in ({0: one, 1: other}, {0: other, 1: one}):
            assert agreement(parts, compare_pairs(parts, [(0, 1)], most=83)).tolist() == [20.0]


def test_pictures_with_one_hash_in_common_but_not_the_rest_are_asked_each_for_itself() -> None:
    with pictures() as store:
        for number, phone in ((1, "a"), (2, "b"), (3, "c")):
            store.ad(number, phone=phone)
        store.shown(1, 1, "another", whole=bits(1))
        store.shown(2, 2, "one", whole=bits(1))
        store.shown(3, 3, "one", 20, whole=turned(bits(1), 44))
        store.match()
        assert store.con.execute("SELECT left_photo, right_photo, needs_second_sign FROM photo_match ORDER BY ALL").fetchall() == [
            (1, 2, False), (1, 3, True), (2, 3, False),
        ]  # fmt: skip


def weak_pairs(store: Pictures, count: int) -> None:
    """Show two ads whose pictures are each 70 bits apart."""
    store.ad(1, phone="a")
    store.ad(2, phone="b")
    for number in range(count):
        store.shown(1, number, whole=bits(number))
        store.shown(2, 10 + number, whole=turned(bits(number), 70))
    store.match()


def test_a_weak_match_stands_alone_only_with_another_picture_of_the_two_ads() -> None:
    with pictures() as store:
        weak_pairs(store, 1)
        assert (store.matches(), len(store.groups())) == ([(70, "same", "whole / whole", True, "")], 2)
    with pictures() as store:
        weak_pairs(store, 2)
        assert store.matches() == [(70, "same", "whole / whole", False, "another picture of the two ads")] * 2
        assert store.groups() == {frozenset({0, 10}), frozenset({1, 11})}


def spread(store: Pictures, *, strangers: int) -> list[tuple[object, ...]]:
    for number in range(13):
        store.ad(number, phone=f"p{number}", county=f"{number + 10}")
        store.shown(number, number, whole=bits(1))
    for number in range(strangers):
        store.ad(100 + number, phone=f"q{number}")
    store.match()
    return store.con.execute("SELECT DISTINCT stop FROM photo_group").fetchall()


def test_a_picture_that_is_everywhere_is_stopped_with_its_spread_as_the_reason() -> None:
    with pictures() as store:
        assert spread(store, strangers=0) == [("the site's own picture: 13 contacts, 0 names, 13 counties, 1 site",)]
    with pictures() as store:
        assert spread(store, strangers=90) == [("stolen or stock photo: 13 contacts, 0 names, 13 counties, 1 site",)]


def a_night(store: Pictures, numbers: Sequence[int]) -> None:
    rng = random.Random(5)
    for number in range(12):
        base, change, kind, phone = rng.randrange(4), rng.randrange(84), rng.choice(("whole", "trimmed", "window")), rng.choice("abc")
        if number in numbers:
            store.ad(number, phone=phone)
            store.shown(number, number, **{kind: turned(bits(base), change)})
            store.shown(number, 100 + number, f"{base}", change // 2, whole=turned(bits(9 + base), change))
    store.match()


@functools.cache
def in_one_night() -> set[frozenset[int]]:
    with pictures() as store:
        a_night(store, range(12))
        return store.groups()


@settings(max_examples=3, deadline=None)
@given(nights=st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_pictures_that_come_night_by_night_are_grouped_as_in_one(nights: list[int]) -> None:
    with pictures() as nightly:
        for night in range(3):
            a_night(nightly, [number for number in range(12) if nights[number] == night])
        assert nightly.groups() == in_one_night()


def test_compare_says_which_hashes_met_and_whether_it_stands_alone() -> None:
    body = group(
        {"a.jpg": (("whole", bits(1), 100), ("80 % middle", bits(2), 100)), "b.jpg": (("whole", turned(bits(2), 65), 90),), "c.jpg": (("whole", bits(3), 20),)},
        [],
        LINKING.photos,
    )
    assert body == {
        "groups": [["a.jpg"], ["b.jpg"], ["c.jpg"]],
        "unreadable": [{"file": "c.jpg", "why": "too little in the picture to compare"}],
        "links": [{"a": "a.jpg", "b": "b.jpg", "how": "same", "distance": 65, "needs_second_sign": True, "hashes": ["80 % middle", "whole"], "agree": None}],
    }


def test_what_is_asked_among_itself_in_parts_is_what_the_whole_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(3)
    drawn = dice.integers(0, 256, (240, HASH_BYTES), dtype=np.uint8)
    turned = np.concatenate([form[place * 20 : place * 20 + 20] for place, form in enumerate(photos.orientations(drawn))])
    noisy = np.packbits(np.unpackbits(turned, axis=1) ^ (dice.random((len(turned), 256)) < 0.1), axis=1)
    bits = dice.permutation(np.concatenate([drawn, noisy]))
    whole = photos.Hashed(bits=bits, owners=np.arange(len(bits)) // 2, kinds=np.arange(len(bits)) % 2)
    earlier, asked = (photos.Hashed(**{name: getattr(whole, name)[part] for name in photos.Hashed.__slots__}) for part in (slice(70), slice(70, None)))
    monkeypatch.setattr(photos, "QUERIES", 32)
    expected, found = photos.nearest(asked, whole, most=83), photos.nearest_anew(asked, earlier, most=83)
    assert len(expected.left) > 100
    assert {name: getattr(found, name).tolist() for name in photos.Found.__slots__} == {
        name: getattr(expected, name).tolist() for name in photos.Found.__slots__
    }


@pytest.mark.parametrize("most", [0, 1, 2, 30, 60, 83, 97])
def test_what_is_near_in_any_orientation_is_found_and_nothing_else(most: int) -> None:
    dice = np.random.default_rng(most)
    drawn = dice.integers(0, 256, (60, HASH_BYTES), dtype=np.uint8)
    flipped = dice.random((len(drawn), 256)).argsort(axis=1) < dice.integers(max(0, most - 3), most + 4, (len(drawn), 1))  # that many bits of each
    known = np.packbits(np.unpackbits(drawn, axis=1) ^ flipped, axis=1)
    asked = np.stack([orientations(drawn)[form][place] for place, form in enumerate(dice.integers(0, len(FORMS), len(drawn)))])
    counted = np.stack([np.bitwise_count(form[:, None] ^ known[None]).sum(axis=2, dtype=np.int64) for form in orientations(asked)])
    expected = {(int(a), int(k)): (int(counted[:, a, k].min()), int(counted[:, a, k].argmin())) for a, k in np.argwhere(counted.min(axis=0) <= most)}
    index = TurnedIndex(most)
    index.add(known[:20])
    index.add(known[20:])
    near = index.ask(asked)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for a, k, *met in zip(near.asker.tolist(), near.place.tolist(), near.distance.tolist(), near.form.tolist(), strict=True):
        found[a, k] = min(found.get((a, k), (257, 8)), (met[0], met[1]))
    assert len(expected) > 10
    assert found == expected
