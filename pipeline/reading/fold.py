"""Fold a text for reading: digits of any script to 0-9, full-width to plain, zero-width out, lower case; with a way back to the original."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

# Zero-width, variation selectors, the keycap frame, soft hyphen, and the marks that turn the direction of writing.
_SKIPPED = {0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F, 0x20E3, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_TURNED = re.compile("\u202e[^\u202c\u2069\n]*")  # from a right-to-left override to where it ends
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "´": "'", "×": "x"}
)
_MARKS = re.compile("[" + re.escape("".join(map(chr, _PLAIN))) + "]")
_ODD = re.compile(r"[\u00ad\u00b2\u00b3\u00b9\u0130\u0250-\U0010ffff]")  # all else keeps its place when lowered
_SIGNS = {"🔟": "10", "⚀": "1", "⚁": "2", "⚂": "3", "⚃": "4", "⚄": "5", "⚅": "6", "🅾": "O", "⓿": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The folded text, the same with its capitals, and for each character the place in the original.

    `changed` counts digits that were not plain; `turned` are spans of the original that a mark makes run from right to left; `cased` has the
    length of `text`.
    """

    text: str
    cased: str
    origin: list[int] | range
    changed: int
    turned: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the folded text into one of the original."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text; plain ASCII and Swedish letters keep their places and only change case."""
    text = text.translate(_PLAIN) if _MARKS.search(text) else text
    if not _ODD.search(text):
        return Folded(text=text.lower(), cased=text, origin=range(len(text)), changed=0)
    characters: list[str] = []
    origin: list[int] = []
    changed = 0
    for place, character in enumerate(text):
        if 0x300 <= ord(character) < 0x370:
            _compose(characters, character)
            continue
        folded, was_digit = _folded(character)
        changed += was_digit
        characters.extend(folded)
        origin.extend([place] * len(folded))
    lowered = [_lower(character) for character in characters]
    turned = tuple(match.span() for match in _TURNED.finditer(text))
    return Folded(text="".join(lowered), cased="".join(characters), origin=origin, changed=changed, turned=turned)


@functools.lru_cache(maxsize=4096)
def _folded(character: str) -> tuple[str, bool]:
    """Return what one character stands for, and whether it is a digit in disguise."""
    if ord(character) in _SKIPPED:
        return "", False
    if "\ud800" <= character <= "\udfff":
        return "\ufffd", False  # half a character, from bytes that were no text
    if character in _SIGNS:
        return _SIGNS[character], _SIGNS[character].isdigit()
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit), not character.isascii()
    return unicodedata.normalize("NFKC", character).translate(_PLAIN), False


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _compose(characters: list[str], mark: str) -> None:
    """Join a combining mark with the letter before it (a and a ring are å); a mark that joins with nothing is an ornament."""
    if characters:
        joined = unicodedata.normalize("NFC", characters[-1] + mark)
        if len(joined) == 1:
            characters[-1] = joined
