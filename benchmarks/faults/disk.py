"""Let the disk fill up at many points of a night, and run the night again with room. Usage (as root): python -m benchmarks.faults.disk [POINTS]

The disk is a small tmpfs. Its size is stepped from what the installation takes to what a whole night takes.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pipeline.night
from benchmarks.faults.night import SECOND, _make, _night, _served
from benchmarks.faults.rotation import in_child
from pipeline.failure import Failure
from tests.keeping.world import Installation

ROOM = 1 << 20  # bytes that the files' last pages take beyond their length


def fill_up(folder: Path, points: int) -> dict[str, object]:
    """Run the second night on disks of growing size. Returns how often it failed with a plain sentence, and what was lost (0)."""
    maker = multiprocessing.get_context("spawn").Process(target=_make, args=(folder / "home",))
    maker.start()
    maker.join()
    whole = in_child(lambda: _night(folder / "home", folder / "unkilled"))
    start, end = _size(folder / "home") + ROOM, 3 * _size(folder / "unkilled")
    seen: dict[str, object] = {"points": points, "full": 0, "said_plainly": 0, "torn": 0, "different_after_rerun": 0}
    for number in range(points):
        disk = folder / "disk"
        disk.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={start + (end - start) * number // points}", "tmpfs", str(disk)], check=True)
        try:
            shutil.copytree(folder / "home", disk / "home")
            said = str(in_child(partial(_try, disk / "home")))
            seen["full"] += said != "done"  # type: ignore[operator]
            seen["said_plainly"] += said == "plainly"  # type: ignore[operator]
            seen["torn"] += in_child(partial(_served, disk / "home")) == "torn"  # type: ignore[operator]
            subprocess.run(["mount", "-o", "remount,size=1G", str(disk)], check=True)
            again = in_child(partial(_night, disk / "home", None))
            seen["different_after_rerun"] += again["counts"] != whole["counts"]  # type: ignore[operator, index]
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return seen


def _size(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def _try(root: Path) -> str:
    pipeline.night.FREE_MIN = dict.fromkeys(pipeline.night.FREE_MIN, 0)  # the refusal beforehand is another promise; here it must get going
    try:
        Installation.at(root).night(SECOND)
    except Failure:
        return "plainly"
    except Exception as error:
        return type(error).__name__
    return "done"


def main(points: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        seen = fill_up(Path(folder), points)
    print(json.dumps(seen))
    sys.exit(int(bool(seen["torn"] or seen["different_after_rerun"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
