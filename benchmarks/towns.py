"""Ten made-up towns at the judging seeds, linked and ranked, beside an afternoon's work on the same rows: mean and worst town.

`python -m benchmarks.towns [ADS [SEED ...]]` prints the figures; ten towns of 20,000 ads take a quarter of an hour on two cores.
"""

from __future__ import annotations

import functools
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import mean

from benchmarks.evaluation import ADS, JUDGING, NIGHTS, measure_town
from benchmarks.evaluation_page import Town, alone_in, alone_share, reachable_share


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
    for name, shares in (("groups_found", [town["controlled_groups_found"] for town in towns]), ("reachable_found", [*map(reachable_share, towns)])):
        figures |= {name: mean(shares), f"{name}_worst": min(shares)}
    return figures


def _alone(towns: Sequence[Town]) -> dict[str, float]:
    """Count people on their own and friends in band A in all towns, and their share in any band of the worst town."""
    return {"alone_in_band_a": float(sum(alone_in(town, "A") for town in towns)), "alone_in_a_band_worst": max(map(alone_share, towns))}


if __name__ == "__main__":
    size, *numbers = [int(word) for word in sys.argv[1:]] or [ADS]
    for name, figure in measure(size, numbers or JUDGING).items():
        print(f"{name:<28} {figure:.4g}")
