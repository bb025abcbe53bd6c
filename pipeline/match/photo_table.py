"""The hashes of some pictures as one table: a row a picture, a column a kind of hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawler.records.hash_kinds import HASH_BYTES, KINDS
from pipeline.match.turned_search import Bits, Numbers

ABSENT = 257  # bits; further than any two hashes can be
PLACE = {kind: place for place, kind in enumerate(KINDS)}

Parts = Mapping[int, Sequence[tuple[str, bytes]]]  # a picture's hashes (kind, 32 bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Hashes of pictures: `bits` uint8 of shape (n, kinds, 32), `present` which of them there are, `names` the n pictures in order."""

    bits: Bits
    present: NDArray[np.bool_]
    names: Numbers

    def places(self, names: Numbers) -> Numbers:
        """Return the rows of pictures, all of which must be in the table."""
        return np.searchsorted(self.names, names).astype(np.int64)


def tabled(parts: Parts) -> Pictures:
    """Lay out the hashes of pictures; kinds that this program does not know are passed over."""
    names = sorted(parts)
    bits = np.zeros((len(names), len(KINDS), HASH_BYTES), dtype=np.uint8)
    present = np.zeros(bits.shape[:2], dtype=bool)
    for row, name in enumerate(names):
        for kind, value in parts[name]:
            if kind in PLACE:
                bits[row, PLACE[kind]] = np.frombuffer(value, dtype=np.uint8)
                present[row, PLACE[kind]] = True
    return Pictures(bits=bits, present=present, names=np.array(names, dtype=np.int64))
