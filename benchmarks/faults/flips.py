"""Flip one bit of a file as a failing disk would, at many places, and count how many `doctor --deep` names. Usage: python -m benchmarks.faults.flips [FLIPS]"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path

from pipeline.home import Home
from pipeline.keeping.deep import damages
from pipeline.keeping.wishes import open_wishes
from tests.keeping.world import PHONES, START, Installation, ad, ring


def flip_bits(home: Home, count: int, seed: int = 1) -> dict[str, object]:
    """Flip `count` bits, one at a time, over store, snapshots and casebook. Returns how many were found, and where the others were."""
    with open_wishes(home) as book:
        book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [home.store, home.casebook, *sorted(home.published.glob("*.duckdb"))]
    dice, missed = random.Random(seed), []
    for number in range(count):
        path = files[number % len(files)]
        at = dice.randrange(path.stat().st_size)
        _flip(path, at)
        if not any(str(path) in sentence for sentence in damages(home)):
            missed.append(f"{path.name} at {at}")
        _flip(path, at)
    return {"flips": count, "found": count - len(missed), "missed": missed, "after": damages(home)}


def _flip(path: Path, at: int) -> None:
    """Change one bit and leave the file's time alone: a failing disk tells nobody."""
    state = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 4]))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        town = Installation(Path(folder) / "home")
        town.night(START, ad(1, START), *ring(60, START, phone=PHONES[60]))
        report = flip_bits(town.home, count)
    print(json.dumps(report))
    sys.exit(int(bool(report["missed"] or report["after"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
