"""Names of clusters over the nights of a made-up town: how many end or lose an ad without a row of lineage that says why. 0 is the promise.

    python -m benchmarks.link_nights [SEED] [ADS] [NIGHTS]      developing seeds are 1 to 99; 3,000 ads and 30 nights by default
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.worlds import AS_OF, scratch, town_home
from pipeline.home import Home
from pipeline.night import run_stages
from pipeline.settings import read_settings
from pipeline.store import open_store

MEMBERS = "SELECT ad_id, cluster_id FROM cluster_member"
ROWS = "SELECT cluster_id, from_cluster, why FROM cluster_lineage WHERE run = ?"


def measure(seed: int = 1, ads: int = 3000, nights: int = 30) -> dict[str, float]:
    """Run night after night on what had landed by then. Returns names that ended, ads that moved, both without a reason, and rows by reason."""
    with scratch() as folder:
        home, _ = town_home(folder, seed=seed, ads=ads, nights=nights)
        waiting = folder / "waiting"
        waiting.mkdir()
        for path in home.landing.glob("*.duckdb"):
            path.rename(waiting / path.name)
        before: dict[int, str] = {}
        found: Counter[str] = Counter()
        for night in range(nights):
            as_of = AS_OF - timedelta(days=nights - 1 - night)
            after, rows = _night(home, waiting, as_of)
            said = {(one, source) for one, source, _ in rows}
            ended = set(before.values()) - set(after.values())
            moved = {(after[ad], before[ad]) for ad in before.keys() & after.keys() if after[ad] != before[ad]}
            found.update(ended=len(ended), moved=len(moved), unexplained=len(ended - {source for _, source in said}) + len(moved - said))
            found.update({f"why_{why}": count for why, count in Counter(why for _, _, why in rows).items()})
            before = after
            print(f"{as_of:%Y-%m-%d}: {len(set(after.values()))} clusters, {dict(found)}", file=sys.stderr, flush=True)
    return {"clusters": float(len(set(before.values()))), **{name: float(count) for name, count in found.items()}}


def _night(home: Home, waiting: Path, as_of: datetime) -> tuple[dict[int, str], list[tuple[str, str, str]]]:
    for path in waiting.glob(f"*-{as_of:%Y%m%d}.duckdb"):
        path.rename(home.landing / path.name)
    run_stages(home, dataclasses.replace(read_settings(home), sites=()), as_of, fetch_photos=None, photos_since=None)
    con = open_store(home.store, key=home.key("store"), spill=home.spill)
    try:
        return dict(con.execute(MEMBERS).fetchall()), con.execute(ROWS, [f"{as_of:%Y-%m-%d}"]).fetchall()
    finally:
        con.close()


if __name__ == "__main__":
    print(measure(*(int(word) for word in sys.argv[1:])))
