"""The same picture: nearest PDQ hashes, also mirrored and turned, searched exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from crawler.records.hash_kinds import HASH_BYTES
from pipeline.match.turned_search import Bits, Numbers, TurnedIndex, grids

QUERIES = 2000  # hashes asked at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """Hashes and what they are of: `bits` uint8 of shape (n, 32), `owners` the picture of each, `kinds` its place in `hash_kinds.KINDS`."""

    bits: Bits
    owners: Numbers
    kinds: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Pairs of pictures that are near, each pair once with left < right, ordered; all arrays of one length.

    `distance` in bits, `form` the place in FORMS of how one is turned against the other, and the kinds of hash that met.
    """

    left: Numbers
    right: Numbers
    distance: Numbers
    form: Numbers
    left_kind: Numbers
    right_kind: Numbers

    def only(self, rows: Numbers) -> Found:
        """Return some of the pairs, by their places."""
        return Found(**{name: getattr(self, name)[rows] for name in Found.__slots__})


FORMS = (
    "same", "mirrored", "upside down mirrored", "turned 180", "turned mirrored", "turned 90", "turned 270", "turned upside down mirrored",
)  # fmt: skip
OPPOSITE = np.array([0, 1, 2, 3, 4, 6, 5, 7])  # the same turn seen from the other picture


def orientations(hashes: Bits) -> list[Bits]:
    """Return the hashes as they would be of the mirrored and turned picture, in the order of FORMS.

    A PDQ hash is a 16x16 grid of cosine coefficients above their median: mirroring turns the sign of every second column, turning
    upside down of every second row, and swapping rows and columns transposes. Exact but for ties around the median (4 to 24 bits).

    Args:
        hashes: uint8, shape (n, 32), most significant bit first.
    """
    grid = grids(hashes)
    odd = (np.arange(16) % 2).astype(np.uint8)
    columns, rows = odd[None, None, :], odd[None, :, None]
    turned = grid.transpose(0, 2, 1)
    plain = (grid, grid ^ columns, grid ^ rows, grid ^ columns ^ rows)
    swapped = (turned, turned ^ columns, turned ^ rows, turned ^ columns ^ rows)
    return [np.packbits(form.reshape(-1, 256), axis=1) for form in (*plain, *swapped)]


def nearest(asked: Hashed, known: Hashed, *, most: int) -> Found:
    """Find every pair of pictures with an asked and a known hash at most `most` bits apart, with the smallest distance over all orientations."""
    index = TurnedIndex(most)
    index.add(known.bits)
    return best([nothing(), *(_asked(index, part, known) for part in _parts(asked))])


def nearest_anew(asked: Hashed, earlier: Hashed, *, most: int) -> Found:
    """Find what `nearest` finds of `asked` against `earlier` and `asked` together, in half the time where all is new.

    A distance is the same from both sides, orientation for orientation, so each part is asked against what came before it and itself.
    """
    index = TurnedIndex(most)
    index.add(earlier.bits)
    known = Hashed(**{name: np.concatenate([getattr(earlier, name), getattr(asked, name)]) for name in Hashed.__slots__})
    found = [nothing()]
    for part in _parts(asked):
        index.add(part.bits)
        found.append(_asked(index, part, known))
    return best(found)


def _parts(asked: Hashed) -> Iterator[Hashed]:
    for start in range(0, len(asked.bits), QUERIES):
        end = start + QUERIES
        yield Hashed(bits=asked.bits[start:end], owners=asked.owners[start:end], kinds=asked.kinds[start:end])


def _asked(index: TurnedIndex, part: Hashed, known: Hashed) -> Found:
    near = index.ask(part.bits)
    one, other = part.owners[near.asker], known.owners[near.place]
    kept = one != other
    asker, place = near.asker[kept], near.place[kept]
    return best([in_order(one[kept], other[kept], near.distance[kept], near.form[kept], part.kinds[asker], known.kinds[place])])


def in_order(one: Numbers, other: Numbers, distance: Numbers, form: Numbers, one_kind: Numbers, other_kind: Numbers) -> Found:
    """Name each pair by its smaller picture first; `form` says how `one` is turned to give `other`."""
    swapped = one > other
    return Found(
        left=np.where(swapped, other, one),
        right=np.where(swapped, one, other),
        distance=distance,
        form=np.where(swapped, OPPOSITE[form], form),
        left_kind=np.where(swapped, other_kind, one_kind),
        right_kind=np.where(swapped, one_kind, other_kind),
    )


def best(parts: Sequence[Found]) -> Found:
    """Keep the smallest distance of each pair; of equal ones the earliest form and kinds, whatever order they were found in."""
    names = ("left", "right", "distance", "form", "left_kind", "right_kind")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.lexsort([columns[name] for name in reversed(names)])
    columns = {name: column[order] for name, column in columns.items()}
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(columns["left"]) != 0) | (np.diff(columns["right"]) != 0)
    return Found(**{name: column[first] for name, column in columns.items()})


def nothing() -> Found:
    """Return no pairs."""
    none = np.zeros(0, dtype=np.int64)
    return Found(left=none, right=none, distance=none, form=none, left_kind=none, right_kind=none)


def as_array(hashes: Sequence[bytes]) -> Bits:
    """Stack hashes of 32 bytes into an array of shape (n, 32).

    Raises:
        ValueError: a hash of another length.
    """
    if any(len(item) != HASH_BYTES for item in hashes):
        raise ValueError("a PDQ hash has 32 bytes")
    return np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, HASH_BYTES).copy()
