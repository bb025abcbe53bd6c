"""Let the disk fill up at many points of a night, and run the night again with room. Usage (as root): python -m benchmarks.faults.disk [POINTS]

The disk is a small tmpfs. Its size is stepped from what the installation takes to just under what the night takes at its fullest, which a first run
on a large one measures; so nearly every point is a disk that really fills up, each at another moment.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pipeline.night
from benchmarks.faults.night import make_town, rows_of, run_second, served, spare_each_night
from benchmarks.faults.rotation import in_child
from pipeline.failure import Failure

LARGE = 1 << 30  # bytes
LOOK_S = 0.005  # how often the fullest moment is looked for


def fill_up(folder: Path, points: int) -> dict[str, object]:
    """Run the second night on disks of growing size.

    Returns:
        points; full: nights that failed for want of room; said_plainly: those whose sentence says so; stages: how many ended in each;
        torn and different_after_rerun: what was lost (0).
    """
    make_town(folder / "home")
    with tmpfs(folder / "disk", LARGE) as disk:
        start = _filled(disk, folder / "home")
        fullest = int(str(in_child(partial(_fullest, disk / "home"))))
        rows = in_child(partial(rows_of, disk / "home"))
    seen: dict[str, object] = {"points": points, "bytes_from": start, "bytes_to": fullest, "full": 0, "said_plainly": 0, "torn": 0, "different_after_rerun": 0}
    said: dict[str, int] = {}
    for number in range(points):
        size = start + (fullest - start) * number // points
        with tmpfs(folder / "disk", size) as disk:
            _filled(disk, folder / "home")
            sentence = str(in_child(partial(_try, disk / "home")))
            said[sentence] = said.get(sentence, 0) + 1
            seen["torn"] += in_child(partial(served, disk / "home")) == "torn"  # type: ignore[operator]
            subprocess.run(["mount", "-o", f"remount,size={LARGE}", str(disk)], check=True)
            in_child(partial(run_second, disk / "home"))
            seen["different_after_rerun"] += in_child(partial(rows_of, disk / "home")) != rows  # type: ignore[operator]
    plainly = sum(count for sentence, count in said.items() if sentence.startswith("The disk is full"))
    return {**seen, "full": points - said.get("done", 0), "said_plainly": plainly, "said": said}


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[Path]:
    """Give a disk in memory of so many bytes, for as long as it is needed."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _filled(disk: Path, home: Path) -> int:
    """Put the installation on the disk; returns the bytes in use."""
    shutil.copytree(home, disk / "home")
    return _used(disk)


def _used(disk: Path) -> int:
    state = os.statvfs(disk)
    return (state.f_blocks - state.f_bfree) * state.f_frsize


def _fullest(root: Path) -> int:
    """Run the night with room; returns the most bytes that its disk held at a time."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_S):
            most[0] = max(most[0], _used(root))

    looking = threading.Thread(target=look)
    looking.start()
    run_second(root)
    done.set()
    looking.join()
    return most[0]


def _try(root: Path) -> str:
    """Run the night where there is too little room; returns what it said, 'done' when there was enough."""
    pipeline.night.FREE_MIN = dict.fromkeys(pipeline.night.FREE_MIN, 0)  # the refusal beforehand is another promise; here it must get going
    try:
        run_second(root)
    except Failure as error:
        return str(error).split(".")[0]
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:80]}"
    return "done"


def main(points: int) -> None:
    """Fill up, print the counts, and exit 1 when something was lost or said in no plain words."""
    spare_each_night()
    with tempfile.TemporaryDirectory() as folder:
        seen = fill_up(Path(folder), points)
    print(json.dumps(seen))
    sys.exit(int(bool(seen["torn"] or seen["different_after_rerun"] or seen["full"] != seen["said_plainly"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
