"""What a shared sign weighs, and where the figures come from."""

from __future__ import annotations

import dataclasses
import math
import random
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipeline import weigh as weighing
from pipeline.link_model import COMPARISONS
from pipeline.linking_settings import Chance, LinkRules
from pipeline.store import make_tables, sql
from pipeline.strict import build
from pipeline.train_links import Tally, as_toml, chances_of, difference, strangers, tally
from pipeline.weigh import Chances, Model
from tests.matching.world import ad, picture, shipped_linking, world

LISTS = ("contacts", "photos", "near", "templates", "prices")
COLUMNS = ("contacts", "photos", "near", "templates", "template", "name", "place", "account", "prices", "advertiser")
RULES = shipped_linking().link
MODEL = Model(chances=RULES.chances, doubt_ads=RULES.doubt_ads)


def ads(*rows: Mapping[str, object]) -> pa.Table:
    """Lay out ads 1, 2, 3 ... each an advertiser of its own unless it says otherwise; what is not said is NULL."""
    columns: dict[str, pa.Array] = {"ad_id": pa.array(range(1, len(rows) + 1), pa.int64())}
    for name in COLUMNS:
        values = [row.get(name, {"near": [], "advertiser": str(number)}.get(name)) for number, row in enumerate(rows, start=1)]
        columns[name] = pa.array(values, pa.list_(pa.string()) if name in LISTS else pa.string())
    return pa.table(columns)


def pairs(*keys: tuple[int, int]) -> pa.Table:
    return pa.table({"left_ad": pa.array([key[0] for key in keys], pa.int64()), "right_ad": pa.array([key[1] for key in keys], pa.int64())})


def weigh(rows: pa.Table, keys: pa.Table, model: Model) -> dict[tuple[int, int], float]:
    found = weighing.weigh(rows, keys, model)
    return {(row["left_ad"], row["right_ad"]): row["bits"] for row in found.to_pylist()}


def bits(*levels: tuple[str, str], chances: Chances = RULES.chances) -> float:
    return sum(math.log2(chances[name][level].same / chances[name][level].strangers) for name, level in levels)


def common(*, held: int, whole: int, usual: float) -> float:
    """What the commonness of a value adds: how much rarer it is than usual, in steps of half a bit."""
    share = (held - 1 + RULES.doubt_ads * usual) / (whole + RULES.doubt_ads)
    return math.log2(usual) - round(2 * math.log2(share)) / 2


def tally_of(same: dict[str, dict[str, int]], apart: dict[str, dict[str, int]]) -> Tally:
    def counted(seen: dict[str, dict[str, int]]) -> dict[str, Counter[str]]:
        return {comparison.name: Counter(seen.get(comparison.name, {})) for comparison in COMPARISONS}

    return Tally(same=counted(same), strangers=counted(apart))


def test_a_weight_is_the_sum_of_what_each_level_weighs() -> None:
    left: dict[str, object] = {"contacts": ["a", "b"], "photos": ["1", "2"], "account": "x", "prices": ["1500/60"], "name": "n"}
    right: dict[str, object] = {"contacts": ["a", "c"], "photos": ["1", "2"], "account": "y", "prices": ["1500/60"], "name": "m"}
    found = weigh(ads(left, right), pairs((1, 2)), MODEL)
    expected = bits(("contact", "one"), ("photo", "two"), ("account", "other"), ("price", "one"), ("name", "other"))
    assert found == {(1, 2): pytest.approx(expected, abs=0.001)}


def test_an_ad_that_says_nothing_weighs_nothing() -> None:
    said: dict[str, object] = {"contacts": ["a"], "photos": ["1"], "templates": ["t"], "template": "t", "name": "n", "place": "p", "account": "x"}
    assert weigh(ads(said, {}), pairs((1, 2)), MODEL) == {(1, 2): 0.0}


