"""A picture gives a hash or a reason, and no picture can take the machine with it."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from PIL import Image, ImageDraw, ImageOps

from crawler.photo_hash import HashChild, hash_picture
from crawler.records.hash_kinds import HASH_BYTES, KINDS, QUALITY_MIN


def drawn(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    rng = random.Random(seed)
    picture = Image.new("RGB", size, (230, 220, 200))
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        draw.rectangle((x, y, x + rng.randrange(10, 120), y + rng.randrange(10, 90)), fill=tuple(rng.randrange(256) for _ in range(3)))
    return picture


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def distance(left: bytes, right: bytes) -> int:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).bit_count()


def test_the_same_picture_hashes_alike_and_another_does_not() -> None:
    ((_, one, quality), *_) = hash_picture(encoded(drawn()))
    ((_, again, _), *_) = hash_picture(encoded(drawn().resize((800, 600)), quality=40))
    ((_, other, _), *_) = hash_picture(encoded(drawn(2)))
    assert (len(one), quality) == (32, 100)
    assert distance(one, again) <= 31 < 85 < distance(one, other)


def parts(picture: Image.Image) -> dict[str, bytes]:
    return {kind: bits for kind, bits, _ in hash_picture(encoded(picture, "PNG"))}


def test_a_picture_has_hashes_of_its_parts_in_less_than_a_kilobyte() -> None:
    hashes = hash_picture(encoded(drawn()))
    assert [kind for kind, _, _ in hashes] == [kind for kind in KINDS if kind not in ("trimmed", "framed")]
    assert sum(len(bits) + 1 for _, bits, _ in hashes) <= (HASH_BYTES + 1) * len(KINDS) < 1000
    assert min(quality for _, _, quality in hashes) >= QUALITY_MIN


def test_flat_parts_have_no_hash() -> None:
    picture = Image.new("RGB", (320, 240), (120, 120, 120))
    picture.paste(drawn(size=(40, 30)), (0, 0))
    kinds = [kind for kind, _, _ in hash_picture(encoded(picture, "PNG"))]
    assert kinds[0] == "whole" and "lower half" not in kinds and "70 % middle" not in kinds


def on_white(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture, 30, (255, 255, 255))


def in_page(picture: Image.Image) -> Image.Image:
    page = Image.new("RGB", (400, 700), (255, 255, 255))
    page.paste(picture, (40, 220))
    for line in (60, 100, 540, 580):
        ImageDraw.Draw(page).text((40, line), "Påhittad rad i en annons", fill=(0, 0, 0), font_size=24)
    return page


def halved(picture: Image.Image) -> Image.Image:
    collage = Image.new("RGB", (480, 240))
    collage.paste(picture.crop((40, 0, 280, 240)), (0, 0))
    collage.paste(drawn(9, (240, 240)), (240, 0))
    return collage


@pytest.mark.parametrize(
    ("changed", "asked", "known"),
    [
        (on_white(drawn()), "trimmed", "whole"),
        (in_page(drawn()), "framed", "whole"),
        (halved(drawn()), "left half", "square"),
        (drawn().rotate(-5, Image.Resampling.BICUBIC), "turned +6", "whole"),
        (drawn().crop((16, 12, 304, 228)), "whole", "86 % middle middle"),
        (drawn().crop((3, 2, 300, 225)), "whole", "93 % upper left"),
    ],
)
def test_what_advertisers_do_is_undone_by_a_part(changed: Image.Image, asked: str, known: str) -> None:
    assert distance(parts(changed)[asked], parts(drawn())[known]) <= 60


def test_the_child_gives_the_same_hashes() -> None:
    with HashChild() as child:
        assert child.hash(encoded(drawn(), "PNG")) == hash_picture(encoded(drawn(), "PNG"))


def lying_png() -> bytes:
    whole = bytearray(encoded(drawn(size=(16, 16)), "PNG"))
    whole[16:24] = (60000).to_bytes(4, "big") * 2
    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    return bytes(whole)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>not a picture</html>", "not a JPEG, PNG, WebP or GIF"),
        (b"", "not a JPEG, PNG, WebP or GIF"),
        (encoded(drawn())[:2000], "broken or cut short"),
        (lying_png(), "more than 20 megapixels"),
        (encoded(drawn(size=(1, 1))), "smaller than 8 pixels"),
        (encoded(drawn(), "BMP"), "not a JPEG, PNG, WebP or GIF"),
    ],
)
def test_what_is_no_picture_has_its_reason_and_the_child_lives_on(data: bytes, reason: str) -> None:
    with HashChild() as child:
        assert child.hash(data) == reason
        assert child.hash(encoded(drawn())) == hash_picture(encoded(drawn()))


@pytest.mark.parametrize("data", [encoded(drawn(), "GIF"), encoded(drawn(), "WEBP"), encoded(drawn().convert("CMYK")), encoded(drawn().convert("LA"), "PNG")])
def test_other_kinds_of_picture_are_read(data: bytes) -> None:
    ((_, bits, _), *_) = hash_picture(data)
    assert len(bits) == 32


def test_a_child_that_was_killed_costs_no_picture() -> None:
    with HashChild() as child:
        child.hash(encoded(drawn()))
        assert child._child is not None
        child._child.kill()
        child._child.wait()
        assert child.hash(encoded(drawn())) == hash_picture(encoded(drawn()))
