"""Kill the child that hashes pictures, at random moments and by pictures that are made to; count what was said and what was lost.

Usage: python -m benchmarks.faults.hashing [KILLS]
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sys
import threading
import time

from PIL import Image

from crawler.photo_hash import HashChild, Hashes

SIZE = (1600, 1200)  # large enough for a kill to find the child at work


def drawn(seed: int) -> bytes:
    """Return a made-up picture: coarse noise, enlarged."""
    dice = random.Random(seed)
    small = Image.frombytes("L", (16, 12), bytes(dice.randrange(256) for _ in range(192)))
    buffer = io.BytesIO()
    small.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def kill_hashing(kills: int, seed: int = 1) -> dict[str, int]:
    """Hash pictures one after the other while the child is killed; each is asked for again after a kill.

    Returns how many kills met a picture (it gets a reason and no hash), and how many pictures had another hash than without kills (0).
    """
    pictures, dice = [drawn(number) for number in range(4)], random.Random(seed)
    seen = {"kills": 0, "said": 0, "different": 0, "never_answered": 0}
    with HashChild() as child:
        right = [child.hash(picture) for picture in pictures]
        began = time.perf_counter()
        child.hash(pictures[0])
        usual = time.perf_counter() - began
        for number in range(kills):
            picture, expected = pictures[number % 4], right[number % 4]
            answer = _killed_meanwhile(child, picture, dice.uniform(0.0, usual))
            seen["kills"] += 1
            seen["said"] += isinstance(answer, str)
            again = child.hash(picture)  # a killed child is started anew
            seen["never_answered"] += isinstance(again, str)
            seen["different"] += again != expected or (not isinstance(answer, str) and answer != expected)
    return seen


def _killed_meanwhile(child: HashChild, picture: bytes, after_s: float) -> Hashes | str:
    child.hash(b"no picture")  # sees to it that there is a child
    process = child._child
    if process is None:
        raise RuntimeError("the hashing child did not start")
    timer = threading.Timer(after_s, lambda: os.kill(process.pid, signal.SIGKILL))
    timer.start()
    try:
        return child.hash(picture)
    finally:
        timer.join()


def main(kills: int) -> None:
    seen = kill_hashing(kills)
    print(json.dumps(seen))
    sys.exit(int(bool(seen["different"] or seen["never_answered"])))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
