"""One process of several that make a large town: reads its job from standard input, writes or reads parts as Arrow files."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from simulator.columns import ad_columns, image_columns
from simulator.files import write_truth
from simulator.landing import write_nights
from simulator.picture_hashes import PictureHashes
from simulator.site import SITES
from simulator.town import Plan, part_of


def work(job: dict[str, Any]) -> None:
    """Do a job: make some parts, or write some nights from all parts."""
    plan = Plan(**{**job["plan"], "until": date.fromisoformat(job["plan"]["until"])})
    folder = Path(job["folder"])
    for part in job.get("make", []):
        _make(folder, plan, part)
    if "land" in job:
        _land(folder, Path(job["landing"]), plan, job["land"], job["key"])


def _make(folder: Path, plan: Plan, part: int) -> None:
    listings = part_of(plan, part)
    write_truth(folder / f"truth-{part}.jsonl", listings)
    ads, images = ad_columns(listings), image_columns(listings, PictureHashes(plan.seed, drawn=False), nights=plan.nights)
    for site in SITES:
        _write(folder / f"ads-{site}-{part}.arrow", ads.filter(pc.equal(ads["site"], site)))
        _write(folder / f"images-{site}-{part}.arrow", images.filter(pc.equal(images["site"], site)))


def _land(folder: Path, landing: Path, plan: Plan, nights: Sequence[int], key: str) -> None:
    for site in SITES:
        ads, images = (pa.concat_tables([_read(folder / f"{kind}-{site}-{part}.arrow") for part in range(plan.parts)]) for kind in ("ads", "images"))
        write_nights(landing, ads, images, site=site, nights=nights, window=plan.nights, until=plan.until, key=key)


def _write(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def _read(path: Path) -> pa.Table:
    """Open a part without reading it into memory."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


if __name__ == "__main__":
    work(json.load(sys.stdin))
