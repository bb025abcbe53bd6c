"""The page docs/SCALE.md, written from what the sizes took; never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Size = Mapping[str, Any]
INTRO = """# How time and memory grow

Written by `python -m benchmarks.scale`: made-up towns (seed {seed}) of five nights. *Rebuild*: four nights at once from what has landed, into an
empty store. *Last night*: the fifth, added to them. Processor seconds are of all processes; clock seconds say little where the machine was busy with
other work (mean load beside it: {load}). *Start* tries the indicators' examples and opens the store, *close* writes it to
disk. Memory is the peak of the night's own process, not of those that read texts for it.
"""
MEANS = "*Growth* is how many times as long the largest town takes as the smallest; it holds {times:g} times as many ads."


def page(sizes: Sequence[Size]) -> str:
    """Return the page as Markdown; sizes rise."""
    load = ", ".join(f"{size['load']:.0f}" for size in sizes)
    parts = [INTRO.format(seed=sizes[0]["seed"], load=load), *_totals(sizes)]
    for title, which in (("Rebuild, processor seconds by stage", "whole"), ("Last night, processor seconds by stage", "last_night")):
        parts += _by_stage(title, which, sizes)
    return "\n".join(parts) + "\n"


def _totals(sizes: Sequence[Size]) -> list[str]:
    lines = [
        "| ads | rebuild, processor s | by the clock | last night, processor s | by the clock | peak MB | store MB | published MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in sizes:
        cells = [f"{sum(stage[unit] for stage in size[which]):.0f}" for which in ("whole", "last_night") for unit in ("cpu_s", "clock_s")]
        peak = max(stage["peak_mb"] for which in ("whole", "last_night") for stage in size[which])
        lines.append(f"| {size['ads']:,} | {' | '.join(cells)} | {peak:,} | {size['store_bytes'] / 1e6:.0f} | {size['published_bytes'] / 1e6:.0f} |")
    return [*lines, ""]


def _by_stage(title: str, which: str, sizes: Sequence[Size]) -> list[str]:
    times = sizes[-1]["ads"] / sizes[0]["ads"]
    head = [f"## {title}", "", MEANS.format(times=times), "", "| stage | " + " | ".join(f"{size['ads']:,} ads" for size in sizes) + " | growth |"]
    rows = [_row(stage["stage"], [size[which][place]["cpu_s"] for size in sizes]) for place, stage in enumerate(sizes[0][which])]
    total = _row("all", [sum(stage["cpu_s"] for stage in size[which]) for size in sizes])
    return [*head, "|---|" + "---|" * (len(sizes) + 1), *rows, total, ""]


def _row(name: str, spent: Sequence[float]) -> str:
    growth = f"{spent[-1] / spent[0]:.1f}" if spent[0] >= 0.1 else ""
    return f"| {name} | " + " | ".join(f"{value:.1f}" for value in spent) + f" | {growth} |"
