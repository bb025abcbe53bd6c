"""Kill the change of a key at every step that touches the disk; run it again; count what was lost.

Usage: python -m benchmarks.faults.rotation [--every N] [KEY ...]
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults.killing import kill_everywhere
from pipeline.home import Home, find_home
from pipeline.keeping.restore import counts
from pipeline.keeping.rotate import rotate
from pipeline.keeping.wishes import open_wishes
from pipeline.pseudonyms import contact_id
from tests.keeping.world import PHONES, START, Installation, ad, ring

ALL = ("pseudonym", "vault", "store", "casebook", "analyst", "review", "backup")


def prepare(folder: Path) -> Home:
    """Make an installation after one night, in a child of its own, so that this process never opens a database before it forks."""
    maker = multiprocessing.get_context("spawn").Process(target=_make, args=(folder,))
    maker.start()
    maker.join()
    return find_home(folder)


def _make(folder: Path) -> None:
    town = Installation(folder)
    town.night(START, ad(1, START), *ring(60, START, phone=PHONES[60]))
    with open_wishes(town.home) as book:
        book.add_do_not_contact(_pseudonym(town.home), kind="phone", reason="sagt vid besök", who="anna", now=START)


def _pseudonym(home: Home) -> str:
    return contact_id(bytes.fromhex(home.key("pseudonym")), "phone", "+46" + PHONES[60].replace("-", "").replace(" ", "")[1:])


def kill_rotation(home: Home, name: str, folder: Path, every: int) -> dict[str, int]:
    """Kill the change of one key at every step of it, or at every n-th. Returns kills, and how often something was lost after the second run."""
    kills = lost = 0
    before = in_child(lambda: _counted(home))

    def work(step: int) -> Callable[[], None]:
        shutil.rmtree(folder / "tried", ignore_errors=True)
        shutil.copytree(home.root, folder / "tried")
        return lambda: _rotate(folder / "tried", name)

    for _, through in kill_everywhere(work, every=every):
        kills += not through
        again = in_child(lambda: _finish(folder / "tried", name))
        lost += again != {"epoch": 2, "marked": True, "counts": before}
    return {"kills": kills, "survived": kills - lost, "lost": lost}


def _rotate(root: Path, name: str) -> None:
    rotate(find_home(root, rotating=True), name, who="a test", now=START)


def _finish(root: Path, name: str) -> dict[str, object]:
    """Run the same command again when the kill left it undone, and say what is there then."""
    home = find_home(root, rotating=True)
    if home.rotation.exists() or home.epoch(name) == 1:
        rotate(home, name, who="a test", now=START)
    home = find_home(root)
    with open_wishes(home) as book:
        marked = _pseudonym(home) in book.do_not_contact()
    return {"epoch": home.epoch(name), "marked": marked, "counts": _counted(home)}


def _counted(home: Home) -> dict[str, int]:
    """Count every table, but for the one that counts epochs and for the mark that has a row under each pseudonym."""
    return {table: rows for table, rows in counts(home).items() if table not in ("store.key_epoch", "casebook.do_not_contact")}


def in_child(work: Callable[[], object]) -> object:
    """Run work that opens databases in a child, and return its answer: this process itself must be able to fork again."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(work(), out)
        finally:
            os._exit(0)  # whatever happened: a child that goes on would clean up after its parent
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    if not text:
        raise RuntimeError("the work in a child failed")
    return json.loads(text)


def main(arguments: list[str]) -> None:
    every = int(arguments[1]) if arguments[:1] == ["--every"] else 1
    names = arguments[2:] if every != 1 else arguments
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = prepare(folder / "home")
        report = {name: kill_rotation(home, name, folder, every) for name in names or ALL}
    print(json.dumps(report))
    sys.exit(int(any(row["lost"] for row in report.values())))


if __name__ == "__main__":
    main(sys.argv[1:])
