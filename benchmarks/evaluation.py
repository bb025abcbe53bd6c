"""Does it help, does it harm: whole towns night by night, by kind of actor, and without one sign at a time; writes docs/EVALUATION.md.

`python -m benchmarks.evaluation` is the judging run: seeds 101 to 110 at 20,000 ads, two at a time. It can be stopped and started again:
what a seed gave is kept in build/evaluation/. While developing: `python -m benchmarks.evaluation --short --seeds 3 5 11 --ads 3000`, which runs the
nights at once and leaves out the curve over nights and what each sign is worth: two minutes of processor time a town.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import multiprocessing
import os
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ablation import ablations, in_memory
from benchmarks.evaluation_page import write_page
from benchmarks.worlds import AS_OF, scratch, town_home
from cli.measuring import evaluate_home, read_truth
from pipeline.evaluate import GROUP_MIN
from pipeline.evaluate_kinds import groups_by_name
from pipeline.home import Home
from pipeline.night import run_stages
from pipeline.settings import Settings, read_settings

JUDGING = tuple(range(101, 111))
ADS, NIGHTS, STEP = 20_000, 30, 5
KEPT = Path(__file__).resolve().parent.parent / "build" / "evaluation"


def main(arguments: Sequence[str]) -> int:
    """Measure every seed that is not kept yet, then write the page from all that were asked for."""
    asked = _asked(arguments)
    if asked.again:
        for seed in asked.seeds:
            kept_file(seed, asked.ads, short=asked.short).unlink(missing_ok=True)
    missing = [seed for seed in asked.seeds if not kept_file(seed, asked.ads, short=asked.short).exists()]
    with ProcessPoolExecutor(max_workers=asked.processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for line in pool.map(functools.partial(_measure_and_keep, ads=asked.ads, step=asked.step, short=asked.short), missing):
            print(line, file=sys.stderr, flush=True)
    found = [json.loads(kept_file(seed, asked.ads, short=asked.short).read_text("utf-8")) for seed in asked.seeds]
    write_page(asked.page, found)
    print(f"{asked.page}: {len(found)} towns of {asked.ads} ads", file=sys.stderr)
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluation")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(JUDGING))
    parser.add_argument("--ads", type=int, default=ADS)
    parser.add_argument("--step", type=int, default=STEP, help="nights between two looks at who is seen")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--page", type=Path, default=Path(__file__).resolve().parent.parent / "docs" / "EVALUATION.md")
    parser.add_argument("--short", action="store_true", help="all nights at once: no curve over nights, and nothing switched off")
    parser.add_argument("--again", action="store_true", help="measure anew what is kept")
    return parser.parse_args(arguments)


def kept_file(seed: int, ads: int, *, short: bool = False) -> Path:
    """Return where a town's figures are kept; what was measured in full serves a short run too."""
    full = KEPT / f"{ads}-{seed}.json"
    return full.with_stem(f"{full.stem}-short") if short and not full.exists() else full


def _measure_and_keep(seed: int, *, ads: int, step: int, short: bool) -> str:
    started = time.monotonic()
    figures = measure_town(seed, ads=ads, step=NIGHTS if short else step, switch_off=not short)
    path = kept_file(seed, ads, short=short)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    os.replace(beside, path)
    return f"seed {seed}: {time.monotonic() - started:.0f} s"


def measure_town(seed: int, *, ads: int, step: int = STEP, switch_off: bool = True) -> dict[str, Any]:
    """Return all figures of one town: the contract's evaluation, by kind, every `step` nights, and (`switch_off`) without one sign at a time."""
    with scratch() as folder:
        home, truth_file = town_home(folder, seed=seed, ads=ads, nights=NIGHTS)
        truth, settings = read_truth(truth_file), _settings(home)
        seen = night_by_night(home, settings, truth, folder / "later", step)
        body = evaluate_home(home, truth_file)
        without = ablations(home, settings, truth, AS_OF) if switch_off else {}
        return {"seed": seed, "ads": ads, **body, "first_seen": seen, "ablations": without}


def _settings(home: Home) -> Settings:
    """Return what the nights run with: one thread each, as two towns are measured side by side."""
    settings = read_settings(home)
    machine = dataclasses.replace(settings.general.machine, threads=1, workers=1)
    return dataclasses.replace(settings, sites=(), general=dataclasses.replace(settings.general, machine=machine))


def night_by_night(home: Home, settings: Settings, truth: Sequence[Mapping[str, Any]], later: Path, step: int) -> dict[str, list[int | None]]:
    """Run the nights, each `step` of them in one, and return for each kind after how many nights each of its groups was in a band (None: never).

    Only controllers' groups that have four ads by the last night are followed.
    """
    later.mkdir()
    for path in home.landing.glob("*.duckdb"):
        path.rename(later / path.name)
    first: dict[str, int] = {}
    for night in [*range(step, NIGHTS, step), NIGHTS]:
        as_of = AS_OF - timedelta(days=NIGHTS - night)
        _land_until(later, home.landing, as_of)
        run_stages(home, settings, as_of, fetch_photos=None, photos_since=None)
        with in_memory(home) as con:
            groups = groups_by_name(con, truth)
        for name, group in groups.items():
            if group.band:
                first.setdefault(name, night)
    followed: dict[str, list[int | None]] = defaultdict(list)
    for name, group in groups.items():
        if group.controlled and group.ads >= GROUP_MIN:
            followed[group.kind].append(first.get(name))
    return dict(sorted(followed.items()))


def _land_until(later: Path, landing: Path, as_of: datetime) -> None:
    """Land the nights up to a date; a landing file is named <site>-<YYYYMMDD>."""
    for path in sorted(later.glob("*.duckdb")):
        if path.stem.rsplit("-", 1)[1] <= f"{as_of:%Y%m%d}":
            path.rename(landing / path.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
