"""Ads that may be of children leave everything but the child route, whichever sign says so; and a single indicator's points have a bound."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.indicator_settings import faults
from pipeline.score_arithmetic import Found, score_cluster
from pipeline.store import sql
from tests.indicators.desk import casebook, let_through, outputs
from tests.indicators.town import AS_OF, Advert, bands, findings, judge, ring, shipped_indicators, store_of
from tests.matching.world import ad, world

THREE = tuple(Advert(number=number, name=name) for number, name in enumerate(("Lina", "Mia", "Eva"), start=1))
YOUNG = Advert(number=4, name="Sara", cues=("youth_emphasis_language",), body="🍒")


def published(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, list[tuple[Any, ...]]]:
    """What a snapshot holds of ads, clusters and findings."""
    con.execute("ATTACH ':memory:' AS out")
    for statement in con.extract_statements(sql(name)):
        con.execute(statement, {key: value for key, value in (("run", "r"), ("as_of", AS_OF)) if f"${key}" in statement.query})
    found = {
        "ads": con.execute("SELECT ad_id FROM out.ad ORDER BY ALL").fetchall(),
        "cluster": con.execute("SELECT cluster_id, ads, personas FROM out.cluster ORDER BY ALL").fetchall(),
        "members": con.execute("SELECT ad_id FROM out.cluster_member ORDER BY ALL").fetchall(),
        "findings": con.execute("SELECT finding_id, indicator FROM out.finding ORDER BY ALL").fetchall(),
    }
    con.execute("DETACH out")
    return found


def with_cluster(con: duckdb.DuckDBPyConnection, ads: int) -> duckdb.DuckDBPyConnection:
    """The store, with its one cluster counted as clustering counts it."""
    con.execute("INSERT INTO cluster VALUES ('k-1', $first, $last, $ads, $ads)", {"first": AS_OF, "last": AS_OF, "ads": ads})
    return con


def test_words_of_school_take_an_ad_out_of_every_output(tmp_path: Path) -> None:
    young = ad(90, "Jag går på gymnasiet. Måste betala tillbaka skulden. Ring 070-174 06 05", name="Ella", city="Lund", seen_at=AS_OF - timedelta(hours=3))
    said = []
    for more in ([], [young]):
        (folder := tmp_path / str(len(more))).mkdir()
        with world(folder) as town, casebook(folder) as book:
            town.night(*ring(), *more, as_of=AS_OF)
            judge(town.con)
            let_through(book, next(iter(bands(town.con))))
            said.append(outputs(town, book))
            assert [row[0] for row in findings(town.con) if row[2] == "route"] == ["minor_school_context"] * len(more)
    assert said[0] == said[1] and '"row": 1' in said[0]


@pytest.mark.parametrize("snapshot", ["publish_review", "publish_analyst"])
def test_a_combination_that_may_mean_a_child_is_counted_nowhere(snapshot: str) -> None:
    plain, mixed = with_cluster(store_of(THREE), 3), with_cluster(store_of((*THREE, YOUNG)), 4)
    judge(plain)
    judge(mixed)
    assert findings(mixed) == sorted([*findings(plain), ("minor_possible_review", "ad:4", "route")])
    assert bands(mixed) == bands(plain)
    assert published(mixed, snapshot) == published(plain, snapshot)
    assert published(plain, snapshot)["cluster"] == [("k-1", 3, 3)]


def test_emoji_alone_are_neither_written_nor_withheld() -> None:
    con = store_of((*THREE[:2], dataclasses.replace(THREE[2], body="🍒")))
    plain = store_of(THREE)
    judge(con)
    judge(plain)
    assert (findings(con), bands(con)) == (findings(plain), bands(plain))


@pytest.mark.parametrize(("most", "counted"), [(0.25, 0.25), (2.0, 0.5), (0.0, 0.0)])
def test_a_bound_lowers_the_points_of_one_indicator_and_raises_none(most: float, counted: float) -> None:
    settings = dataclasses.replace(shipped_indicators(), at_most={"constant_availability_language": most})
    found = [Found(indicator="constant_availability_language", family="rhythm", strength="weak", last_supported=AS_OF)]
    assert score_cluster(found, [], settings, AS_OF).total == counted


def test_a_bound_of_an_indicator_that_is_not_there_is_named() -> None:
    wrong = faults(dataclasses.replace(shipped_indicators(), at_most={"constant_availability": 0.2, "obscured_phone": 11.0}))
    assert wrong == [
        "config/indicators.toml: [at_most] constant_availability is not an indicator; did you mean constant_availability_language?",
        "config/indicators.toml: [at_most] obscured_phone must lie between 0 and 10",
    ]


def test_the_shipped_config_bounds_the_words_round_the_clock() -> None:
    assert shipped_indicators().at_most == {"constant_availability_language": 0.25}
