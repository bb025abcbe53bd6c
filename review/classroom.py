"""The made-up town as a classroom: its clusters with a known truth, in an order that does not tell it."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from review.place import Place

CASES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One made-up cluster, and whether most of its ads are in truth controlled by somebody else."""

    case: str
    controlled: bool


def classroom(place: Place) -> tuple[Case, ...]:
    """Return the cases: as far as there are, half of them controlled; none where no made-up town is at hand."""
    room = place.classroom()
    return _cases(room.place, room.truth, _mark(room.place)) if room else ()


def _mark(place: Place) -> tuple[int, ...]:
    snapshot = place.snapshot()
    return (*snapshot.stamp, *snapshot.erased)


@functools.lru_cache(maxsize=4)
def _cases(place: Place, file: Path, mark: tuple[int, ...]) -> tuple[Case, ...]:
    """Read the truth and choose the cases of one snapshot."""
    truth = {}
    for line in file.read_text("utf-8").splitlines():
        said = json.loads(line)
        truth[(said["site"], said["url"])] = bool(said["controlled"])
    rows = place.snapshot().read(
        lambda con: con.execute("SELECT cluster_id, list({'site': site, 'url': url}) FROM cluster_member JOIN ad USING (ad_id) GROUP BY cluster_id").fetchall()
    )
    found = []
    for cluster, ads in rows:
        known = [truth[(ad["site"], ad["url"])] for ad in ads if (ad["site"], ad["url"]) in truth]
        if len(known) >= 3:
            found.append(Case(case=cluster, controlled=2 * sum(known) > len(known)))
    yes, no = (sorted((one for one in found if one.controlled is side), key=_shuffle)[: CASES // 2] for side in (True, False))
    return tuple(sorted([*yes, *no], key=_shuffle))


def _shuffle(one: Case) -> str:
    return hashlib.sha256(f"classroom {one.case}".encode()).hexdigest()
