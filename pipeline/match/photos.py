"""The same picture: nearest PDQ hashes, also mirrored and turned, searched exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

HASH_BYTES = 32
QUERIES = 2000  # hashes asked at a time

Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two different hashes that are near: places in the given lists, distance in bits, and how the left one was turned."""

    left: int
    right: int
    distance: int
    how: str


def orientations(hashes: Bits) -> dict[str, Bits]:
    """Return the hashes as they would be of the mirrored and turned picture.

    A PDQ hash is a 16x16 grid of cosine coefficients above their median: mirroring turns the sign of every second column, turning
    upside down of every second row, and swapping rows and columns transposes. Exact but for ties around the median (4 to 24 bits).

    Args:
        hashes: uint8, shape (n, 32), most significant bit first.
    """
    grid = np.unpackbits(hashes, axis=1).reshape(-1, 16, 16)
    odd = (np.arange(16) % 2).astype(np.uint8)
    columns, rows = odd[None, None, :], odd[None, :, None]
    turned = grid.transpose(0, 2, 1)
    forms = {
        "same": grid,
        "mirrored": grid ^ columns,
        "upside down mirrored": grid ^ rows,
        "turned 180": grid ^ columns ^ rows,
        "turned mirrored": turned,
        "turned 90": turned ^ columns,
        "turned 270": turned ^ rows,
        "turned upside down mirrored": turned ^ columns ^ rows,
    }
    return {name: np.packbits(form.reshape(-1, 256), axis=1) for name, form in forms.items()}


def nearest(asked: Bits, known: Bits, *, most: int, skip_self_from: int | None = None) -> Iterator[Near]:
    """Yield every pair of an asked and a known hash at most `most` bits apart, with the smallest distance over all orientations.

    Args:
        asked, known: uint8, shape (n, 32).
        skip_self_from: place in `known` where `asked` begins, when it is a part of it: a hash is not its own neighbour, and
            a pair inside `asked` is yielded once.
    """
    index = faiss.IndexBinaryFlat(256)
    index.add(np.ascontiguousarray(known))
    for start in range(0, len(asked), QUERIES):
        part = np.ascontiguousarray(asked[start : start + QUERIES])
        best: dict[tuple[int, int], tuple[int, str]] = {}
        for how, form in orientations(part).items():
            limits, distances, places = index.range_search(np.ascontiguousarray(form), most + 1)
            owners = np.repeat(np.arange(len(part)), np.diff(limits.astype(np.int64)))
            for owner, place, distance in zip(owners.tolist(), places.tolist(), distances.tolist(), strict=True):
                own = None if skip_self_from is None else skip_self_from + start + owner
                if own is not None and (place == own or (place > own)):
                    continue
                key = (start + owner, place)
                if key not in best or int(distance) < best[key][0]:
                    best[key] = (int(distance), how)
        for (left, right), (distance, how) in sorted(best.items()):
            yield Near(left=left, right=right, distance=distance, how=how)


def as_array(hashes: Sequence[bytes]) -> Bits:
    """Stack hashes of 32 bytes into an array of shape (n, 32).

    Raises:
        ValueError: a hash of another length.
    """
    if any(len(item) != HASH_BYTES for item in hashes):
        raise ValueError("a PDQ hash has 32 bytes")
    return np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, HASH_BYTES).copy()