def test_a_nearly_same_picture_weighs_less_than_the_same_picture() -> None:
    near: dict[str, object] = {"photos": ["1"], "near": ["1/2"]}
    found = weigh(ads(near, {"photos": ["2"], "near": ["1/2"]}, {"photos": ["1"]}), pairs((1, 2), (1, 3)), MODEL)
    assert found == {(1, 2): pytest.approx(bits(("photo", "near")), abs=0.001), (1, 3): pytest.approx(bits(("photo", "one")), abs=0.001)}


def test_a_common_name_weighs_less_than_a_rare_one() -> None:
    rows = [{"name": "rare"}, {"name": "rare"}, *({"name": "common"} for _ in range(98))]
    found = weigh(ads(*rows), pairs((1, 2), (3, 4)), MODEL)
    usual = RULES.chances["name"]["same"].strangers
    rare = bits(("name", "same")) + common(held=2, whole=100, usual=usual)
    often = bits(("name", "same")) + common(held=98, whole=100, usual=usual)
    assert found == {(1, 2): pytest.approx(rare, abs=0.001), (3, 4): pytest.approx(often, abs=0.001)}
    assert rare > often


def test_one_advertiser_who_posts_often_makes_a_name_no_commoner() -> None:
    others = [{"name": f"n{number}"} for number in range(50)]
    often = [{"name": "n", "advertiser": "one"} for _ in range(50)]
    once = weigh(ads({"name": "n"}, {"name": "n"}, *others), pairs((1, 2)), MODEL)
    assert weigh(ads({"name": "n", "advertiser": "one"}, {"name": "n", "advertiser": "2"}, *others, *often), pairs((1, 2)), MODEL) == once


def test_weights_are_the_same_in_any_order() -> None:
    chance = random.Random(4)
    rows = [{"name": f"n{chance.randrange(9)}", "photos": [f"{chance.randrange(9)}"], "place": f"p{chance.randrange(4)}"} for _ in range(60)]
    table, keys = ads(*rows), [(left, right) for left in range(1, 61) for right in range(left + 1, 61)]
    shuffled = table.take(pa.array(chance.sample(range(60), 60)))
    assert weigh(table, pairs(*keys), MODEL) == weigh(shuffled, pairs(*chance.sample(keys, len(keys))), MODEL)


def test_weighing_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    weigh(ads(*({"name": f"n{number % 50}"} for number in range(2000))), pairs(*((number, number + 1) for number in range(1, 2000))), MODEL)
    assert list(tmp_path.rglob("*")) == []


def test_nothing_to_weigh_is_nothing() -> None:
    assert weigh(ads({"name": "n"}), pairs(), MODEL) == {}


@pytest.mark.parametrize(
    ("signs", "enough", "too_little"),
    [
        ({"kind": "phone"}, "a shared contact links alone", "a shared contact links alone"),
        ({"photos": 2}, "two shared pictures link", "two shared pictures that all else speaks against"),
        ({"photos": 1, "same_name": True}, "weak signs that together suffice", "weak signs that do not suffice"),
        ({"weak": True, "same_template": True}, "weak signs that together suffice", "weak signs that do not suffice"),
        ({"same_template": True, "same_account": True}, "weak signs that together suffice", "weak signs that do not suffice"),
        ({"photos": 1, "same_place": True}, "one weak sign never links alone", "one weak sign never links alone"),
        ({"same_template": True, "same_name": True}, "one weak sign never links alone", "one weak sign never links alone"),
    ],
)
def test_the_bits_decide_where_a_rule_asks_for_them(signs: dict[str, Any], enough: str, too_little: str) -> None:
    nothing = dict.fromkeys(("weak", "same_name", "same_place", "same_template", "same_account", "same_prices"), False)
    row = {"left_ad": 1, "right_ad": 2, "kind": "photo", "shared": "", "photos": 0, **nothing, **signs}
    con = duckdb.connect()
    make_tables(con)
    con.register("rows", pa.Table.from_pylist([row]))
    con.execute("CREATE TEMP TABLE link_pair AS SELECT * FROM rows")
    for step, rule in ((0, enough), (0.001, too_little)):
        con.execute("CREATE OR REPLACE TEMP TABLE link_weight AS SELECT 1 AS left_ad, 2 AS right_ad, $bits::DOUBLE AS bits", {"bits": RULES.admit_bits - step})
        con.execute(sql("link_judge"), {"strong": list(RULES.strong), "admit_bits": RULES.admit_bits})
        assert con.execute("SELECT rule FROM link_now").fetchall() == [(rule,)]


