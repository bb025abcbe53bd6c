"""Two pictures by all their hashes: windows for crops, small turns, and halves for collages, which are not asked against everything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from crawler.records.hash_kinds import HALVES, HASH_BYTES, TURNS, WHOLE, WINDOWS
from pipeline.match.photo_table import ABSENT, PLACE, Parts, Pictures, tabled
from pipeline.match.photos import FORMS, Found, Hashed, as_array, best, in_order, nearest, nothing, orientations
from pipeline.match.turned_search import Numbers

PAIRS = 200  # compared at a time: about 10 MB of differences
# What is asked of one picture against what of the other. Windows are never asked against windows: any two pictures have some that are alike.
ASKED = ((WHOLE, (*WHOLE, *WINDOWS)), ((*TURNS, *HALVES), WHOLE))


def compare_pairs(parts: Parts, pairs: Sequence[tuple[int, int]], *, most: int) -> Found:
    """Compare given pairs of pictures by all their hashes, both ways.

    Args:
        parts: a picture's hashes (kind, 32 bytes); kinds that this program does not know are passed over.
        pairs: two different pictures each.
        most: bits; pairs further apart are left out.
    """
    pictures = tabled(parts)
    places = pictures.places(np.array(pairs, dtype=np.int64)).reshape(-1, 2)
    found = [nothing()]
    for start in range(0, len(places), PAIRS):
        one, other = places[start : start + PAIRS].T
        for left, right in ((one, other), (other, one)):
            for kinds, against in ASKED:
                found.append(_closest(pictures, (left, right), ([PLACE[kind] for kind in kinds], [PLACE[kind] for kind in against]), most))
    return best(found)


def _closest(pictures: Pictures, pair: tuple[Numbers, Numbers], kinds: tuple[list[int], list[int]], most: int) -> Found:
    """Return the nearest two hashes of each pair, asking the left one's in all orientations."""
    (left, right), (ask, against) = pair, kinds
    table, present, names = pictures.bits, pictures.present, pictures.names
    asked = np.stack(orientations(table[left][:, ask].reshape(-1, HASH_BYTES))).view(np.uint64).reshape(len(FORMS), len(left), len(ask), 1, 4)
    known = np.ascontiguousarray(table[right][:, against]).view(np.uint64).reshape(1, len(left), 1, len(against), 4)
    apart = np.bitwise_count(asked ^ known).sum(axis=-1, dtype=np.int64)
    apart[:, ~(present[left][:, ask, None] & present[right][:, None, against])] = ABSENT
    flat = apart.transpose(1, 0, 2, 3).reshape(len(left), -1)
    where = flat.argmin(axis=1)
    distance = flat[np.arange(len(left)), where]
    form, one, other = np.unravel_index(where, (len(FORMS), len(ask), len(against)))
    kept = distance <= most
    columns = (names[left], names[right], distance, form, np.array(ask)[one], np.array(against)[other])
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
