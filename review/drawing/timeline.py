"""When people were advertised: one lane a person, a bar a stay, on the days from first to last sighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.outreach.cluster_view import ShownAd

WIDTH, LEFT, LANE, TOP = 420.0, 74.0, 26.0, 8.0
LANES_MAX = 14
GAP_DAYS = 3  # sightings further apart are two stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One stay of one person: place in the drawing, and what it says."""

    x: float
    y: float
    width: float
    municipality: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One person's bars; `person` is 0 for ads in which nobody can be told apart."""

    person: int
    y: float
    ads: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The whole drawing; `left_out` lanes did not fit."""

    width: float
    height: float
    left: float
    first: datetime
    last: datetime
    lanes: tuple[Lane, ...]
    left_out: int


def timeline(ads: Sequence[ShownAd]) -> Timeline:
    """Lay out the stays of a cluster's people. At least one ad is needed."""
    first, last = min(ad.first_seen for ad in ads), max(ad.last_seen for ad in ads)
    span = max((last - first).total_seconds(), 86_400.0)
    people: dict[int, list[ShownAd]] = {}
    for ad in ads:
        people.setdefault(ad.person, []).append(ad)
    ranked = sorted(people.items(), key=lambda item: (item[0] == 0, min(ad.first_seen for ad in item[1]), item[0]))
    lanes = []
    for number, (person, own) in enumerate(ranked[:LANES_MAX]):
        y = TOP + number * LANE
        bars = [_bar(stay, y, first, span) for stay in _stays(own)]
        lanes.append(Lane(person=person, y=y, ads=len(own), bars=tuple(bars)))
    height = TOP + len(lanes) * LANE + 20
    return Timeline(width=WIDTH, height=height, left=LEFT, first=first, last=last, lanes=tuple(lanes), left_out=max(0, len(ranked) - LANES_MAX))


def _stays(ads: Sequence[ShownAd]) -> list[list[ShownAd]]:
    """Gather a person's ads into stays: the same municipality, without a longer gap."""
    stays: list[list[ShownAd]] = []
    for ad in sorted(ads, key=lambda one: (one.first_seen, one.number)):
        before = next((stay for stay in reversed(stays) if stay[0].municipality == ad.municipality), None)
        if before is not None and (ad.first_seen - max(one.last_seen for one in before)).days <= GAP_DAYS:
            before.append(ad)
        else:
            stays.append([ad])
    return stays


def _bar(stay: Sequence[ShownAd], y: float, first: datetime, span: float) -> Bar:
    start, end = min(ad.first_seen for ad in stay), max(ad.last_seen for ad in stay)
    room = WIDTH - LEFT - 8
    x = LEFT + room * (start - first).total_seconds() / span
    width = max(6.0, room * (end - start).total_seconds() / span)
    return Bar(x=round(min(x, WIDTH - 14), 1), y=y, width=round(width, 1), municipality=stay[0].municipality, first=start, last=end)
