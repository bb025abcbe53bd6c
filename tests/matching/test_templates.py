"""Texts of one template: found whatever changes, told apart from strangers, the same in one night or in many, with slots that say what changed."""

from __future__ import annotations

import dataclasses
import functools
import random
from collections.abc import Iterable

import duckdb
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.template_ads import made
from benchmarks.templates import agreement
from pipeline.linking_settings import TextMatching
from pipeline.match import text_stage
from pipeline.match.grouping import group, partition
from pipeline.match.groups import Groups
from pipeline.match.sketches import sketches
from pipeline.match.slots import template_of
from pipeline.match.text_stage import match_texts, too_large
from pipeline.match.texts import mask, similar_from
from pipeline.store import make_tables
from tests.matching.world import shipped_linking

TEXTS = shipped_linking().texts
LOOSE = dataclasses.replace(TEXTS, similar_at_10k=56.0)  # strangers are so nearly joined that it matters which pairs are looked at
ADS = made(7, 40, changed=0.2, sizes=(3, 9))


def partition_of(con: duckdb.DuckDBPyConnection, settings: TextMatching) -> set[frozenset[int]]:
    """Match what is new and return the groups of two or more by version."""
    _, groups = match_texts(con, settings)
    found: dict[int, set[int]] = {}
    for (version,) in con.execute("SELECT version_id FROM text_sketch").fetchall():
        found.setdefault(groups.of(version), set()).add(version)
    return {frozenset(members) for members in found.values() if len(members) > 1}


@functools.cache
def tables() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    make_tables(con)
    return con


def store(texts: Iterable[tuple[int, str]] = ()) -> duckdb.DuckDBPyConnection:
    """Return empty tables with these texts in them; the tables are made once and emptied."""
    for table in ("ad_version", "text_sketch", "text_match"):
        tables().execute(f"DELETE FROM {table}")
    take_in(texts)
    return tables()


def take_in(texts: Iterable[tuple[int, str]]) -> None:
    rows = [{"id": version, "text": text} for version, text in texts]
    tables().execute(
        "INSERT INTO ad_version (version_id, ad_id, body, seen_at) SELECT row.id, row.id, row.text, TIMESTAMP '2026-11-01' FROM (SELECT unnest($rows) AS row)",
        {"rows": rows},
    )


def test_ads_of_a_template_are_found_with_a_fifth_of_their_words_changed_and_strangers_are_not_joined() -> None:
    ads = made(8, 300, changed=0.2, sizes=(3, 9))
    agreed = agreement([ad.template for ad in ads], partition([mask(ad.text) for ad in ads], TEXTS))
    assert agreed["pair_precision"] == 1.0
    assert agreed["b3h"] > 0.98


def whole() -> list[tuple[int, str]]:
    return [(place, ad.text) for place, ad in enumerate(ADS, start=1)]


@functools.cache
def at_once() -> set[frozenset[int]]:
    return partition_of(store(whole()), LOOSE)


@settings(max_examples=3, deadline=None)
@example(0)
@example(1)
@example(2)
@given(st.integers(0, 10_000))
def test_templates_found_night_by_night_in_any_order_are_those_of_one_night(seed: int) -> None:
    """Without counting again which texts stand side by side, two of the first three orders join groups that one night keeps apart."""
    order, con = random.Random(seed).sample(whole(), len(ADS)), store()
    for first in range(0, len(ADS), 10):
        take_in(order[first : first + 10])
        found = partition_of(con, LOOSE)
    assert found == at_once() != set()


def test_a_second_look_at_the_same_texts_compares_nothing_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    con = store(whole())
    before = partition_of(con, TEXTS)
    monkeypatch.setattr(text_stage, "likenesses", None)
    assert partition_of(con, TEXTS) == before


def test_texts_sketched_in_another_way_are_sketched_anew() -> None:
    before = partition_of(store(whole()), TEXTS)
    con = store(whole())
    con.execute("INSERT INTO text_sketch SELECT version_id, ad_id, 'x', [1, 2, 3] FROM ad_version")
    assert partition_of(con, TEXTS) == before


def test_a_sketch_is_of_the_text_alone_and_no_gram_reaches_into_the_next_text() -> None:
    texts = [mask(ad.text) for ad in ADS[:5]] + ["", "hej"]
    alone = [sketches([text]).tolist()[0] for text in texts]
    assert sketches(texts).tolist() == alone


def test_how_alike_texts_must_be_rises_with_their_number() -> None:
    counts = [1, 10_000, 20_000, 50_000, 200_000, 500_000, 1_000_000, 5_000_000]
    asked = [similar_from(count, TEXTS) for count in counts]
    assert asked == sorted(asked)
    assert (asked[0], asked[1], asked[3], asked[4], asked[6], asked[7]) == (75.0, 75.0, 77.0, 79.0, 81.0, 81.0)


def test_a_template_that_holds_too_many_texts_is_said_with_what_to_do() -> None:
    assert too_large(14_000, 200_000, TEXTS) == (
        "The largest template holds 14,000 of 200,000 texts (7%): phrases that many use have probably joined strangers. "
        "Raise similar_at_10k and its fellows in config/linking.toml [texts] by 2, then run: lykta night"
    )
    assert (too_large(9_000, 200_000, TEXTS), too_large(500, 900, TEXTS)) == ("", "")


LINES = [
    ("1", "Hej, jag heter Lina och är i Malmö till fredag. 1500 kr timmen, ring 070-174 06 05 om du vill boka en lugn stund."),
    ("2", "Hej, jag heter Mia och är i Lund till fredag. 1800 kr timmen, ring 070-174 06 06 om du vill boka en lugn stund."),
    ("3", "Hej, jag heter Anna-Karin och är i Kalmar till fredag. 900 kr timmen, ring 0701740607 om du vill boka en lugn stund."),
    ("4", "Katten sover på mattan bredvid den gröna soffan medan regnet faller mot fönstret och ingen tänker på att gå ut."),
]


def test_a_group_is_shown_as_a_template_with_what_each_text_fills_its_slots_with() -> None:
    assert group(LINES, TEXTS) == {
        "groups": [
            {
                "members": ["1", "2", "3"],
                "template": "Hej, jag heter {1} och är i {2} till fredag. {3} kr timmen, ring {4} om du vill boka en lugn stund.",
                "slots": {
                    "1": ["Lina", "Mia", "Anna-Karin"],
                    "2": ["Malmö", "Lund", "Kalmar"],
                    "3": ["1500", "1800", "900"],
                    "4": ["070-174 06 05", "070-174 06 06", "0701740607"],
                },
            }
        ],
        "alone": ["4"],
    }


def test_a_slot_says_what_mostly_fills_it() -> None:
    template = template_of([text for _, text in LINES[:3]], frozenset({"malmö", "lund", "kalmar"}))
    assert template.kinds == ("name", "place", "price", "phone")


def test_short_texts_are_alike_only_when_they_are_equal() -> None:
    assert group([("a", "Ring mig nu"), ("b", "Ring mig nu!"), ("c", "Ring oss nu")], TEXTS)["alone"] == ["c"]


@given(st.lists(st.tuples(st.integers(-9, 30), st.integers(-9, 30)), max_size=40))
def test_groups_are_the_same_pair_by_pair_and_all_at_a_time(pairs: list[tuple[int, int]]) -> None:
    one, all_at_a_time = Groups.over(pairs), Groups.over_many(np.array(pairs, dtype=np.int64).reshape(-1, 2))
    assert [all_at_a_time.of(member) for member in range(-9, 31)] == [one.of(member) for member in range(-9, 31)]
