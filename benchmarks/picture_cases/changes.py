"""What advertisers do to a picture before they use it again: 32 changes, and crops at places that nobody fixed beforehand."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Picture = Image.Image
Change = Callable[[Picture, random.Random], Picture]


def saved(picture: Picture, quality: int) -> Picture:
    """Return a picture as it looks after saving as JPEG."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def _scaled(picture: Picture, factor: float) -> Picture:
    return picture.resize((max(16, round(picture.width * factor)), max(16, round(picture.height * factor))), Image.Resampling.BICUBIC)


def _cropped(picture: Picture, cut: float, x: float = 0.5, y: float = 0.5) -> Picture:
    """Cut away a share of width and height; x and y say how much of it on the left and above."""
    width, height = round(picture.width * (1 - cut)), round(picture.height * (1 - cut))
    left, top = round((picture.width - width) * x), round((picture.height - height) * y)
    return picture.crop((left, top, left + width, top + height))


def _cropped_anywhere(low: float, high: float) -> Change:
    return lambda picture, rng: _cropped(picture, rng.uniform(low, high), rng.random(), rng.random())


def _turned(picture: Picture, degrees: float) -> Picture:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def _filtered(picture: Picture) -> Picture:
    red, green, blue = ImageEnhance.Color(picture).enhance(0.6).split()
    return Image.merge("RGB", (red.point([min(255, round(v * 1.12 + 12)) for v in range(256)]), green, blue.point([round(v * 0.85) for v in range(256)])))


def _noisy(picture: Picture) -> Picture:
    return Image.blend(picture, Image.effect_noise(picture.size, 90).convert("RGB"), 0.2)


def _bordered(picture: Picture, share: float, colour: tuple[int, int, int]) -> Picture:
    return ImageOps.expand(picture, round(picture.width * share), colour)


def _letterboxed(picture: Picture) -> Picture:
    side = max(picture.size)
    boxed = Image.new("RGB", (side, side), (0, 0, 0))
    boxed.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return boxed


