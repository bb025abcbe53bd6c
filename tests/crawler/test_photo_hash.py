"""A picture gives a hash or a reason, and no picture can take the machine with it."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from PIL import Image, ImageDraw

from crawler.photo_hash import HashChild, hash_picture


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
    ((_, one, quality),) = hash_picture(encoded(drawn()))
    ((_, again, _),) = hash_picture(encoded(drawn().resize((800, 600)), quality=40))
    ((_, other, _),) = hash_picture(encoded(drawn(2)))
    assert (len(one), quality) == (32, 100)
    assert distance(one, again) <= 31 < 85 < distance(one, other)


def test_the_child_gives_the_same_hash() -> None:
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
    ((_, bits, _),) = hash_picture(data)
    assert len(bits) == 32


def test_a_killed_child_is_a_reason_and_the_next_picture_is_hashed() -> None:
    with HashChild() as child:
        child.hash(encoded(drawn()))
        assert child._child is not None
        child._child.kill()
        child._child.wait()
        assert str(child.hash(encoded(drawn()))).startswith("too much work")
        assert child.hash(encoded(drawn())) == hash_picture(encoded(drawn()))
