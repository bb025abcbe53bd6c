"""What of a picture is hashed: the whole, the picture inside its border or page, windows of it, and the forms in which it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from crawler.records.hash_kinds import HALVES, TURNS, WINDOWS

SIDE = 256  # pixels; views are cut from a copy that is not larger
HASHED = 64  # pixels a side; PDQ looks at no more than 64x64

SQUARE_FROM = 1.15  # of the longer to the shorter side: nearer to a square there is nothing to cut
ALIKE = 16  # of 256 grey levels: a line of a border
PLAIN = 0.97  # of a border's line is of its colour
CUT_MAX = 0.45  # of a side, at most, is border
APART = 24  # grey levels from the page's colour
FILLED = 0.35  # of a line that differs from the page where a picture stands in it
GROUND = 0.8  # of what is around it has the page's colour
FRAME_MIN = 0.25  # of the page's width and height; smaller pictures in it are ornaments

Grey = NDArray[np.int16]
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def views(picture: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """Yield every part of a picture that is hashed beside the whole, named by its kind, 64x64 pixels.

    Args:
        picture: RGB.

    Yields:
        a border's or page's inside only where there is a border or page; the rest always, cut from what is inside.
    """
    small = picture.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    grey = np.asarray(small.convert("L"), dtype=np.int16)
    core = whole = (0, 0, small.width, small.height)
    for kind, box in (("trimmed", inside_border(grey)), ("framed", inside_page(grey))):
        if box not in (whole, core):
            core = box
            yield kind, _cut(small, box)
    inner = small.crop(core)
    if (longer := max(inner.size)) > SQUARE_FROM * (side := min(inner.size)):
        left, top = ((longer - side) // 2, 0) if inner.width == longer else (0, (longer - side) // 2)
        yield "square", _cut(inner, (left, top, left + side, top + side))
    yield from _windows(inner)
    for kind, turn in TURNS.items():
        yield kind, _cut(inner.rotate(turn, Image.Resampling.BILINEAR), (0, 0, *inner.size))
    yield from _halves(inner)


def _windows(inner: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    for kind, (share, x, y) in WINDOWS.items():
        width, height = inner.width * share, inner.height * share
        left, top = (inner.width - width) * x, (inner.height - height) * y
        yield kind, inner.resize((HASHED, HASHED), Image.Resampling.BOX, box=(left, top, left + width, top + height))


def _halves(inner: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    width, height = inner.size
    boxes = ((0, 0, width // 2, height), (width - width // 2, 0, width, height), (0, 0, width, height // 2), (0, height - height // 2, width, height))
    for kind, box in zip(HALVES, boxes, strict=True):
        yield kind, _cut(inner, box)


def _cut(picture: Image.Image, box: Box) -> Image.Image:
    return picture.resize((HASHED, HASHED), Image.Resampling.BOX, box=box)


def inside_border(grey: Grey) -> Box:
    """Return the box inside a border, letterbox or both: outer lines of one colour are left out.

    Args:
        grey: levels 0-255, shape (height, width).
    """
    top, bottom, left, right = 0, grey.shape[0], 0, grey.shape[1]
    for _ in range(2):  # a frame around a letterbox
        first, last = _both_sides(grey[top:bottom, left:right])
        top, bottom = top + first, bottom - last
        first, last = _both_sides(grey[top:bottom, left:right].T)
        left, right = left + first, right - last
    return left, top, right, bottom


def _both_sides(lines: Grey) -> tuple[int, int]:
    """Count the plain lines at both ends; a plain end alone is sky or floor, not a border."""
    first, last = _plain_lines(lines), _plain_lines(lines[::-1])
    return (first, last) if first and last else (0, 0)


def _plain_lines(lines: Grey) -> int:
    """Count the lines from the first on that are of the first one's colour; none when they reach far into the picture."""
    colour = np.median(lines[0])
    plain = (np.abs(lines - colour) <= ALIKE).mean(axis=1) >= PLAIN
    count = len(lines) if plain.all() else int(np.argmin(plain))
    return count if count <= CUT_MAX * len(lines) else 0


def inside_page(grey: Grey) -> Box:
    """Return the box of the picture that stands in a page of one colour, such as a screenshot; the whole when there is none.

    Args:
        grey: levels 0-255, shape (height, width).
    """
    height, width = grey.shape
    apart = np.abs(grey - np.median(np.concatenate([grey[0], grey[-1]]))) > APART
    top, bottom = _longest(apart.mean(axis=1) > FILLED)
    left, right = _longest(apart[top:bottom].mean(axis=0) > FILLED)
    inside, outside = apart[top:bottom, left:right], apart.size - (bottom - top) * (right - left)
    strays = int(apart.sum()) - int(inside.sum())
    if bottom - top < FRAME_MIN * height or right - left < FRAME_MIN * width or strays > (1 - GROUND) * outside:
        return 0, 0, width, height
    return left, top, right, bottom


def _longest(filled: NDArray[np.bool_]) -> tuple[int, int]:
    """Return start and end of the longest run of filled lines; a break of one line does not end it."""
    places = np.flatnonzero(filled)
    if len(places) == 0:
        return 0, len(filled)
    breaks = np.flatnonzero(np.diff(places) > 2)
    starts = np.concatenate([places[:1], places[breaks + 1]])
    ends = np.concatenate([places[breaks], places[-1:]]) + 1
    best = int(np.argmax(ends - starts))
    return int(starts[best]), int(ends[best])
