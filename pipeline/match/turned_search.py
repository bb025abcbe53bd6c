"""Every known hash that is near an asked one in any of eight orientations, exactly, in three quarters of the time of asking eight times."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Words = NDArray[np.uint64]

# A mirrored picture has every second column of its hash turned about, one that is upside down every second row: so the 256 bits are four
# words that each turn as a whole: even rows and columns, odd columns, odd rows, both odd.
_ROW, _COLUMN = np.divmod(np.arange(256), 16)
_INTO_WORDS = np.argsort((_ROW % 2) * 2 + _COLUMN % 2, kind="stable")
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_PARTS = ((0, 3), (1,), (2,))  # words that are asked together; the last of them also turned about, the first word never is
_FIRST_SHARE = 5 / 9  # of the distance: a wider part would pass too many by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What was found: place of the asked hash, place of the known one, distance in bits, and the form (0-7) the asked one has to be turned to."""

    asker: Numbers
    place: Numbers
    distance: Numbers
    form: Numbers


class TurnedIndex:
    """Known hashes, asked in eight orientations at once.

    Two hashes at most `most` bits apart are near in one of three parts of them: the sum of what the parts allow is less by two than `most`. So only
    what is near in a part is counted whole. A part is asked in two ways for four orientations, and the parts are shorter than the whole.
    """

    def __init__(self, most: int) -> None:
        first = round((most - 2) * _FIRST_SHARE)
        second = (most - 1 - first) // 2
        self._most, self._limits = most, (first, second, most - 2 - first - second)
        self._indexes = [faiss.IndexBinaryFlat(64 * len(part)) for part in _PARTS]
        self._words: Words = np.empty((0, 4), dtype=np.uint64)

    def add(self, hashes: Bits) -> None:
        """Add hashes, uint8 of shape (n, 32); their places go on from those that are there."""
        words = _words(grids(hashes))
        for index, part in zip(self._indexes, _PARTS, strict=True):
            index.add(_bytes(words[:, part]))
        self._words = np.concatenate([self._words, words])

    def ask(self, hashes: Bits) -> Near:
        """Find all known hashes at most `most` bits from one of `hashes` (uint8, shape (n, 32)) in any form; a pair may come more than once."""
        plain = grids(hashes)
        jobs = [(_words(turned), part, flip, 4 * back) for back, turned in enumerate((plain, plain.transpose(0, 2, 1))) for part in range(3) for flip in (0, 1)]
        with ThreadPoolExecutor(faiss.omp_get_max_threads(), initializer=faiss.omp_set_num_threads, initargs=(1,)) as pool:
            found = list(pool.map(lambda job: self._near(*job), jobs))
        return Near(**{name: np.concatenate([getattr(part, name) for part in found]) for name in Near.__slots__})

    def _near(self, asked: Words, part: int, flip: int, form: int) -> Near:
        """Ask one part in one way, and count the whole of what it finds in the four forms of that."""
        words = asked[:, _PARTS[part]]
        if flip:
            words[:, -1] ^= _ALL
        limits, _, place = self._indexes[part].range_search(_bytes(words), self._limits[part] + 1)
        asker = np.repeat(np.arange(len(asked)), np.diff(limits.astype(np.int64)))
        even, columns, rows, both = np.bitwise_count(asked[asker] ^ self._words[place]).astype(np.int16).T
        one, other, mixed = columns + both, rows + both, columns + rows  # what turns about when mirrored, upside down, and both
        forms = np.stack([even + rows + one, even + rows + 128 - one, even + columns + 128 - other, even + both + 128 - mixed])
        distance = forms.min(axis=0)
        near = distance <= self._most
        return Near(asker=asker[near], place=place[near], distance=distance[near].astype(np.int64), form=forms[:, near].argmin(axis=0) + form)


def grids(hashes: Bits) -> Bits:
    """Return the bits of hashes (uint8, shape (n, 32)) as they stand in the picture's spectrum, rows and columns: shape (n, 16, 16)."""
    return np.unpackbits(hashes, axis=1).reshape(-1, 16, 16)


def _words(grid: Bits) -> Words:
    """Return four words a hash, shape (n, 4)."""
    words: Words = np.ascontiguousarray(np.packbits(grid.reshape(-1, 256)[:, _INTO_WORDS], axis=1)).view(np.uint64)
    return words


def _bytes(words: Words) -> Bits:
    return np.ascontiguousarray(words).view(np.uint8)
