"""The evaluation's counts equal those made the slow way."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import b_cubed, pairwise, precision_at, shared_phone_clusters

WORLDS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25)


@given(WORLDS)
def test_pairs_are_counted_as_by_hand(world: list[tuple[int, int]]) -> None:
    clusters, groups = {ad: row[0] for ad, row in enumerate(world)}, {ad: row[1] for ad, row in enumerate(world)}
    said = [pair for pair in combinations(clusters, 2) if clusters[pair[0]] == clusters[pair[1]]]
    true = [pair for pair in combinations(groups, 2) if groups[pair[0]] == groups[pair[1]]]
    both = len(set(said) & set(true))
    found = pairwise(clusters, groups)
    assert found["precision"] == pytest.approx(both / len(said) if said else 1.0)
    assert found["recall"] == pytest.approx(both / len(true) if true else 1.0)


@given(WORLDS)
def test_b_cubed_is_the_mean_over_ads(world: list[tuple[int, int]]) -> None:
    clusters, groups = {ad: row[0] for ad, row in enumerate(world)}, {ad: row[1] for ad, row in enumerate(world)}
    precisions, recalls = [], []
    for ad in clusters:
        mates = {other for other in clusters if clusters[other] == clusters[ad]}
        kin = {other for other in groups if groups[other] == groups[ad]}
        precisions.append(len(mates & kin) / len(mates))
        recalls.append(len(mates & kin) / len(kin))
    found = b_cubed(clusters, groups)
    assert (found["precision"], found["recall"]) == (pytest.approx(sum(precisions) / len(world)), pytest.approx(sum(recalls) / len(world)))


def test_a_short_queue_divides_by_its_length() -> None:
    clusters = {1: "a", 2: "a", 3: "b", 4: "b", 5: "c", 6: "c"}
    controlled = {1: True, 2: True, 3: True, 4: False, 5: False, 6: False}
    assert precision_at(["a", "b", "c"], clusters, controlled) == dict.fromkeys(("10", "25", "50"), 1 / 3)
    assert precision_at([], clusters, controlled) == dict.fromkeys(("10", "25", "50"), 0.0)


def test_the_afternoon_baseline_joins_plain_numbers_only() -> None:
    found = shared_phone_clusters({1: "Ring 070-174 06 05", 2: "+46 70 174 06 05", 3: "noll sju noll ett sju fyra noll sex noll fem"})
    assert (found[1] == found[2], found[3] == found[1]) == (True, False)
