"""Reused pictures: recall after what advertisers do, links between strangers, speed; beside imagehash and PDQ alone on the same pictures.

`python -m benchmarks.photos [PICTURES [DIFFERENT [KNOWN [SEED]]]]` prints the figures and the recall of each change. Seed 1 is the gate's and
judges; while anything is being tuned, use another one: other rooms, other tiles of the photographs, other places for crops and covers.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable, Iterable
from itertools import chain, islice

import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from benchmarks import photo_search
from benchmarks.picture_cases.changes import CHANGES, RANDOM_CROPS
from benchmarks.picture_cases.rooms import rooms
from benchmarks.picture_cases.sources import photographs, tiles
from crawler.photo_hash import DRAFT, Hashes, hash_picture
from crawler.records.hash_kinds import FIRST
from pipeline.home import SHIPPED_CONFIG
from pipeline.match.photo_agreement import Bounds, agreement, bounds, stands_alone
from pipeline.match.photo_parts import ASKED, compare_all, stacked
from pipeline.match.photo_table import Parts
from pipeline.match.photos import Found, best, nearest
from pipeline.settings import read_shipped

SETTINGS = read_shipped(SHIPPED_CONFIG).linking.photos
EVERYWHERE, SHARED = bounds(SETTINGS, shared=False), bounds(SETTINGS, shared=True)
WEAK = SETTINGS.second_sign_max  # bits
PEER_PDQ, PEER_PHASH = 85, 8  # bits: PDQ of the whole as it stands, and imagehash.phash as one writes it in an afternoon
FALSE_RATE = 1e-5  # of pairs of different pictures
SPEED_PICTURES = 40
GATE_SEED = 1
BLOCK = 100  # pictures whose ads share something
EVERY_CHANGE = {**CHANGES, **RANDOM_CROPS}
Distances = NDArray[np.int64]  # [picture, change]: of the changed picture to its original; FAR where it was not near
FAR = 999


def measure(pictures: int = 200, different: int = 20_000, known: int = 1_000_000) -> dict[str, float]:
    """Return the figures; the defaults are those of the gate, some 30 minutes on two quiet cores."""
    figures, _ = recall(pictures)
    return figures | strangers(different) | speed() | photo_search.measure(known, max(1000, known // 100))


def recall(pictures: int, *, seed: int = GATE_SEED) -> tuple[dict[str, float], dict[str, tuple[float, ...]]]:
    """Change each picture in every way and ask for its original among all originals.

    Returns:
        figures, and for each change the recall of phash, of PDQ alone, of links that stand alone and of those that a second sign may confirm.
    """
    shown = photographs(pictures)
    changed = [[change(picture, _dice(seed, number, name)) for name, change in EVERY_CHANGE.items()] for number, picture in enumerate(shown)]
    originals = [_hashes(picture) for picture in shown]
    copies = [[_hashes(picture) for picture in row] for row in changed]
    known, asked = _parts(originals), _parts(chain(*copies), len(originals))
    first, found = _first_tier(known, asked), _every_tier(known, asked)
    every, strays = _own_and_strays(found, len(shown))
    pdq = np.array([[_apart(one[0][1], copy[0][1]) for copy in row] for one, row in zip(originals, copies, strict=True)])
    phash = np.array([[imagehash.phash(one) - imagehash.phash(copy) for copy in row] for one, row in zip(shown, changed, strict=True)])
    pairs = len(shown) * (len(shown) - 1) * len(EVERY_CHANGE)
    threshold = _threshold(strays, pairs)
    first_alone, _ = _own_and_strays(_alone({**known, **asked}, first, EVERYWHERE), len(shown))
    alone_every, alone_strays = _own_and_strays(_alone({**known, **asked}, found, SHARED), len(shown))
    alone = (first_alone < FAR) | (alone_every < FAR)
    figures = {
        "pictures": float(len(shown)),
        "recall_alone": float(alone.mean()),
        "recall_second_sign": float((alone | _confirmed(every)).mean()),
        "recall_near": float((every <= WEAK).mean()),
        "recall_first_tier_alone": float((first_alone < FAR).mean()),
        "recall_at_1e5": float((every <= threshold).mean()),
        "threshold_at_1e5": float(threshold),
        "false_rate_alone": float(len(alone_strays) / pairs),
        "false_rate_near": float((strays <= WEAK).sum() / pairs),
        "peer_recall_phash": float((phash <= PEER_PHASH).mean()),
        "peer_recall_pdq": float((pdq <= PEER_PDQ).mean()),
    }
    columns = (phash <= PEER_PHASH, pdq <= PEER_PDQ, alone, every <= WEAK)
    rows = {name: tuple(float(column[:, place].mean()) for column in columns) for place, name in enumerate(EVERY_CHANGE)}
    return figures, rows


def _dice(seed: int, number: int, change: str) -> random.Random:
    return random.Random(f"{number} {change}" if seed == GATE_SEED else f"{seed} {number} {change}")


def _hashes(picture: Image.Image) -> Hashes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return hash_picture(buffer.getvalue())


def _parts(pictures: Iterable[Hashes], first: int = 0) -> Parts:
    return {first + number: [(kind, bits) for kind, bits, quality in hashes if quality >= 50] for number, hashes in enumerate(pictures)}


def _alone(parts: Parts, found: Found, within: Bounds) -> Found:
    """Return the pairs that the match stage would link without a second sign."""
    return found.only(np.flatnonzero(stands_alone(found, agreement(parts, found), within)))


def _own_and_strays(found: Found, originals: int) -> tuple[Distances, NDArray[np.int64]]:
    """Part what was found into distances of copies to their own original and distances of strangers."""
    changes = len(EVERY_CHANGE)
    copy = found.right - originals
    own = found.left == copy // changes
    distances = np.full((originals, changes), FAR, dtype=np.int64)
    distances[found.left[own], copy[own] % changes] = found.distance[own]
    return distances, found.distance[~own]


def _first_tier(known: Parts, asked: Parts) -> Found:
    return nearest(stacked(asked, FIRST), stacked(known, FIRST), most=WEAK)


def _every_tier(known: Parts, asked: Parts) -> Found:
    both = [(stacked(one, kinds), stacked(other, against)) for kinds, against in ASKED for one, other in ((known, asked), (asked, known))]
    return best([nearest(one, other, most=PEER_PDQ) for one, other in both])


def _threshold(strays: NDArray[np.int64], pairs: int) -> int:
    """Return the largest distance in bits, at most 83, up to which strangers are near at most once in 100,000 pairs."""
    allowed = int(FALSE_RATE * pairs)
    ordered = np.sort(strays)
    return min(WEAK, int(ordered[allowed]) - 1) if len(ordered) > allowed else WEAK


def _confirmed(every: Distances) -> NDArray[np.bool_]:
    """Say which weak matches a second picture confirms, where each ad shows a picture and the next one, changed in another way."""
    second = np.roll(np.roll(every, -1, axis=0), -7, axis=1)
    return (every <= WEAK) & (second <= WEAK)


def _apart(left: bytes, right: bytes) -> int:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).bit_count()


def strangers(different: int, *, seed: int = GATE_SEED) -> dict[str, float]:
    """Count pairs that link alone among different pictures: half tiles of photographs, half rooms drawn alike.

    First tier: all against all. Second tier: as it is asked, of pictures whose ads share something, here blocks of 100, so that tiles of one
    photograph meet.
    """
    shown = chain(tiles(different // 2, seed=seed), rooms(different - different // 2, seed=seed))
    hashed = _parts(_hashes(picture) for picture in shown)
    whole = stacked(hashed, FIRST)
    first = _alone(hashed, nearest(whole, whole, most=EVERYWHERE.near), EVERYWHERE)
    linked = _pairs(first)
    names = iter(hashed)
    while block := list(islice(names, BLOCK)):
        part = {name: hashed[name] for name in block}
        linked |= _pairs(_alone(part, compare_all(part, most=SHARED.near), SHARED))
    return {"different": float(len(hashed)), "false_links": float(len(linked)), "false_links_first_tier": float(len(first.left))}


def _pairs(found: Found) -> set[tuple[int, int]]:
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def speed() -> dict[str, float]:
    """Hash JPEGs of 1024x768, everything included, beside calling pdqhash alone on the same decode; pictures a second of one core."""
    encoded = []
    for picture in photographs(SPEED_PICTURES):
        buffer = io.BytesIO()
        picture.resize((1024, 768)).save(buffer, "JPEG", quality=85)
        encoded.append(buffer.getvalue())
    ours = _per_cpu_second(encoded, hash_picture)
    alone = _per_cpu_second(encoded, _pdq_alone)
    return {"hashed_per_s": ours, "peer_hashed_per_s": alone, "hashed_ratio": ours / alone}


def _per_cpu_second(encoded: list[bytes], work: Callable[[bytes], object]) -> float:
    work(encoded[0])
    began = time.process_time()
    for one in encoded:
        work(one)
    return len(encoded) / (time.process_time() - began)


def _pdq_alone(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", DRAFT)
        pdqhash.compute(np.asarray(picture.convert("RGB")))


def main(sizes: list[int]) -> None:
    """Print the figures for the given numbers of pictures, different pictures and known hashes, and the seed; small ones of seed 2 without."""
    pictures, different, known, seed = [*sizes, *(40, 2000, 20_000, 2)[len(sizes) :]]
    figures, rows = recall(pictures, seed=seed)
    print(f"{'change':<28} {'phash 8':>8} {'PDQ 85':>8} {'alone':>8} {'near':>8}")
    for name, shares in rows.items():
        print(f"{name:<28} " + " ".join(f"{100 * share:>8.0f}" for share in shares))
    figures |= strangers(different, seed=seed) | speed() | photo_search.measure(known, max(1000, known // 100))
    for name, figure in figures.items():
        print(f"{name:<32} {figure:.6g}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
