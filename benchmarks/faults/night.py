"""Kill the night at random moments, as a power cut would, and run it again. Usage: python -m benchmarks.faults.night [KILLS]"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.faults.rotation import in_child
from pipeline.home import Home
from pipeline.keeping.restore import counts
from pipeline.publish import open_snapshot, pointer
from tests.keeping.world import PHONES, START, Installation, ad, ring

SECOND = START + timedelta(days=1)


def _make(folder: Path) -> None:
    town = Installation(folder)
    town.night(START, ad(1, START), *ring(60, START, phone=PHONES[60]))
    town.land([ad(2, SECOND), ad(3, SECOND), *ring(70, SECOND, phone=PHONES[70])], at=SECOND)


def kill_nights(folder: Path, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill the second night of an installation `kills` times at moments spread over its length. Returns counts of what was seen after."""
    maker = multiprocessing.get_context("spawn").Process(target=_make, args=(folder / "home",))
    maker.start()
    maker.join()
    whole = in_child(lambda: _night(folder / "home", folder / "unkilled"))
    seconds = float(whole["seconds"])  # type: ignore[index]
    dice, seen = random.Random(seed), {"kills": 0, "torn": 0, "previous": 0, "new": 0, "different_after_rerun": 0}
    for number in range(kills):
        root = folder / "killed"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(folder / "home", root)
        seen["kills"] += _killed_after(root, seconds * (number + dice.random()) / kills)
        state = str(in_child(partial(_served, root)))
        seen[state] += 1
        again = in_child(partial(_night, root, None))
        seen["different_after_rerun"] += again["counts"] != whole["counts"]  # type: ignore[index]
    shutil.rmtree(folder / "killed", ignore_errors=True)
    return seen


def _killed_after(root: Path, seconds: float) -> int:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default is to die on the spot, without a last word
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
        try:
            _run(root)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return int(os.WIFSIGNALED(status))


def _town(root: Path) -> Installation:
    return Installation.at(root)


def _run(root: Path) -> None:
    _town(root).night(SECOND)


def _night(root: Path, copy: Path | None) -> dict[str, object]:
    if copy is not None:
        shutil.copytree(root, copy)
        root = copy
    started = time.monotonic()
    _run(root)
    home = _town(root).home
    return {"seconds": time.monotonic() - started, "counts": {name: rows for name, rows in counts(home).items() if name != "store.purged"}}


def _served(root: Path) -> str:
    """Say which run readers see: previous, new, or torn when a table of it cannot be read."""
    home: Home = _town(root).home
    try:
        for kind in ("analyst", "review", "vault"):
            con, run, _ = open_snapshot(home, kind)
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'snapshot'").fetchall():
                con.table(table).fetchall()
            con.close()
            if run != pointer(home.published)["run"]:
                return "torn"
    except Exception:
        return "torn"
    return "new" if run == f"{SECOND:%Y-%m-%d}" else "previous"


def main(kills: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = kill_nights(Path(folder), kills)
    print(json.dumps(seen))
    sys.exit(int(bool(seen["torn"] or seen["different_after_rerun"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
