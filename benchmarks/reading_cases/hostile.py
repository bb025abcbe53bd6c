"""Texts made to keep a reader busy: nearly all of 20,000 characters or more."""

from __future__ import annotations

from collections.abc import Iterator

LENGTH = 20_000
FICTION = ("070-174 06 ", "+46 70 174 06 ", "0046 70 174 06 ", "031-390 06 ", "+46 31 390 06 ", "040-628 04 ", "08-465 004 ", "+1 202 555 01")
PIECES = {
    "one letter": "a",
    "one digit": "0",
    "spaced digits": "0 7 0 ",
    "zero in words": "noll ",
    "numbers": "ring 0701740605 ",
    "plus": "+",
    "country": "+46 70 ",
    "look-alikes": "l ",
    "mixed": "o0l1",
    "x and digits": "x1",
    "at": "a@a.",
    "prices": "100 kr ",
    "price list": "30 min 800, ",
    "ages": "24 år ",
    "dates": "2026-11-23 ",
    "clocks": "09:00-17:00 ",
    "words": "våra tjejer väntar i Malmö ",
    "marks": "a\u0301\u0302",
    "emoji": "❤️",
    "reversed": "\u202e07017406",
    "control": "\x00",
    "thai": "ศูนย์เจ็ด",
    "spelt": "n.o.l.l.",
    "quotes": '"ring oss" ',
    "compounds": "sjuttiofyranollsju",
    "replaced": "\ufffd",
    "all kinds": "noll sju sjuttio dubbel två sjuor 070 hundra ",
    "newlines": "\n",
    "tours": "3-7 december i Malmö, ",
    "brackets": "(at)[dot]",
    "not": "inte ring oss ",
}


def hostile() -> Iterator[tuple[str, str]]:
    """Yield each hostile text with its name, and one of two million characters."""
    for name, piece in PIECES.items():
        yield name, piece * (LENGTH // len(piece) + 1)
    yield "different numbers", " ring ".join(f"{area}{last:02}" for area in FICTION for last in range(100))
    yield "two million", "noll sju " * 222_223
