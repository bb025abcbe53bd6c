"""Kill the night at named points and at random moments, as a power cut would, and run it again. Usage: python -m benchmarks.faults.night [KILLS]

Named points are the beginning and the end of every stage and every step that replaces, removes or syncs a file; the rest of the kills are spread over
the night, half of them over its last third, where readers' files change.
"""

from __future__ import annotations

import functools
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from py3langid import langid

from benchmarks.faults.killing import kill_before_step
from benchmarks.faults.rotation import in_child
from crawler.records.duckdb_file import attach, connect
from pipeline import detect
from pipeline.night import run_stages
from pipeline.publish import open_snapshot, pointer
from tests.keeping.world import PHONES, START, Installation, ad, ring

SECOND = START + timedelta(days=1)
SNAPSHOTS = ("analyst", "review", "vault")
VARIES = ("contact_vault", "purged")  # sealed with a fresh nonce each time; tells how often purge ran


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """Where a night dies.

    After some seconds of its own work (a busy machine moves no kill to an earlier stage), right before its n-th step that touches the disk, or at the
    n-th word of a stage (begun, done).
    """

    after_s: float = 0.0
    step: int = 0
    word: int = 0

    def named(self) -> bool:
        return not self.after_s


def make_town(folder: Path) -> None:
    """Make an installation after its first night, with what the second takes in landed; in a process of its own: this one must be able to fork."""
    maker = multiprocessing.get_context("spawn").Process(target=_make, args=(folder,))
    maker.start()
    maker.join()


def _make(folder: Path) -> None:
    town = Installation(folder)
    town.night(START, ad(1, START), *ring(60, START, phone=PHONES[60]))
    town.land([ad(2, SECOND), ad(3, SECOND), *ring(70, SECOND, phone=PHONES[70])], at=SECOND)


def kill_nights(folder: Path, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill the second night of an installation `kills` times. Returns counts of what readers saw after, and of reruns unlike an unkilled night (0)."""
    make_town(folder / "home")
    shutil.copytree(folder / "home", folder / "whole")
    length = in_child(partial(_whole, folder / "whole"))
    rows = in_child(partial(rows_of, folder / "whole"))
    seen = {"kills": 0, "at_named_points": 0, "got_through": 0, "torn": 0, "previous": 0, "new": 0, "different_after_rerun": 0}
    for number, kill in enumerate(planned(kills, seed=seed, **length), start=1):  # type: ignore[arg-type]
        root = folder / "killed"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(folder / "home", root)
        died = _killed(root, kill)
        seen["kills" if died else "got_through"] += 1
        seen["at_named_points"] += died and kill.named()
        seen[str(in_child(partial(served, root)))] += 1
        in_child(partial(run_second, root))
        seen["different_after_rerun"] += in_child(partial(rows_of, root)) != rows
        print(f"{number} of {kills}: {json.dumps(seen)}", file=sys.stderr, flush=True)
    return seen


def planned(kills: int, *, seconds: float, steps: int, words: int, seed: int) -> list[Kill]:
    """Return where to kill: every named point while they fit in half of the kills, and moments for the rest, half of them in the last third."""
    dice = random.Random(seed)
    named = [Kill(step=number + 1) for number in range(steps)] + [Kill(word=number + 1) for number in range(words)]
    chosen = dice.sample(named, min(len(named), kills // 2))
    late = [dice.random() < 0.5 for _ in range(kills - len(chosen))]
    return chosen + [Kill(after_s=seconds * (dice.uniform(0.66, 1.0) if end else max(dice.random(), 0.001))) for end in late]


def _killed(root: Path, kill: Kill) -> bool:
    """Run the night in a child that dies at a point. Returns whether it died there; a night that was faster got through."""
    child = os.fork()
    if child == 0:
        if kill.step:
            kill_before_step(kill.step)
        if kill.after_s:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)  # the default is to die on the spot, without a last word
            signal.setitimer(signal.ITIMER_PROF, kill.after_s)
        try:
            run_second(root, dies_at=kill.word)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def run_second(root: Path, dies_at: int = 0) -> int:
    """Run the second night; returns how many words it said: one when a stage begins, one when it is done."""
    town, said = Installation.at(root), [0]

    def word(_: str) -> None:
        said[0] += 1
        if said[0] == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    run_stages(town.home, town.settings, SECOND, fetch_photos=None, photos_since=None, say=word, begin=word)
    return said[0]


def _whole(root: Path) -> dict[str, float]:
    """Run the night unkilled. Returns its seconds of work, how many steps touched the disk and how many words were said."""
    steps = kill_before_step(0)
    began = time.process_time()
    words = run_second(root)
    return {"seconds": time.process_time() - began, "steps": -steps[0], "words": words}


def rows_of(root: Path) -> dict[str, str]:
    """Return a digest of the rows of every table of the store and of the snapshots that are served, for a comparison value by value."""
    town = Installation.at(root)
    current, found = pointer(town.home.published), {}
    files = {"store": town.home.store, **{kind: town.home.published / current[kind] for kind in SNAPSHOTS}}
    for kind, path in files.items():
        con = connect(memory_limit="512MB", threads=1)
        attach(con, path, name="opened", key=town.home.key(kind), read_only=True)
        con.execute("USE opened")
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'opened'").fetchall():
            if table not in VARIES:
                found[f"{kind}.{table}"] = hashlib.sha256("\n".join(sorted(map(repr, con.table(table).fetchall()))).encode()).hexdigest()
        con.close()
    return found


def served(root: Path) -> str:
    """Say which run readers see: previous, new, or torn when a table of it cannot be read."""
    home = Installation.at(root).home
    try:
        for kind in SNAPSHOTS:
            con, run, _ = open_snapshot(home, kind)
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'snapshot'").fetchall():
                con.table(table).fetchall()
            con.close()
            if run != pointer(home.published)["run"]:
                return "torn"
    except Exception:
        return "torn"
    return "new" if run == f"{SECOND:%Y-%m-%d}" else "previous"


def spare_each_night() -> None:
    """Do once, before hundreds of nights, what each would do anew and what writes nothing: unpack the table of languages, try the examples."""
    langid._load_model_file = functools.cache(langid._load_model_file)
    langid._load_model_file(langid.MODEL_DIR / langid.MODEL_FILE)
    detect.refuse_faulty_examples = lambda: None  # the first night, in its own process, has tried them


def main(kills: int) -> None:
    """Kill, print the counts, and exit 1 when a reader saw a torn snapshot or a rerun differed."""
    spare_each_night()
    with tempfile.TemporaryDirectory() as folder:
        seen = kill_nights(Path(folder), kills)
    print(json.dumps(seen))
    sys.exit(int(bool(seen["torn"] or seen["different_after_rerun"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
