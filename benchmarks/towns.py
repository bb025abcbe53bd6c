"""Ten made-up towns at the judging seeds, linked and ranked, beside an afternoon's work on the same rows: mean and worst town.

`python -m benchmarks.towns [ADS [SEED ...]]` prints the figures; ten towns of 20,000 ads take a quarter of an hour on two cores.
"""

from __future__ import annotations

import functools
import multiprocessing
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import mean
from typing import Any

from benchmarks.evaluation import ADS, JUDGING, NIGHTS, measure_town
from benchmarks.evaluation_page import ALONE, UNREACHED

Town = Mapping[str, Any]


def measure(ads: int = ADS, seeds: Sequence[int] = JUDGING) -> dict[str, float]:
    """Return the figures of all towns, flat: a mean over the towns, `_worst` the worst town, `peer_` the afternoon's work.

    Args:
        ads: of each town.
        seeds: judging ones by default.
    """
    with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as pool:
        towns = list(pool.map(functools.partial(measure_town, ads=ads, step=NIGHTS, switch_off=False), seeds))
    return _linked(towns) | _ranked(towns) | _alone(towns)


def _linked(towns: Sequence[Town]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, of in (("pairwise", "precision"), ("pairwise", "recall"), ("pairwise", "f1"), ("b_cubed", "f1")):
        ours, peers = [town[name][of] for town in towns], [town["baseline_shared_phone"][name][of] for town in towns]
        figures |= {f"{name}_{of}": mean(ours), f"{name}_{of}_worst": min(ours), f"peer_{name}_{of}": mean(peers)}
    return figures


def _ranked(towns: Sequence[Town]) -> dict[str, float]:
    figures = {"towns": float(len(towns)), "ads": float(towns[0]["ads"])}
    for depth in ("25", "50"):
        ours = [town["precision_at"][depth] for town in towns]
        peer = mean(town["baseline_shared_phone"]["precision_at"][depth] for town in towns)
        figures |= {f"precision_at_{depth}": mean(ours), f"precision_at_{depth}_worst": min(ours), f"peer_precision_at_{depth}": peer}
    found, reachable = [_found(town, ()) for town in towns], [_found(town, UNREACHED) for town in towns]
    for name, shares in (("groups_found", found), ("reachable_found", reachable)):
        figures |= {name: mean(shares), f"{name}_worst": min(shares)}
    return figures


def _found(town: Town, left_out: Sequence[str]) -> float:
    """Return the share of controllers' groups of four ads or more that are in a band, of all kinds but those left out."""
    rows = [row for row in town["by_kind"] if row["controlled"] and row["kind"] not in left_out]
    return float(sum(row["large_in_band"] for row in rows) / max(1, sum(row["large_groups"] for row in rows)))


def _alone(towns: Sequence[Town]) -> dict[str, float]:
    """Count people on their own and friends who share something: in band A in all towns, and the share in any band of the worst town."""
    rows = [[row for row in town["by_kind"] if row["kind"] in ALONE] for town in towns]
    shares = [sum(row["in_band"] for row in town) / max(1, sum(row["groups"] for row in town)) for town in rows]
    return {"alone_in_band_a": float(sum(row["bands"]["A"] for town in rows for row in town)), "alone_in_a_band_worst": max(shares)}


if __name__ == "__main__":
    size, *numbers = [int(word) for word in sys.argv[1:]] or [ADS]
    for name, figure in measure(size, numbers or JUDGING).items():
        print(f"{name:<28} {figure:.4g}")
