"""A town as landing files: small towns in one go, larger ones part by part in processes of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from simulator.columns import ad_columns, image_columns
from simulator.files import write_truth
from simulator.landing import write_nights
from simulator.picture_hashes import PictureHashes
from simulator.site import SITES
from simulator.town import PART_ADS, Plan, town_of

WORKERS = 2

Say = Callable[[str], None]


def land_town(out: Path, plan: Plan, *, key: str, without_last: bool, say: Say) -> None:
    """Write `landing/<site>-<YYYYMMDD>.duckdb` for every site and night, and truth.jsonl. The files are the same for any number of processes.

    Pictures of towns of at most 20,000 ads are drawn and hashed; larger towns get random hashes.
    """
    folder = out / "landing"
    folder.mkdir(exist_ok=True)
    nights = range(plan.nights - 1 if without_last else plan.nights)
    if plan.parts == 1:
        listings = town_of(plan)
        write_truth(out / "truth.jsonl", listings)
        ads, images = ad_columns(listings), image_columns(listings, PictureHashes(plan.seed, drawn=plan.ads <= PART_ADS), nights=plan.nights)
        land_sites(folder, ads, images, plan, nights=nights, key=key)
    else:
        _land_large(out, folder, plan, nights=nights, key=key, say=say)
    say(f"{folder}: {len(nights) * len(SITES)} landing files, {plan.ads} ads over {plan.nights} nights; truth in truth.jsonl.")


def land_sites(folder: Path, ads: pa.Table, images: pa.Table, plan: Plan, *, nights: range, key: str) -> None:
    """Write the landing files of some nights, site by site."""
    for site in SITES:
        own_ads, own_images = ads.filter(pc.equal(ads["site"], site)), images.filter(pc.equal(images["site"], site))
        write_nights(folder, own_ads, own_images, site=site, nights=nights, window=plan.nights, until=plan.until, key=key)


def _land_large(out: Path, folder: Path, plan: Plan, *, nights: range, key: str, say: Say) -> None:
    parts = out / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    try:
        job = {**asdict(plan), "until": plan.until.isoformat()}
        say(f"Making {plan.parts} parts of the town")
        _run([{"make": list(range(worker, plan.parts, WORKERS)), "plan": job, "folder": str(parts)} for worker in range(WORKERS)])
        with (out / "truth.jsonl").open("wb") as truth:
            for part in range(plan.parts):
                truth.write((parts / f"truth-{part}.jsonl").read_bytes())
        say(f"Writing {len(nights)} nights")
        _run([{"land": list(nights[worker::WORKERS]), "plan": job, "folder": str(parts), "landing": str(folder), "key": key} for worker in range(WORKERS)])
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _run(jobs: list[dict[str, object]]) -> None:
    """Run jobs side by side, each told over its standard input, so that the key stands in no list of processes.

    Raises:
        RuntimeError: a process failed.
    """
    running = []
    for job in jobs:
        worker = subprocess.Popen([sys.executable, "-m", "simulator.worker"], stdin=subprocess.PIPE, text=True)
        if worker.stdin is not None:
            worker.stdin.write(json.dumps(job))
            worker.stdin.close()
        running.append(worker)
    codes = [worker.wait() for worker in running]
    if any(codes):
        raise RuntimeError("a process that makes a part of the town failed; what it said stands above")
