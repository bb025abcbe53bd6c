"""Clusters and queue of the made-up town at a judging seed, beside an afternoon's work on the same rows in the same run."""

from __future__ import annotations

import sys

from benchmarks.worlds import run_night, scratch, town_home
from cli.measuring import evaluate_home

JUDGING_SEED = 101
ADS = 5000


def measure(seed: int = JUDGING_SEED, ads: int = ADS) -> dict[str, float]:
    """Return the figures of `lykta evaluate`, flat, with the baseline's as peer_*."""
    with scratch() as folder:
        home, truth = town_home(folder, seed=seed, ads=ads)
        run_night(home)
        body = evaluate_home(home, truth)
    peer = body["baseline_shared_phone"]
    figures: dict[str, float] = {
        "pairwise_precision": body["pairwise"]["precision"],
        "pairwise_recall": body["pairwise"]["recall"],
        "pairwise_f1": body["pairwise"]["f1"],
        "b_cubed_f1": body["b_cubed"]["f1"],
        "controlled_groups_found": body["controlled_groups_found"],
        "independents_in_band_a": body["uncontrolled_in_band_a"],
        "peer_pairwise_precision": peer["pairwise"]["precision"],
        "peer_pairwise_f1": peer["pairwise"]["f1"],
        "peer_b_cubed_f1": peer["b_cubed"]["f1"],
    }
    for depth in ("10", "25", "50"):
        figures[f"precision_at_{depth}"] = body["precision_at"][depth]
        figures[f"peer_precision_at_{depth}"] = peer["precision_at"][depth]
    for name in ("pairwise_f1", "b_cubed_f1", "precision_at_25"):
        figures[f"{name}_ratio"] = figures[name] / max(figures[f"peer_{name}"], 1e-9)
    return figures


if __name__ == "__main__":
    developing = [int(word) for word in sys.argv[1:]] or [JUDGING_SEED]
    for number in developing:
        print(number, {name: round(value, 3) for name, value in measure(number).items()})
