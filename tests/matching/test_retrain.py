"""Weights trained anew: tried before they are written, written without touching anything else, refused from another splink."""

from __future__ import annotations

import dataclasses
import tomllib

import pytest

from pipeline.failure import Exit, Failure
from pipeline.home import SHIPPED_CONFIG
from pipeline.linking_file import with_chances
from pipeline.linking_settings import Chance
from pipeline.retrain import retrain
from pipeline.weigh import installed_splink, refuse_other_splink
from tests.matching.facts import START, Facts
from tests.matching.world import shipped_linking

SHIPPED = (SHIPPED_CONFIG / "linking.toml").read_text("utf-8")
RULES = shipped_linking().link


def test_weights_of_another_splink_are_refused_with_the_command_that_retrains() -> None:
    refuse_other_splink(RULES)
    other = dataclasses.replace(RULES, trained_with="splink 4.0.6")
    with pytest.raises(Failure, match="lykta link train --write") as refused:
        refuse_other_splink(other)
    assert (refused.value.code, "splink 4.0.6, installed is " + installed_splink() in str(refused.value)) == (Exit.MISSING, True)
    refuse_other_splink(dataclasses.replace(other, weigh_by="bits"))


def test_writing_new_weights_changes_the_weights_their_origin_and_nothing_else() -> None:
    changed = {**RULES.chances, "name": {"same": Chance(same=0.5, strangers=0.125), "other": Chance(same=0.5, strangers=0.5)}}
    text = with_chances(SHIPPED, changed, trained_with="splink 9.9.9", notes=["Measured on nothing at all."])
    before, after = tomllib.loads(SHIPPED), tomllib.loads(text)
    assert after["link"].pop("chances") == {name: {level: dataclasses.asdict(one) for level, one in levels.items()} for name, levels in changed.items()}
    assert (after["link"].pop("trained_with"), before["link"].pop("trained_with")) == ("splink 9.9.9", installed_splink())
    before["link"].pop("chances")
    assert after == before
    assert text.split("# Measured on nothing at all.")[0].rstrip().split("\n")[5:] == SHIPPED.split("# How often")[0].replace(
        installed_splink(), "splink 9.9.9"
    ).rstrip().split("\n")[5:]
    assert text.endswith(SHIPPED[SHIPPED.index("[cluster]") :])
    again = with_chances(text, RULES.chances, trained_with=installed_splink(), notes=["Measured again."])
    assert (tomllib.loads(again), again.count("Measured")) == (tomllib.loads(SHIPPED), 1)


def test_training_says_what_it_changes_and_leaves_the_store_as_it_was() -> None:
    town = Facts()
    for number in range(120):
        town.add(number, f"p{number // 2}", name=f"n{number // 2}")
    town.night()
    before = town.con.execute("SELECT * FROM link ORDER BY ALL").fetchall(), town.ids()
    found = retrain(town.con, shipped_linking(), START, {number: str(number // 2) for number in range(120)})
    assert (town.con.execute("SELECT * FROM link ORDER BY ALL").fetchall(), town.ids()) == before
    assert (found.same_pairs, found.new["clusters"], found.new["pairwise_precision"], found.old["pairwise_recall"]) == (60, 60.0, 1.0, 1.0)
    assert len(found.changes) == sum(len(levels) for levels in RULES.chances.values())
    with pytest.raises(Failure, match="0 pairs of ads share a contact"):
        retrain(Facts().con, shipped_linking(), START)
