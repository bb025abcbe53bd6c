"""The page of the evaluation says what the towns gave, holds it against the floors, and what was measured is what the store holds."""

from __future__ import annotations

import copy
from typing import Any

from benchmarks.ablation import measured
from benchmarks.evaluation_page import page
from tests.indicators.town import Advert, judge, store_of
from tests.pipeline.test_evaluate_kinds import FRIENDS, truth
from tests.pipeline.test_score import RING

ROW = {"large_urgent": 0, "groups": 10, "bands": {"A": 1, "B": 1, "C": 0}, "missing": {}, "read_otherwise": {}, "families": {}, "flagged_by": {}}
PAIRS = {"precision": 0.995, "recall": 0.93, "f1": 0.96}
TOWN: dict[str, Any] = {
    "seed": 3, "ads": 5000, "pairwise": PAIRS, "b_cubed": {"f1": 0.97}, "precision_at": {"25": 0.96}, "controlled_groups_found": 0.5,
    "baseline_shared_phone": {"pairwise": {"precision": 1.0, "recall": 0.6}, "b_cubed": {"f1": 0.88}, "precision_at": {"25": 0.2}},
    "by_kind": [
        {**ROW, "kind": "rotation", "controlled": True, "in_band": 9, "large_groups": 10, "large_in_band": 9, "missing": {"families": 1}},
        {**ROW, "kind": "debt", "controlled": True, "in_band": 0, "large_groups": 8, "large_in_band": 0, "large_urgent": 7, "read_otherwise": {"same day": 7}},
        {**ROW, "kind": "independent", "controlled": False, "in_band": 0, "large_groups": 5, "large_in_band": 0, "bands": {"A": 0, "B": 0, "C": 0}},
    ],
    "first_seen": {"rotation": [5, 15, None, 15], "debt": [None]},
    "ablations": {"everything": {"groups_found": 0.5}, "no link by phone": {"groups_found": 0.25}},
}  # fmt: skip


def whole(town: dict[str, Any], seed: int) -> dict[str, Any]:
    """The town, with every column of its ablations."""
    made = copy.deepcopy({**town, "seed": seed})
    names = ("pairwise_precision", "pairwise_recall", "b_cubed_f1", "controlled_of_banded", "controlled_of_a_and_b", "alone_in_a_band")
    made["ablations"] = {name: {**dict.fromkeys(names, 0.0), **figures} for name, figures in made["ablations"].items()}
    return made


def test_mean_and_worst_stand_beside_the_floor_and_say_what_is_short() -> None:
    better = whole({**TOWN, "controlled_groups_found": 0.9}, 4)
    lines = page([whole(TOWN, 3), better]).split("\n")
    assert "| pairwise precision | 0.995 | 0.995 | 0.99 | holds | 1.000 |" in lines
    assert "| controllers' groups of 4+ ads in a band by night 30 | 0.700 | 0.500 | 0.85 | **short** |  |" in lines
    assert "| the same, kinds that the catalogue cannot reach alone left out | 0.900 | 0.900 | 0.85 | holds |  |" in lines
    assert "| in a band, or an ad of theirs reached by the urgent lane | 0.889 | 0.889 |  |  |  |" in lines
    assert "| people on their own and friends in any band (share) | 0.000 | 0.000 | 0.03 | holds |  |" in lines
    assert "| rotation | 20 | 0.90 | 2, 2, 0 | families 2 |  |" in lines and "| debt | 16 | 0.00 | 2, 2, 0 |  | same day 14 |" in lines
    assert "developing seeds" in "".join(lines) and "developing seeds" not in page([whole(TOWN, 101)])


def test_the_curve_says_which_share_had_been_seen_by_each_night() -> None:
    lines = page([whole(TOWN, 3)]).split("\n")
    assert lines[lines.index("| kind | groups | night 5 | night 15 |") + 3] == "| rotation | 4 | 0.25 | 0.75 |"
    assert any(line.startswith("| no link by phone | 0.000 | 0.000 | 0.000 | 0.250 |") for line in lines)


def test_a_short_run_has_neither_curve_nor_ablations_and_all_else() -> None:
    short = {**whole(TOWN, 3), "first_seen": {"rotation": [30, None]}, "ablations": {}}
    assert [line for line in page([short]).split("\n") if line.startswith("## ")] == [
        "## Against the floors, and beside an afternoon's work", "## Controllers, by kind", "## Everybody else, by kind",
    ]  # fmt: skip
    both = page([short, whole(TOWN, 5)])
    assert both.count("Measured in the town of seed 5 alone.") == 2 and "| rotation | 4 | 0.25 | 0.75 |" in both
    assert "alone." not in page([whole(TOWN, 5)]).partition("## Nights until")[2].partition("| kind")[0]


def test_what_is_measured_of_a_store_is_what_it_holds() -> None:
    alone = [Advert(number=300, name="Siv", phone="s1", cluster="k-9"), Advert(number=301, name="Siv", phone="s1", cluster="k-9")]
    con = store_of([*RING, *FRIENDS, *alone])
    judge(con)
    known = [*truth(RING, "circuit", controlled=True), *truth(FRIENDS, "friends_phone", controlled=False), *truth(alone, "independent", controlled=False)]
    assert measured(con, known) == {
        "pairwise_precision": 1.0, "pairwise_recall": 1.0, "b_cubed_f1": 1.0, "groups_found": 1.0, "controlled_of_banded": 1.0,
        "controlled_of_a_and_b": 1.0, "alone_in_band_a": 0.0, "alone_in_a_band": 0.0,
    }  # fmt: skip
    con.execute("UPDATE cluster_priority SET band = 'A' WHERE cluster_id IN ('k-2', 'k-9')")
    figures = measured(con, known)
    assert (figures["controlled_of_banded"], figures["alone_in_band_a"], figures["alone_in_a_band"]) == (1 / 3, 2.0, 1.0)
