"""Texts and files that are meant to hurt a reader: scripts, bidirectional and control characters, formulas, bombs. All harmless by themselves."""

from __future__ import annotations

import functools
import struct
import zlib
from dataclasses import replace
from typing import Any

from crawler.records.ad import Ad

GZIP_BYTES = 200 << 20  # what the compressed page inflates to; a reader should stop at a tenth
PNG_SIDE = 30_000  # pixels a side of the picture bomb
LONG = 100_000  # characters of the overlong text
PAYLOADS = (
    "<script>alert('annons')</script>",
    "\"><img src=x onerror=alert(1)>",
    "</script></article><svg onload=alert(2)>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "\u202etxet denruT\u202c och \u2066isolerat\u2069 \u200f",
    "styrtecken \x07\x08\x0b\x1b[31mrött\x1b[0m \x9b2J",
    "=HYPERLINK(\"https://ond.example\",\"klicka\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+46'; DROP TABLE ad; --",
    "javascript:alert(3)",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031ealgo",
    "\ufeff\u200b\u2060dolt\u200d",
)
FIELDS = ("title", "body", "name", "age", "city", "address", "venue", "price", "account")


def hostile_ad(ad: Ad, place: int) -> Ad:
    """Return an ad with a payload in every field that people write; each seventh has an overlong text."""
    picked = [PAYLOADS[(place + step) % len(PAYLOADS)] for step in range(len(FIELDS))]
    told: dict[str, Any] = {name: f"{getattr(ad, name)} {payload}".strip() for name, payload in zip(FIELDS, picked, strict=True)}
    if place % 7 == 0:
        told["body"] = (told["body"] + " mycket lång text" * LONG)[: LONG + 5000]
    return replace(ad, **told, comments=(*ad.comments, picked[0]), payment=(*ad.payment, picked[6]))


@functools.cache
def gzip_bomb() -> bytes:
    """Return a gzip stream of zeros, a thousandth of what it inflates to."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join(squeeze.compress(zeros) for _ in range(GZIP_BYTES >> 20)) + squeeze.flush()


@functools.cache
def png_bomb() -> bytes:
    """Return a PNG that says to be 900 megapixels of one colour."""
    row = bytes(1 + PNG_SIDE // 8)
    squeeze = zlib.compressobj(9)
    pixels = b"".join(squeeze.compress(row) for _ in range(PNG_SIDE)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", PNG_SIDE, PNG_SIDE, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
