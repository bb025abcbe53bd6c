"""What the other hashes of two pictures say once two of them have met: the same picture agrees all over, another room drawn alike does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crawler.records.hash_kinds import FIRST, HASH_BYTES, KINDS
from pipeline.linking_settings import PhotoMatching
from pipeline.match.photo_table import ABSENT, PLACE, Parts, Pictures, tabled
from pipeline.match.photos import FORMS, Found, orientations
from pipeline.match.turned_search import Bits, Numbers

PAIRS = 200  # compared at a time: about 10 MB of differences
FEWEST = 12  # hashes that both pictures must have; fewer agree by chance, as the halves of two plain walls do

Agreed = NDArray[np.float64]  # bits, one for each pair: the mean distance of the half of the hashes that is nearest; ABSENT where there are too few


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What stands alone: pairs at most `certain` bits apart, and those at most `near` whose distance and agreement together are at most `together`."""

    certain: int
    near: int
    together: int


def bounds(settings: PhotoMatching, *, shared: bool) -> Bounds:
    """Return the bounds for pictures of ads that share something, or for those asked of everything known, among which many more are alike by chance."""
    if shared:
        return Bounds(certain=settings.parts_certain_max, near=settings.parts_alone_max, together=settings.parts_together_max)
    return Bounds(certain=settings.certain_max, near=settings.alone_max, together=settings.together_max)


def stands_alone(found: Found, agreed: Agreed, within: Bounds) -> NDArray[np.bool_]:
    """Say which pairs are the same picture without a second sign."""
    certain = (found.distance <= within.certain) & (_as_shown(found) | (_of_parts(found) & (agreed < ABSENT)))
    return certain | ((found.distance <= within.near) & (found.distance + agreed <= within.together))


def undecided(found: Found, within: Bounds) -> Numbers:
    """Return the places of the pairs for which it matters what their other hashes say."""
    return np.flatnonzero((found.distance <= within.near) & ~((found.distance <= within.certain) & _as_shown(found)))


def _as_shown(found: Found) -> NDArray[np.bool_]:
    """Say where whole pictures met; what was cut out of two pages may be a corner of each with little in it, which says nothing of the rest."""
    whole = (found.left_kind < len(FIRST)) & (found.right_kind < len(FIRST))
    shown: NDArray[np.bool_] = whole & ~((found.left_kind == PLACE["framed"]) & (found.right_kind == PLACE["framed"]))
    return shown


def _of_parts(found: Found) -> NDArray[np.bool_]:
    """Say where no page was cut: a window against what was cut out of one are two small parts."""
    uncut: NDArray[np.bool_] = (found.left_kind != PLACE["framed"]) & (found.right_kind != PLACE["framed"])
    return uncut


def agreement(parts: Parts, found: Found) -> Agreed:
    """Hold all hashes of one picture against all of the other, in the orientation in which the two were found.

    For each hash the nearest one of the other picture counts; of those the nearer half, because a banner, a logo or a cut spoils the rest. From
    whichever of the two pictures that is less.

    Args:
        parts: the hashes of every picture of `found`, and perhaps of others.

    Returns:
        bits, shape (pairs,); ABSENT where one of the two has fewer than FEWEST hashes.
    """
    pictures = tabled({name: parts[name] for name in {*found.left.tolist(), *found.right.tolist()}})
    agreed = np.full(len(found.left), float(ABSENT))
    left, right = pictures.places(found.left), pictures.places(found.right)
    for form in range(len(FORMS)):
        for rows in _chunks(np.flatnonzero(found.form == form)):
            apart = _apart(pictures, left[rows], right[rows], form)
            agreed[rows] = np.minimum(_nearer_half(apart.min(axis=2)), _nearer_half(apart.min(axis=1)))
            enough = np.minimum(pictures.present[left[rows]].sum(axis=1), pictures.present[right[rows]].sum(axis=1)) >= FEWEST
            agreed[rows[~enough]] = ABSENT
    return agreed


def _chunks(rows: Numbers) -> Iterator[Numbers]:
    for start in range(0, len(rows), PAIRS):
        yield rows[start : start + PAIRS]


def _apart(pictures: Pictures, left: Numbers, right: Numbers, form: int) -> NDArray[np.int16]:
    """Return the bits between every hash of the left pictures, turned, and every one of the right ones: shape (pairs, kinds, kinds)."""
    turned: Bits = orientations(pictures.bits[left].reshape(-1, HASH_BYTES))[form]
    asked = turned.view(np.uint64).reshape(len(left), len(KINDS), 1, 4)
    known = np.ascontiguousarray(pictures.bits[right]).view(np.uint64).reshape(len(left), 1, len(KINDS), 4)
    apart: NDArray[np.int16] = np.bitwise_count(asked ^ known).sum(axis=-1, dtype=np.int16)
    apart[~(pictures.present[left][:, :, None] & pictures.present[right][:, None, :])] = ABSENT
    return apart


def _nearer_half(nearest: NDArray[np.int16]) -> Agreed:
    """Return the mean of the smaller half of each row, leaving out what is absent: shape (pairs,)."""
    ordered = np.sort(nearest, axis=1).astype(np.float64)
    half = np.maximum(1, ((ordered < ABSENT).sum(axis=1) + 1) // 2)
    sums = np.cumsum(ordered, axis=1)[np.arange(len(ordered)), half - 1]
    mean: Agreed = sums / half
    return mean
