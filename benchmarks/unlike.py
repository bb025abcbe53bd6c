"""How often a night of a made-up town is called unlike its site: ordinary nights (each is a false alarm), and nights that were changed.

    python -m benchmarks.unlike --ads 1500 --nights 30 --seeds 7,11

An altered night is the last one with: half or a quarter of its ads gone from the lists, all ads under new addresses, one field dead, or every text
in another language. Prints a JSON object a seed.
"""

from __future__ import annotations

import argparse
import json
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from crawler.records.site import Expectations
from pipeline import ingest
from pipeline.health.bounds import HISTORY_MIN, outside
from pipeline.health.facts import Facts
from pipeline.home import SHIPPED_CONFIG
from pipeline.ingest_runs import history_of
from pipeline.settings import read_shipped
from pipeline.store import open_store
from simulator.land import land_town
from simulator.site import SITES
from simulator.town import Plan

ALTERED: Mapping[str, Callable[[Facts], Facts]] = {
    "half the ads": lambda night: replace(night, listed=night.listed // 2, absent=night.known // 2),
    "a quarter of the ads": lambda night: replace(night, listed=night.listed // 4, absent=night.known * 3 // 4),
    "new addresses": lambda night: replace(night, new_ads=night.listed, absent=night.known),
    "no phones": lambda night: replace(night, rates={**night.rates, "phones": 0.0}),
    "no texts": lambda night: replace(night, rates={**night.rates, "body": 0.0}),
    "another language": lambda night: replace(night, languages={"fi": 1.0}),
    "every other ad read with no city": lambda night: replace(night, rates={**night.rates, "city": night.rates.get("city", 0.0) / 2}),
}


def measure(seed: int, *, ads: int, nights: int) -> dict[str, object]:
    """Land a town, take it in, and judge each night by those before it."""
    key, languages = secrets.token_hex(32), read_shipped(SHIPPED_CONFIG).reading.languages
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        land_town(out, Plan(seed=seed, ads=ads, nights=nights, until=date(2026, 11, 23)), key=key, without_last=False, say=lambda line: None)
        con = open_store(out / "store.duckdb", key=key, spill=out / "spill", memory_limit="1GB", threads=1)
        settings = ingest.IngestSettings(landing=out / "landing", key=key, expectations={}, languages=languages)
        ingest.run(con, settings, datetime(2026, 11, 23, 6))
        runs = {site: history_of(con, site) for site in SITES}
        con.close()
    judged = [run for nights_of in runs.values() for run in nights_of[HISTORY_MIN:]]
    found = {name: sum(bool(outside(change(own[-1]), own[:-1], Expectations())) for own in runs.values()) for name, change in ALTERED.items()}
    alarms = [f"{run.site} {run.run}: {', '.join(one.measure for one in run.outside)}" for run in judged if run.outside]
    return {"seed": seed, "ads": ads, "nights judged": len(judged), "false alarms": alarms, "sites": len(runs), "altered nights found": found}


def main() -> None:
    """Measure the seeds named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ads", type=int, default=1500)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--seeds", default="7")
    asked = parser.parse_args()
    for seed in asked.seeds.split(","):
        print(json.dumps(measure(int(seed), ads=asked.ads, nights=asked.nights), ensure_ascii=False))


if __name__ == "__main__":
    main()