def test_both_ways_of_weighing_admit_the_same_pairs_where_a_rule_is_certain(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        pictures = [picture(number, bytes([mark] * 32), f"{mark}.jpg") for number in (3, 4) for mark in (15, 85)]
        town.night(ad(1, "070-174 06 05"), ad(2, "070-174 06 05"), ad(3, "x"), ad(4, "y"), *pictures)
        certain = town.clusters()
        town.linking = dataclasses.replace(town.linking, link=dataclasses.replace(town.linking.link, weigh_by="bits"))
        town.night()
        assert town.clusters() == certain == {frozenset({1, 2}), frozenset({3, 4})}


def test_training_counts_what_certain_pairs_share_and_what_strangers_do(tmp_path: Path) -> None:
    with world(tmp_path) as town:
        town.night(
            *(ad(number, f"070-174 06 {5 + number // 2:02d}", name=f"N{chr(97 + number // 2)}", city="Lund", account=f"u{number // 2}") for number in range(20))
        )
        counted = tally(town.con, town.linking.link)
    assert {name: dict(counts) for name, counts in counted.same.items() if counts} == {"name": {"same": 10}, "place": {"same": 10}, "account": {"same": 10}}
    assert {name: dict(counts) for name, counts in counted.strangers.items() if counts} == {
        "contact": {"other": 180}, "name": {"other": 180}, "place": {"same": 180}, "account": {"other": 180}
    }  # fmt: skip


def test_strangers_are_pairs_that_nothing_connects_however_far_round() -> None:
    assert strangers(range(6), [(0, 1), (1, 2), (3, 4), (4, 5)]) == {(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5)}


def test_trained_chances_are_read_back_from_what_is_written_to_the_config() -> None:
    counted = tally_of({"name": {"same": 30, "other": 10}}, {"name": {"same": 1, "other": 999}})
    trained = chances_of([counted, counted])
    assert trained["name"]["same"] == Chance(same=round(60.5 / 81, 7), strangers=round(2.5 / 2001, 7))
    written = tomllib.loads(as_toml(trained))["link"]["chances"]
    faults: list[str] = []
    table = {**dataclasses.asdict(RULES), "chances": written, "never": [], "named": [], "generic_handles": [], "strong": list(RULES.strong)}
    read = build(LinkRules, table, where="linking.toml [link]", faults=faults)
    assert (faults, read and read.chances) == ([], trained)


def test_the_difference_of_a_training_says_every_level() -> None:
    changed = {**RULES.chances, "name": {"same": Chance(same=0.5, strangers=0.125), "other": Chance(same=0.5, strangers=0.5)}}
    lines = difference(changed, changed)
    assert [line for line in lines if line.startswith("name")] == ["name same: 2.0 -> 2.0 bits", "name other: 0.0 -> 0.0 bits"]
    assert len(lines) == sum(len(levels) for levels in RULES.chances.values())


def test_mistakes_in_the_chances_are_named_all_at_once() -> None:
    table = {**dataclasses.asdict(RULES), "never": [], "named": [], "generic_handles": [], "strong": list(RULES.strong), "weigh_by": "guess"}
    chances = dict(table["chances"])
    del chances["photo"]
    chances["shoes"] = {"same": {"same": 0.5, "strangers": 0.5}}
    chances["name"] = {"same": {"same": 0.5, "strangers": 0.5}}
    faults: list[str] = []
    assert build(LinkRules, {**table, "chances": chances}, where="linking.toml [link]", faults=faults) is None
    assert faults == [
        "linking.toml [link]: chances.name must have exactly the levels same, other; chances.photo is missing, run `lykta link train`; "
        "chances.shoes is not compared, known are contact, photo, template, name, place, account, price; "
        'weigh_by must be "splink" or "bits"'
    ]
