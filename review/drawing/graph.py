"""How ads hang together: people on the left, what they share on the right, one line for each sharing. Readable at 3 ads and at 300."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.outreach.cluster_view import ShownAd

WIDTH, ROW, TOP = 320.0, 30.0, 18.0
LEFT_X, RIGHT_X = 58.0, 232.0
PEOPLE_MAX, SHARED_MAX = 10, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A thing that two ads or more share: its kind (phone, template, picture ...), what may be shown of it, in how many ads, by which people."""

    kind: str
    shown: str
    ads: int
    people: tuple[int, ...]
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from a person to a shared thing; `weight` is in how many of the person's ads it stands, `weak` whether the kind needs a second sign."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: int
    weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The whole drawing: people with their place, shared things, lines, and how much did not fit."""

    width: float
    height: float
    left_x: float
    right_x: float
    people: tuple[tuple[int, float, int], ...]
    shared: tuple[Shared, ...]
    edges: tuple[Edge, ...]
    people_left_out: int
    shared_left_out: int


def graph(ads: Sequence[ShownAd]) -> Graph:
    """Lay out who shares what in a cluster."""
    counts: dict[int, int] = {}
    for ad in ads:
        counts[ad.person] = counts.get(ad.person, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (item[0] == 0, -item[1], item[0]))
    things = sorted(_things(ads).items(), key=lambda item: (-len({ad.person for ad in item[1]}), -len(item[1]), item[0][0], item[0][2]))
    rows = max(min(len(ranked), PEOPLE_MAX), min(len(things), SHARED_MAX), 1)
    people = tuple((person, _y(index, min(len(ranked), PEOPLE_MAX), rows), count) for index, (person, count) in enumerate(ranked[:PEOPLE_MAX]))
    shared = tuple(
        Shared(kind=kind, shown=shown, ads=len(own), people=tuple(sorted({ad.person for ad in own})), y=_y(index, min(len(things), SHARED_MAX), rows))
        for index, ((kind, _, shown), own) in enumerate(things[:SHARED_MAX])
    )
    return Graph(
        width=WIDTH,
        height=TOP * 2 + ROW * (rows - 1) + 8,
        left_x=LEFT_X,
        right_x=RIGHT_X,
        people=people,
        shared=shared,
        edges=tuple(_edges(people, shared, things)),
        people_left_out=max(0, len(ranked) - PEOPLE_MAX),
        shared_left_out=max(0, len(things) - SHARED_MAX),
    )


def _things(ads: Sequence[ShownAd]) -> dict[tuple[str, str, str], list[ShownAd]]:
    """Return what at least two ads share: kind, identity, what may be shown; never the identity itself."""
    found: dict[tuple[str, str, str], list[ShownAd]] = {}
    for ad in ads:
        for kind, identity, shown in ad.contacts:
            found.setdefault((kind, identity, shown), []).append(ad)
        for picture in ad.pictures:
            found.setdefault(("picture", str(picture), ""), []).append(ad)
        if ad.template is not None:
            found.setdefault(("template", str(ad.template), ""), []).append(ad)
    return {key: own for key, own in found.items() if len({ad.ad_id for ad in own}) > 1}


def _y(index: int, count: int, rows: int) -> float:
    """Spread `count` things evenly over the height of `rows`."""
    return round(TOP + (ROW * (rows - 1)) * ((index + 0.5) / count), 1) if rows > 1 else TOP


def _edges(people: Sequence[tuple[int, float, int]], shared: Sequence[Shared], things: Sequence[tuple[tuple[str, str, str], list[ShownAd]]]) -> list[Edge]:
    places = {person: y for person, y, _ in people}
    return [
        Edge(x1=LEFT_X + 14, y1=places[person], x2=RIGHT_X - 40, y2=thing.y, weight=sum(ad.person == person for ad in own), weak=thing.kind == "picture")
        for thing, (_, own) in zip(shared, things, strict=False)
        for person in thing.people
        if person in places
    ]