def _bannered(picture: Picture) -> Picture:
    changed = picture.copy()
    draw = ImageDraw.Draw(changed)
    top = round(picture.height * 0.86)
    draw.rectangle((0, top, picture.width, picture.height), fill=(200, 20, 90))
    draw.text((picture.width * 0.1, top + 4), "RING NU", fill=(255, 255, 255), font_size=max(10, picture.height // 10))
    return changed


def _signed(picture: Picture) -> Picture:
    changed = picture.copy()
    width, height = picture.size
    ImageDraw.Draw(changed).ellipse((width * 0.72, height * 0.05, width * 0.95, height * 0.28), fill=(250, 210, 40), outline=(0, 0, 0), width=3)
    return changed


def _written_over(picture: Picture) -> Picture:
    changed = picture.copy()
    ImageDraw.Draw(changed).text((picture.width * 0.1, picture.height * 0.4), "exempel.example", fill=(255, 255, 255), font_size=picture.width // 11)
    return Image.blend(picture, changed, 0.7)


def _covered(picture: Picture, rng: random.Random) -> Picture:
    """Cover a fifth of a picture with one block."""
    changed = picture.copy()
    width, height = picture.width * 0.447, picture.height * 0.447
    left, top = rng.random() * (picture.width - width), rng.random() * (picture.height - height)
    ImageDraw.Draw(changed).rectangle((left, top, left + width, top + height), fill=tuple(rng.randrange(256) for _ in range(3)))
    return changed


def _with_another(picture: Picture, rng: random.Random) -> Picture:
    """Put a picture on the left of a collage of two squares; the other one is drawn."""
    width = height = picture.height
    left = picture.crop(((picture.width - width) // 2, 0, (picture.width - width) // 2 + width, height))
    other = Image.new("RGB", (width, height), tuple(rng.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(other)
    for _ in range(30):
        x, y = rng.randrange(width), rng.randrange(height)
        draw.ellipse((x - 40, y - 30, x + 40, y + 30), fill=tuple(rng.randrange(256) for _ in range(3)))
    collage = Image.new("RGB", (2 * width, height))
    collage.paste(left, (0, 0))
    collage.paste(other, (width, 0))
    return collage


def _on_screen(picture: Picture, *, page: bool) -> Picture:
    """Show a picture on a phone of 540x960: filling its width (tight: the bars above and below), or in a page with lines of text."""
    ground, ink = ((255, 255, 255), (40, 40, 40)) if page else ((0, 0, 0), (230, 230, 230))
    width = 480 if page else 540
    shown = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.BICUBIC)
    top = 250 if page else 60
    screen = Image.new("RGB", (540, 960 if page else top + shown.height + 60), ground)
    draw = ImageDraw.Draw(screen)
    draw.text((20, 14), "12:41", fill=ink, font_size=20)
    draw.rectangle((480, 16, 520, 34), outline=ink, width=3)
    screen.paste(shown, ((540 - width) // 2, top))
    lines = [*range(60, top - 20, 34), *range(top + shown.height + 20, screen.height - 30, 34)] if page else []
    for number, line in enumerate(lines):
        draw.text((30, line), "Påhittad rad i en påhittad annons"[: 33 - number % 5 * 4], fill=ink, font_size=22)
    return screen


CHANGES: dict[str, Change] = {
    "jpeg 30": lambda picture, rng: saved(picture, 30),
    "jpeg 10": lambda picture, rng: saved(picture, 10),
    "half size": lambda picture, rng: _scaled(picture, 0.5),
    "quarter size": lambda picture, rng: _scaled(picture, 0.25),
    "stretched": lambda picture, rng: picture.resize((round(picture.width * 1.25), picture.height)),
    "brighter": lambda picture, rng: ImageEnhance.Brightness(picture).enhance(1.35),
    "contrast": lambda picture, rng: ImageEnhance.Contrast(picture).enhance(1.4),
    "grey": lambda picture, rng: picture.convert("L").convert("RGB"),
    "blur": lambda picture, rng: picture.filter(ImageFilter.GaussianBlur(2.5)),
    "filter": lambda picture, rng: _filtered(picture),
    "noise": lambda picture, rng: _noisy(picture),
    "centre crop 5": lambda picture, rng: _cropped(picture, 0.05),
    "centre crop 10": lambda picture, rng: _cropped(picture, 0.10),
    "centre crop 20": lambda picture, rng: _cropped(picture, 0.20),
    "centre crop 30": lambda picture, rng: _cropped(picture, 0.30),
    "mirrored": lambda picture, rng: ImageOps.mirror(picture),
    "turned 90": lambda picture, rng: picture.transpose(Image.Transpose.ROTATE_90),
    "turned 180": lambda picture, rng: picture.transpose(Image.Transpose.ROTATE_180),
    "turned 5": lambda picture, rng: _turned(picture, rng.choice((-5, 5))),
    "white border": lambda picture, rng: _bordered(picture, 0.08, (255, 255, 255)),
    "coloured border": lambda picture, rng: _bordered(picture, 0.05, (200, 30, 120)),
    "letterbox": lambda picture, rng: _letterboxed(picture),
    "banner": lambda picture, rng: _bannered(picture),
    "logo": lambda picture, rng: _signed(picture),
    "written over": lambda picture, rng: _written_over(picture),
    "covered": _covered,
    "collage": _with_another,
    "screenshot tight": lambda picture, rng: _on_screen(picture, page=False),
    "screenshot page": lambda picture, rng: _on_screen(picture, page=True),
    "mirrored, crop 10": lambda picture, rng: ImageOps.mirror(_cropped(picture, 0.10)),
    "border, logo": lambda picture, rng: _bordered(_signed(picture), 0.06, (255, 255, 255)),
    "crop, jpeg, banner, resize": lambda picture, rng: _scaled(saved(_bannered(_cropped(picture, 0.10)), 40), 0.6),
}
RANDOM_CROPS: dict[str, Change] = {
    "random crop 5-10": _cropped_anywhere(0.05, 0.10),
    "random crop 10-20": _cropped_anywhere(0.10, 0.20),
}
