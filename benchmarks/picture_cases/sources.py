"""Freely licensed photographs of places and things that packages ship: scikit-image, and Debian's where they are installed.

`apt-get install gcompris-qt-data opencv-doc lomiri-wallpapers mate-backgrounds plasma-workspace-wallpapers` brings all of them;
without them the few of scikit-image are cut into parts.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import skimage
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 640, 480  # pixels; a picture is scaled to cover this and cut to its middle
SHARE = Path("/usr/share")
SCIKIT = ("brick.png", "grass.png", "gravel.png", "coffee.png", "coins.png", "rocket.jpg", "moon.png", "hubble_deep_field.jpg", "motorcycle_left.png")
OPENCV = (
    "HappyFish.jpg", "aero1.jpg", "aloeL.jpg", "apple.jpg", "baboon.jpg", "board.jpg", "box_in_scene.png", "building.jpg", "butterfly.jpg", "fruits.jpg",
    "graf1.png", "home.jpg", "leuvenA.jpg", "orange.jpg", "rubberwhale1.png", "smarties.png", "starry_night.jpg", "stuff.jpg", "cards.png",
)  # fmt: skip
WITHOUT_PEOPLE = ("explore_monuments", "erase", "explore_world_animals", "explore_farm_animals", "categorization")
SAME = 4.0  # shades of grey between two small copies; what is nearer is one photograph that two packages ship
MIRRORED = 0.2  # of a photograph's contrast: what differs less from its mirror image is a plate or the like, whose one half is the other half mirrored
SMALLEST = 150  # pixels of the shorter side; smaller ones are buttons


def photographs(most: int) -> list[Image.Image]:
    """Return up to `most` different photographs, RGB, 640x480, in a fixed order."""
    found: list[Image.Image] = []
    seen: list[NDArray[np.float64]] = []
    for picture in _shipped():
        if len(found) == most:
            return found
        if min(picture.size) >= SMALLEST and 0.4 < picture.width / picture.height < 2.6:
            covering = _covering(picture)
            small = np.asarray(covering.convert("L").resize((16, 12)), dtype=np.float64)
            if all(abs(small - other).mean() >= SAME for other in seen):
                found.append(covering)
                seen.append(small)
    return found


def tiles(most: int, *, side: int = 96, seed: int = 1) -> Iterator[Image.Image]:
    """Yield up to `most` different square parts of photographs that do not overlap, `side` pixels of a photograph of 640x480.

    The gate's seed 1 begins in the corner of each photograph, every other one somewhere else. Photographs that are their own mirror image are left
    out: their parts are one another's mirror images, which is the same picture.
    """
    rng = random.Random(f"tiles {seed}")
    first_left, first_top = (0, 0) if seed == 1 else (rng.randrange(1, side), rng.randrange(1, side))
    made = 0
    for photograph in photographs(most):
        if _mirrors_itself(photograph):
            continue
        for top in range(first_top, HEIGHT - side + 1, side):
            for left in range(first_left, WIDTH - side + 1, side):
                if made == most:
                    return
                made += 1
                yield photograph.crop((left, top, left + side, top + side)).resize((256, 256), Image.Resampling.BICUBIC)


def _mirrors_itself(photograph: Image.Image) -> bool:
    grey = np.asarray(photograph.convert("L").resize((64, 48), Image.Resampling.BOX), dtype=np.float64)
    return bool(min(abs(grey - grey[:, ::-1]).mean(), abs(grey - grey[::-1]).mean()) < MIRRORED * grey.std())


def _shipped() -> Iterator[Image.Image]:
    for name in SCIKIT:
        yield _opened(Path(skimage.__file__).parent / "data" / name)
    for name in OPENCV:
        if (path := SHARE / "doc/opencv-doc/examples/data" / name).is_file():
            yield _opened(path)
    for path in sorted([*(SHARE / "backgrounds").glob("*.jpg"), *(SHARE / "backgrounds/mate/nature").glob("*.jpg")]):
        yield _opened(path)
    for path in sorted((SHARE / "wallpapers").glob("*/contents/screenshot.*")):
        yield _opened(path)
    for name in WITHOUT_PEOPLE:
        if (path := SHARE / f"gcompris-qt/rcc/{name}.rcc").is_file():
            yield from _inside(path.read_bytes())


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.draft("RGB", (WIDTH, HEIGHT))
        return picture.convert("RGB")


def _inside(resource: bytes) -> Iterator[Image.Image]:
    """Yield the WebP pictures of a resource file: each begins with RIFF, its length and WEBP."""
    start = resource.find(b"RIFF")
    while start >= 0:
        if resource[start + 8 : start + 12] == b"WEBP":
            length = int.from_bytes(resource[start + 4 : start + 8], "little") + 8
            with Image.open(io.BytesIO(resource[start : start + length])) as picture:
                if "A" not in picture.getbands():  # drawings on a clear ground
                    yield picture.convert("RGB")
        start = resource.find(b"RIFF", start + 4)


def _covering(picture: Image.Image) -> Image.Image:
    scale = max(WIDTH / picture.width, HEIGHT / picture.height)
    size = (max(WIDTH, round(picture.width * scale)), max(HEIGHT, round(picture.height * scale)))
    large = picture.resize(size, Image.Resampling.LANCZOS)
    left, top = (large.width - WIDTH) // 2, (large.height - HEIGHT) // 2
    return large.crop((left, top, left + WIDTH, top + HEIGHT))
