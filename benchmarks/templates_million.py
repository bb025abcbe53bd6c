"""Templates over a million ads in the store: the match stage from nothing, then a night of 5,000 new ads.

`python -m benchmarks.templates_million [ADS] [NEW]` prints seconds, peak memory and agreement with the truth; a million takes a quarter of an hour.
"""

from __future__ import annotations

import multiprocessing
import resource
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.template_ads import made
from benchmarks.templates import JUDGING, agreement
from pipeline.home import SHIPPED_CONFIG
from pipeline.match import stage
from pipeline.settings import read_shipped
from pipeline.store import open_store

ADS, NEW = 1_000_000, 5_000
BATCH = 10_000  # ads made at a time; no template reaches from one batch into the next
SITES = 7
AS_OF = datetime(2026, 11, 2)
TAKE_IN = (
    "INSERT INTO ad (ad_id, site, url, category, first_seen, last_seen, state, current_version) "
    "SELECT id, 'exempel' || (id % $sites), id::VARCHAR, 'escort', $seen, $seen, 'live', id FROM new_ads",
    "INSERT INTO ad_version (version_id, ad_id, body, seen_at) SELECT id, id, body, $seen FROM new_ads",
    "INSERT INTO truth SELECT id, template FROM new_ads",
)


def measure(ads: int = ADS, new: int = NEW) -> dict[str, float]:
    """Return seconds of wall clock and peak memory of both nights, and agreement with the truth after them."""
    with tempfile.TemporaryDirectory() as folder:
        place, key = Path(folder), secrets.token_hex(32)
        _in_a_process(_take_in, place, key, 0, ads)
        nothing_s, nothing_mb = _in_a_process(_match, place, key)
        _in_a_process(_take_in, place, key, ads, new)
        new_s, new_mb = _in_a_process(_match, place, key)
        figures = {"from_nothing_s": nothing_s, "from_nothing_mb": nothing_mb, "new_s": new_s, "new_mb": new_mb}
        return figures | _in_a_process(_agreement, place, key)


def _in_a_process(work, *arguments):  # type: ignore[no-untyped-def]
    """Do the work in a process of its own, so that its peak memory is its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _open(place: Path, key: str) -> duckdb.DuckDBPyConnection:
    return open_store(place / "store.duckdb", key=key, spill=place / "spill", memory_limit="2GB", threads=2)


def _take_in(place: Path, key: str, first: int, count: int) -> None:
    with _open(place, key) as con:
        con.execute("CREATE TABLE IF NOT EXISTS truth (version_id BIGINT, template BIGINT)")
        for start in range(first, first + count, BATCH):
            ads = made(JUDGING + start // BATCH, min(BATCH, first + count - start), changed=None)
            marks = [(start + 1) * 2 * BATCH * (1 if ad.template > 0 else -1) + ad.template for ad in ads]  # unlike those of every other batch
            ids = pa.array(range(start, start + len(ads)), pa.int64())
            con.register("new_ads", pa.table({"id": ids, "body": [ad.text for ad in ads], "template": pa.array(marks, pa.int64())}))
            for statement in TAKE_IN:
                con.execute(statement, {name: value for name, value in {"sites": SITES, "seen": AS_OF}.items() if f"${name}" in statement})
            con.unregister("new_ads")


def _match(place: Path, key: str) -> tuple[float, float]:
    linking = read_shipped(SHIPPED_CONFIG).linking
    with _open(place, key) as con:
        started = time.perf_counter()
        con.execute("BEGIN")
        report = stage.run(con, linking, AS_OF)
        con.execute("COMMIT")
        print(f"read {report.read:,}, written {report.written:,} {report.note}", file=sys.stderr)
        return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _agreement(place: Path, key: str) -> dict[str, float]:
    with _open(place, key) as con:
        rows = con.execute("SELECT truth.template, text_template.text_template FROM truth JOIN text_template USING (version_id)").fetchall()
        return agreement([row[0] for row in rows], [row[1] for row in rows])


def main() -> int:
    """Print every figure."""
    for name, value in measure(*(int(argument) for argument in sys.argv[1:])).items():
        print(f"{name:<28} {value:12.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
