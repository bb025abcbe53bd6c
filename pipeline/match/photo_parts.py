"""Two pictures by all their hashes: windows for crops, small turns, and halves for collages, which are not asked against everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from crawler.records.hash_kinds import FIRST, HALVES, HASH_BYTES, KINDS, TURNS, WHOLE, WINDOWS
from pipeline.match.photos import FORMS, Found, Hashed, as_array, best, in_order, nearest, nothing, orientations
from pipeline.match.turned_search import Bits, Numbers

PAIRS = 200  # compared at a time: about 10 MB of differences
ABSENT = 257  # bits; further than any two hashes can be
PLACE = {kind: place for place, kind in enumerate(KINDS)}
# What is asked of one picture against what of the other. Windows are never asked against windows: any two pictures have some that are alike.
ASKED = ((WHOLE, (*WHOLE, *WINDOWS)), ((*TURNS, *HALVES), WHOLE))

Parts = Mapping[int, Sequence[tuple[str, bytes]]]


def stands_alone(found: Found, *, alone_max: int, parts_alone_max: int) -> NDArray[np.bool_]:
    """Say which pairs are the same without a second sign: parts must be nearer than whole pictures, because there are many of them."""
    whole = (found.left_kind < len(FIRST)) & (found.right_kind < len(FIRST))
    return found.distance <= np.where(whole, alone_max, parts_alone_max)


def compare_pairs(parts: Parts, pairs: Sequence[tuple[int, int]], *, most: int) -> Found:
    """Compare given pairs of pictures by all their hashes, both ways.

    Args:
        parts: a picture's hashes (kind, 32 bytes); kinds that this program does not know are passed over.
        pairs: two different pictures each.
        most: bits; pairs further apart are left out.
    """
    names = sorted(parts)
    place = {name: number for number, name in enumerate(names)}
    table, present = _table([parts[name] for name in names])
    owners = np.array(names, dtype=np.int64)
    places = np.array([(place[one], place[other]) for one, other in pairs], dtype=np.int64).reshape(-1, 2)
    found = [nothing()]
    for start in range(0, len(places), PAIRS):
        one, other = places[start : start + PAIRS].T
        for left, right in ((one, other), (other, one)):
            for kinds, against in ASKED:
                found.append(_closest(table, present, owners, (left, right), ([PLACE[kind] for kind in kinds], [PLACE[kind] for kind in against]), most))
    return best(found)


def _table(pictures: Sequence[Sequence[tuple[str, bytes]]]) -> tuple[Bits, NDArray[np.bool_]]:
    table = np.zeros((len(pictures), len(KINDS), HASH_BYTES), dtype=np.uint8)
    present = np.zeros(table.shape[:2], dtype=bool)
    for number, hashes in enumerate(pictures):
        for kind, bits in hashes:
            if kind in PLACE:
                table[number, PLACE[kind]] = np.frombuffer(bits, dtype=np.uint8)
                present[number, PLACE[kind]] = True
    return table, present


def _closest(table: Bits, present: NDArray[np.bool_], owners: Numbers, pair: tuple[Numbers, Numbers], kinds: tuple[list[int], list[int]], most: int) -> Found:
    """Return the nearest two hashes of each pair, asking the left one's in all orientations."""
    (left, right), (ask, against) = pair, kinds
    asked = np.stack(orientations(table[left][:, ask].reshape(-1, HASH_BYTES))).view(np.uint64).reshape(len(FORMS), len(left), len(ask), 1, 4)
    known = np.ascontiguousarray(table[right][:, against]).view(np.uint64).reshape(1, len(left), 1, len(against), 4)
    apart = np.bitwise_count(asked ^ known).sum(axis=-1, dtype=np.int64)
    apart[:, ~(present[left][:, ask, None] & present[right][:, None, against])] = ABSENT
    flat = apart.transpose(1, 0, 2, 3).reshape(len(left), -1)
    where = flat.argmin(axis=1)
    distance = flat[np.arange(len(left)), where]
    form, one, other = np.unravel_index(where, (len(FORMS), len(ask), len(against)))
    kept = distance <= most
    columns = (owners[left], owners[right], distance, form, np.array(ask)[one], np.array(against)[other])
    return in_order(*(column[kept] for column in columns))


def compare_all(parts: Parts, *, most: int) -> Found:
    """Compare every picture with every other by all their hashes."""
    return best([nearest(stacked(parts, kinds), stacked(parts, against), most=most) for kinds, against in ASKED])


def stacked(parts: Parts, kinds: Sequence[str]) -> Hashed:
    """Stack the hashes of some kinds of all pictures."""
    rows = [(name, PLACE[kind], bits) for name in sorted(parts) for kind, bits in parts[name] if kind in kinds]
    return Hashed(
        bits=as_array([bits for _, _, bits in rows]),
        owners=np.array([name for name, _, _ in rows], dtype=np.int64),
        kinds=np.array([kind for _, kind, _ in rows], dtype=np.int64),
    )
