"""Drawn pictures: rooms, landscapes, patterns and still lifes that exist nowhere, and the ways in which people change a picture."""

from __future__ import annotations

import functools
import io
import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance

WIDTH, HEIGHT = 320, 240
CLOUD = 16  # cells a side of the soft pattern that makes every picture's frequencies its own
QUALITY = 82
Colour = tuple[int, int, int]


def jpeg(identity: int, variant: str, turn: int, *, seed: int) -> bytes:
    """Return a picture as one ad shows it.

    Args:
        identity: what is drawn; the same identity is the same picture.
        variant: `same`, or the way in which it was changed; `turn` settles how much.
        seed: the town's seed.
    """
    if variant == "same":
        return _drawn(identity, seed)
    picture = Image.open(io.BytesIO(_drawn(identity, seed)))
    changed, quality = _changed(picture.convert("RGB"), variant, random.Random(turn))
    return _saved(changed, quality)


@functools.lru_cache(maxsize=256)
def _drawn(identity: int, seed: int) -> bytes:
    return _saved(draw(identity, seed), QUALITY)


def _saved(picture: Image.Image, quality: int) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def draw(identity: int, seed: int) -> Image.Image:
    """Draw what an identity stands for, 320 by 240 pixels."""
    chance = random.Random(f"picture {seed} {identity}")
    picture = _cloud(chance)
    scene = chance.choice((_room, _landscape, _pattern, _still_life))
    scene(ImageDraw.Draw(picture), chance)
    return Image.blend(picture, _cloud(chance), 0.35)


def _cloud(chance: random.Random) -> Image.Image:
    """Return soft light and colour without any shape."""
    noise: NDArray[np.uint8] = np.frombuffer(chance.randbytes(CLOUD * CLOUD * 3), dtype=np.uint8).reshape(CLOUD, CLOUD, 3)
    return Image.fromarray(noise, "RGB").resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _colour(chance: random.Random) -> Colour:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def _box(chance: random.Random, least: int, most: int) -> tuple[int, int, int, int]:
    left, top = chance.randrange(-20, WIDTH - 20), chance.randrange(-20, HEIGHT - 20)
    return left, top, left + chance.randint(least, most), top + chance.randint(least, most)


def _room(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    floor = chance.randint(90, 200)
    pen.polygon([(0, HEIGHT), (chance.randint(0, 90), floor), (chance.randint(220, WIDTH), floor), (WIDTH, HEIGHT)], fill=_colour(chance))
    for _ in range(chance.randint(5, 9)):
        pen.rectangle(_box(chance, 18, 110), fill=_colour(chance), outline=_colour(chance), width=chance.randint(1, 5))
    for _ in range(chance.randint(2, 4)):
        pen.ellipse(_box(chance, 12, 60), fill=_colour(chance))


def _landscape(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for _ in range(chance.randint(3, 5)):
        level, swing, long = chance.randint(40, 220), chance.randint(8, 60), chance.uniform(20, 90)
        shift = chance.uniform(0, 6)
        ridge = [(x, level + swing * math.sin(x / long + shift)) for x in range(0, WIDTH + 8, 8)]
        pen.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=_colour(chance))
    for _ in range(chance.randint(3, 8)):
        pen.ellipse(_box(chance, 10, 70), fill=_colour(chance))


def _pattern(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for _ in range(chance.randint(8, 16)):
        start, end = (chance.randrange(WIDTH), chance.randrange(HEIGHT)), (chance.randrange(WIDTH), chance.randrange(HEIGHT))
        pen.line([start, end], fill=_colour(chance), width=chance.randint(4, 26))
    for _ in range(chance.randint(2, 6)):
        corners = [(chance.randrange(WIDTH), chance.randrange(HEIGHT)) for _ in range(3)]
        pen.polygon(corners, fill=_colour(chance))


def _still_life(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    table = chance.randint(110, 190)
    pen.rectangle((0, table, WIDTH, HEIGHT), fill=_colour(chance))
    for _ in range(chance.randint(6, 12)):
        box = _box(chance, 15, 90)
        if chance.random() < 0.6:
            pen.ellipse(box, fill=_colour(chance), outline=_colour(chance), width=chance.randint(1, 6))
        else:
            pen.pieslice(box, chance.randrange(360), chance.randrange(360), fill=_colour(chance))


def _changed(picture: Image.Image, variant: str, chance: random.Random) -> tuple[Image.Image, int]:
    """Change a picture as people and sites do. Returns it and the quality to save it at."""
    if variant == "recoded":
        return picture, chance.randint(35, 75)
    if variant == "resized":
        scale = chance.uniform(0.55, 1.6)
        return picture.resize((round(WIDTH * scale), round(HEIGHT * scale)), Image.Resampling.LANCZOS), QUALITY
    if variant == "toned":
        lit = ImageEnhance.Brightness(picture).enhance(chance.uniform(0.8, 1.2))
        return ImageEnhance.Contrast(lit).enhance(chance.uniform(0.85, 1.2)), QUALITY
    if variant == "cropped":
        left, top, right, bottom = (chance.uniform(0.0, 0.04) for _ in range(4))
        return picture.crop((round(WIDTH * left), round(HEIGHT * top), round(WIDTH * (1 - right)), round(HEIGHT * (1 - bottom)))), QUALITY
    pen = ImageDraw.Draw(picture)
    left, top = chance.choice(((6, 6), (WIDTH - 76, 6), (6, HEIGHT - 24), (WIDTH - 76, HEIGHT - 24)))
    pen.rectangle((left, top, left + 70, top + 18), fill=(250, 250, 245))
    pen.text((left + 5, top + 3), "PÅHITTAT", fill=(90, 30, 60))
    return picture, QUALITY
