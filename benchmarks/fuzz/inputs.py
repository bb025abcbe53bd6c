"""What foreign bytes look like: texts of awkward pieces, and good files with a few bytes changed, cut, doubled or put in."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

T = TypeVar("T")
Cases = Callable[[Random], T]

# Pieces that parsers stumble over: quotes, brackets, escapes, numbers of every script, markup, addresses cut in half, halves of characters.
PIECES = (
    '"', "'", "\\", "<", ">", "&", "{", "}", "[", "]", "(", ")", ",", ":", ";", "=", "#", "%", "/", "//", "?", "@", "*", "$", "|", "\n", "\r\n", "\t", "\0",
    "0", "1", "18", "24", "070", "174", "06", "05", "+46", "07o l74", "999999999999", "1e999", "-1", "nan", "inf", "٣", "０７０", "②", "0️⃣", "½",
    "noll", "sju", "NOLL SJU NOLL", "sjuttiofyra", "ศูนย์", "seven", "år", "kr/h", "1500 kr", "30 min", "Malmö", "Helsingborg", "i Lund", "@lina",
    "lina(at)exempel.se", "t.me/x", "http://", "https://[", "http://[::1", "//x:99999/", "data:,", "javascript:", "mailto:", "%00", "%zz", "\u202e", "\u2066",
    "\u200b", "\ufeff", "\x1b[31m", "\x9b", "e\u0301", "\U0001f300", "<script>", "</script>", "<!--", "]]>", "<![CDATA[", "<!DOCTYPE x [",
    "<!ENTITY a 'b'>", "&a;", "&#0;", "&#xD800;", "&#x110000;", "null", "true", "[]", "{}", "[[[[", '{"a":', "\\ud800", "\\u0000", "2026-09-01T02:10:00Z",
    "2026-13-99", "0000-00-00", "9999-12-31T23:59:59+23:59", "Mon, 01 Jan 2026 00:00:00 GMT", "-9999", "a" * 300, "9" * 400, " " * 200,
)  # fmt: skip

# Where characters of other kinds begin: controls, Latin, combining marks, Arabic, Thai, invisible and turning ones, symbols, CJK, emoji, the last one.
RANGES = ((0x01, 0x20), (0x20, 0x7F), (0x7F, 0x180), (0x300, 0x370), (0x600, 0x6FF), (0xE00, 0xE5C), (0x2000, 0x2070), (0x2460, 0x2500), (0x4E00, 0x9FFF),
          (0xFE00, 0x10000), (0x1F300, 0x1FAFF), (0x10FFF0, 0x110000))  # fmt: skip
CHUNKS = (*(piece.encode() for piece in PIECES), b"\x00" * 8, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\xc3\x28")
EDITS = ("put", "over", "cut", "end", "twice", "flip")


def text(dice: Random, most: int = 24) -> str:
    """Return up to `most` awkward pieces and characters of any kind in a row."""
    return "".join(dice.choice(PIECES) if dice.random() < 0.7 else _characters(dice) for _ in range(dice.randrange(most)))


def short(dice: Random) -> str:
    """Return up to four pieces."""
    return text(dice, 5)


def _characters(dice: Random) -> str:
    return "".join(chr(dice.randrange(*dice.choice(RANGES))) for _ in range(dice.randrange(9)))


def changed(dice: Random, good: bytes) -> bytes:
    """Return good bytes with one to six edits: a piece put in, written over, a stretch cut out, the end cut off, a stretch doubled, a bit flipped."""
    made = bytearray(good)
    for _ in range(dice.randint(1, 6)):
        kind, at, length = dice.choice(EDITS), dice.randrange(len(made) + 1), dice.randint(1, 40)
        piece = dice.choice(CHUNKS) if dice.random() < 0.7 else dice.randbytes(dice.randrange(7))
        if kind == "put":
            made[at:at] = piece
        elif kind == "over":
            made[at : at + len(piece)] = piece
        elif kind == "cut":
            del made[at : at + length]
        elif kind == "end" and dice.random() < 0.3:
            del made[at:]
        elif kind == "twice":
            made[at:at] = made[at : at + length]
        elif kind == "flip" and at < len(made):
            made[at] ^= 1 << dice.randrange(8)
    return bytes(made)


def near(*good: bytes) -> Cases[bytes]:
    """Return what lies near good files, and now and then bytes that are like none of them."""
    return lambda dice: changed(dice, dice.choice(good)) if dice.random() < 0.9 else dice.randbytes(dice.randrange(64))


def near_text(*good: str) -> Cases[str]:
    """Return what lies near good texts, as a reader of UTF-8 that replaces what is none gets it; and texts of awkward pieces."""
    encoded = [one.encode() for one in good]
    return lambda dice: changed(dice, dice.choice(encoded)).decode("utf-8", "replace") if dice.random() < 0.7 else text(dice)
