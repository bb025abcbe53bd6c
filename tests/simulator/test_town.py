"""The town is what its rates say: every kind of actor, every ad with its truth, no number that anybody has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np
import phonenumbers

from crawler.records.ad import CATEGORIES, Ad
from simulator import phones
from simulator.listing import Listing
from simulator.picture_hashes import hash_jpeg
from simulator.pictures import jpeg
from simulator.rates import rates
from simulator.town import CONTROLLED, KINDS, Plan, part_of, town_of

FICTION = frozenset(phones.swedish() + phones.foreign())


def texts_of(ad: Ad) -> Iterator[str]:
    """Yield every text of an ad that a person could read a number in."""
    yield from (ad.title, ad.body, ad.address, ad.venue, ad.price, ad.account)
    yield from (*ad.phones, *ad.emails, *ad.payment, *ad.comments, *(handle.value for handle in ad.handles))


def test_a_town_has_exactly_as_many_distinct_ads_as_asked_each_seen_in_the_window(town: list[Listing], plan: Plan) -> None:
    assert len({(listing.versions[0].ad.site, listing.versions[0].ad.url) for listing in town}) == len(town) == plan.ads
    assert {listing.number for listing in town} == set(range(10_000, 11_500))
    assert all(0 <= version.first <= version.last < plan.nights for listing in town for version in listing.versions)
    assert all(left.last + 1 == right.first for listing in town for left, right in zip(listing.versions, listing.versions[1:], strict=False))


def test_every_kind_of_actor_occurs_and_the_shares_are_near_those_asked(town: list[Listing]) -> None:
    made = Counter(listing.kind for listing in town)
    whole = sum(rates().shares.values())
    assert set(made) == set(KINDS) == set(rates().shares)
    assert {kind for kind, share in rates().shares.items() if abs(made[kind] - share / whole * len(town)) > 30} == set()


def test_a_group_has_one_kind_and_one_truth(town: list[Listing]) -> None:
    told = defaultdict(set)
    for listing in town:
        told[listing.group].add((listing.kind, listing.controlled))
    assert {len(facts) for facts in told.values()} == {1}
    assert {kind for facts in told.values() for kind, controlled in facts if controlled} == set(CONTROLLED)


def test_controlled_groups_are_large_enough_to_be_found_and_are_the_minority(town: list[Listing]) -> None:
    sizes = Counter(listing.group for listing in town if listing.controlled)
    assert sum(size >= 4 for size in sizes.values()) >= 12
    assert 0.10 <= sum(sizes.values()) / len(town) <= 0.20


def test_what_stands_in_ads_is_fiction(town: list[Listing]) -> None:
    found: list[phonenumbers.PhoneNumber] = []
    for listing in town:
        for version in listing.versions:
            for text in texts_of(version.ad):
                found += [match.number for match in phonenumbers.PhoneNumberMatcher(text, "SE", leniency=phonenumbers.Leniency.VALID)]
    numbers = {phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) for number in found}
    assert len(numbers) > 150
    assert numbers - FICTION == set()
    assert {listing.phone for listing in town} - FICTION <= {""}


def test_the_ranges_of_fiction_hold_only_numbers_that_are_valid_and_distinct() -> None:
    numbers = phones.swedish() + phones.foreign()
    assert len(set(numbers)) == len(numbers) == phones.capacity() == 95 + 400 + 50_000 + 38_100
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in phones.swedish() + phones.foreign()[::97])
    assert [phones.national(number) for number in ("+46701740605", "+46313900600", "+4684650" + "0400", "+46980319200", "+33199001234", "+12125550142")] == [
        "070-174 06 05", "031-390 06 00", "08-465 004 00", "0980-319 200", "+33 1 99 00 12 34", "+1 212 555 0142",
    ]  # fmt: skip


def test_strangers_never_share_a_number_but_for_those_that_are_meant_to(town: list[Listing]) -> None:
    owners = defaultdict(set)
    for listing in town:
        owners[listing.phone].add((listing.kind, listing.group))
    shared = {kind for phone, groups in owners.items() if phone and len({group for _, group in groups}) > 1 for kind, _ in groups}
    assert shared == {"relay", "recycled"}


def test_numbers_change_hands_quickly_and_where_the_window_is_long_enough_after_more_than_180_days_too() -> None:
    town = town_of(Plan(seed=5, ads=1500, nights=260, until=date(2026, 11, 23)))
    nights = defaultdict(lambda: defaultdict(list))
    for listing in town:
        if listing.kind == "recycled":
            nights[listing.phone][listing.group] += [listing.versions[0].first, listing.versions[-1].last]
    pairs = [sorted((min(seen), max(seen)) for seen in groups.values()) for groups in nights.values() if len(groups) == 2]
    gaps = [late[0] - early[1] for early, late in pairs]
    assert {gap > 180 for gap in gaps} == {True, False}
    assert all(gap > 180 or 1 < gap <= 31 for gap in gaps), gaps


def test_the_browsers_site_stays_small_in_a_small_town(town: list[Listing], plan: Plan) -> None:
    for night in range(plan.nights):
        up = [ad for listing in town if (ad := listing.on(night)) is not None and ad.site == "fonstret"]
        assert len(up) <= 90


def test_ads_live_as_ads_do(town: list[Listing], plan: Plan) -> None:
    ads = [version.ad for listing in town for version in listing.versions]
    assert {ad.category for ad in ads} == set(CATEGORIES)
    assert any(len(listing.versions) == 2 for listing in town), "no ad was ever edited"
    assert any(listing.versions[-1].last < plan.nights - 1 for listing in town), "no ad ever vanished"
    for field in ("name", "age", "city", "price"):
        missing = sum(not getattr(ad, field) for ad in ads) / len(ads)
        assert 0.08 < missing < 0.45, field
    assert {listing.minor for listing in town if listing.kind == "minor"} == {True}
    assert {listing.no_contact for listing in town if listing.kind == "no_contact"} == {True}
    assert all(value == value.strip() for ad in ads for value in texts_of(ad))


def test_strangers_write_in_their_own_words(town: list[Listing]) -> None:
    bodies = {listing.group: listing.versions[0].ad.body for listing in town if listing.kind == "independent"}
    assert len(set(bodies.values())) == len(bodies)


def test_a_part_of_a_large_town_has_its_own_people() -> None:
    plan = Plan(seed=4, ads=20_400, nights=7, until=date(2026, 11, 23))
    listings = part_of(plan, 1)
    assert (plan.parts, plan.part_ads(1), len(listings)) == (2, 400, 400)
    assert {listing.group.split("-")[0] for listing in listings} == {"g1"}
    assert {listing.number for listing in listings} == set(range(30_000, 30_400))


def test_some_minors_are_advertised_among_adults_by_the_same_hand() -> None:
    groups = defaultdict(list)
    for listing in town_of(Plan(seed=6, ads=4000, nights=30, until=date(2026, 11, 23))):
        if listing.controlled:
            groups[listing.group].append(listing.minor)
    assert any(True in minors and minors.count(False) >= 4 for minors in groups.values())


def test_different_pictures_are_far_apart_and_changed_ones_near() -> None:
    def bits(identity: int, variant: str = "same") -> np.ndarray:
        content, quality = hash_jpeg(jpeg(identity, variant, identity, seed=3))
        assert quality >= 50
        return np.unpackbits(np.frombuffer(content, dtype=np.uint8))

    bases = [bits(identity) for identity in range(150)]
    apart = [int((left != right).sum()) for place, left in enumerate(bases) for right in bases[:place]]
    assert min(apart) >= 85 and sum(distance <= 90 for distance in apart) <= 3
    for variant, most in (("recoded", 16), ("resized", 30), ("toned", 30), ("logo", 76), ("cropped", 90)):
        near = [int((bits(identity, variant) != bases[identity]).sum()) for identity in range(12)]
        assert max(near) <= most, variant
