"""Rooms with a bed, drawn alike: the pictures that strangers' ads have in common without being the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFilter

SIZE = (320, 240)  # pixels
Colour = tuple[int, int, int]


def rooms(most: int, *, seed: int = 1) -> Iterator[Image.Image]:
    """Yield rooms of one plan - wall, floor, window, bed, pillows, lamp, picture - that differ in where things stand, colours and patterns."""
    for number in range(most):
        yield _room(random.Random(f"room {seed} {number}"))


def _room(rng: random.Random) -> Image.Image:
    width, height = SIZE
    room = Image.new("RGB", SIZE, _pale(rng))
    draw = ImageDraw.Draw(room)
    floor = rng.randrange(120, 190)
    _papered(draw, rng, floor)
    draw.rectangle((0, floor, width, height), fill=_colour(rng, 60, 170))
    for x in range(rng.randrange(8), width, rng.randrange(14, 40)):
        draw.line((x, floor, x + rng.randrange(-60, 60), height), fill=_colour(rng, 40, 120))
    for _ in range(rng.randrange(1, 3)):
        x, y = rng.randrange(width - 90), rng.randrange(10, 50)
        draw.rectangle((x, y, x + rng.randrange(40, 90), y + rng.randrange(40, 80)), fill=_colour(rng, 150, 255), outline=_colour(rng, 0, 255), width=4)
    _bed(draw, rng, floor)
    _lamp(draw, rng, floor)
    return room.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.2)))


def _papered(draw: ImageDraw.ImageDraw, rng: random.Random, floor: int) -> None:
    colour, step = _pale(rng), rng.randrange(14, 48)
    for x in range(rng.randrange(step), SIZE[0], step):
        if rng.random() < 0.7:
            draw.rectangle((x, 0, x + rng.randrange(2, step // 2), floor), fill=colour)


def _bed(draw: ImageDraw.ImageDraw, rng: random.Random, floor: int) -> None:
    left, across, high = rng.randrange(10, 150), rng.randrange(110, 190), rng.randrange(35, 80)
    top = floor - high // 2
    draw.rectangle((left, top - rng.randrange(20, 60), left + rng.randrange(8, 20), floor + high), fill=_colour(rng, 20, 140))
    draw.polygon(
        ((left, top), (left + across, top + rng.randrange(-8, 12)), (left + across + 20, floor + high), (left, floor + high)), fill=_colour(rng, 80, 255)
    )
    for number in range(rng.randrange(1, 4)):
        x = left + 14 + number * rng.randrange(20, 40)
        draw.ellipse((x, top - 14, x + rng.randrange(24, 50), top + rng.randrange(6, 18)), fill=_pale(rng))
    for _ in range(rng.randrange(2, 7)):
        x, y = left + rng.randrange(across), top + rng.randrange(high)
        draw.line((x, y, x + rng.randrange(-60, 60), y + rng.randrange(50)), fill=_colour(rng, 40, 255), width=rng.randrange(2, 9))


def _lamp(draw: ImageDraw.ImageDraw, rng: random.Random, floor: int) -> None:
    x, y = rng.randrange(20, SIZE[0] - 20), rng.randrange(50, 110)
    draw.line((x, y, x, floor + 20), fill=_colour(rng, 0, 90), width=3)
    draw.polygon(((x - 18, y), (x + 18, y), (x + 9, y - 26), (x - 9, y - 26)), fill=_colour(rng, 150, 255))


def _pale(rng: random.Random) -> Colour:
    return _colour(rng, 170, 255)


def _colour(rng: random.Random, low: int, high: int) -> Colour:
    return rng.randint(low, high), rng.randint(low, high), rng.randint(low, high)
