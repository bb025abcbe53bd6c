"""Tonight's pictures against a million known ones, at the level of hashes: time, memory, and what planted copies are found. A process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from crawler.records.hash_kinds import KINDS
from pipeline.match.photo_parts import compare_pairs
from pipeline.match.photos import FORMS, Hashed, nearest, orientations
from pipeline.match.turned_search import Bits

BORDERED = 0.15  # of pictures have a hash inside a border or page beside that of the whole
PLANTED = 500  # of the new pictures are copies, turned and up to 83 bits changed
PAIRS = 2000  # compared by all their hashes, to tell the time of the second tier


def measure(known: int, asked: int) -> dict[str, float]:
    """Return the figures of a search in a new process, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.photo_search", str(known), str(asked)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def search(known: int, asked: int) -> dict[str, float]:
    """Search random hashes; planted copies are one of the known, turned in one of eight ways, with 0 to 83 bits changed."""
    rng = np.random.default_rng(1)
    store, fresh = _random(rng, known, 0), _random(rng, asked, known)
    originals = rng.choice(known, PLANTED, replace=False)
    changed = rng.integers(0, 84, PLANTED)
    for number, (original, bits) in enumerate(zip(originals, changed, strict=True)):
        fresh.bits[number] = _copy(rng, store.bits[original], int(bits))
    began = time.perf_counter()
    found = nearest(fresh, store, most=83)
    seconds = time.perf_counter() - began
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    hits = sum((int(store.owners[original]), known + number) in pairs for number, original in enumerate(originals))
    return {
        "search_first_tier_s": seconds,
        "search_mb": _peak_mb(),
        "search_planted_found": hits / PLANTED,
        "search_chance_links": float(len(pairs) - hits),
        "search_second_tier_pairs_per_s": _pairs_per_s(rng),
    }


def _peak_mb() -> float:
    """Return the most memory this process has held; what getrusage says begins with that of the process which started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _random(rng: np.random.Generator, pictures: int, first: int) -> Hashed:
    owners = np.concatenate([np.arange(pictures), rng.choice(pictures, int(BORDERED * pictures), replace=False)]) + first
    kinds = (np.arange(len(owners)) >= pictures).astype(np.int64)
    return Hashed(bits=rng.integers(0, 256, (len(owners), 32), dtype=np.uint8), owners=owners, kinds=kinds)


def _copy(rng: np.random.Generator, original: Bits, changed: int) -> Bits:
    bits = np.unpackbits(orientations(original[None])[int(rng.integers(len(FORMS)))][0])
    bits[rng.choice(256, changed, replace=False)] ^= 1
    return np.packbits(bits)


def _pairs_per_s(rng: np.random.Generator) -> float:
    parts = {number: [(kind, rng.bytes(32)) for kind in KINDS] for number in range(200)}
    pairs = [(int(one), 100 + int(other)) for one, other in rng.integers(0, 100, (PAIRS, 2))]
    began = time.perf_counter()
    compare_pairs(parts, pairs, most=83)
    return PAIRS / (time.perf_counter() - began)


if __name__ == "__main__":
    print(json.dumps(search(int(sys.argv[1]), int(sys.argv[2]))))
