"""Fold a text for reading: digits of any script to 0-9, full-width to plain, zero-width out, lower case; with a way back to the original."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SKIPPED = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0E, 0xFE0F, 0x20E3, 0x00AD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The folded text, and for each of its characters the place in the original; `changed` counts digits that were not plain."""

    text: str
    origin: list[int]
    changed: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the folded text into one of the original."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text; plain ASCII and Swedish letters keep their places and only change case."""
    if text.isascii():
        return Folded(text=text.lower(), origin=list(range(len(text))), changed=0)
    characters: list[str] = []
    origin: list[int] = []
    changed = 0
    for place, character in enumerate(text):
        code = ord(character)
        if code < 0x250:
            lowered = character.lower()
            characters.append(lowered if len(lowered) == 1 else character)
            origin.append(place)
            continue
        if code in _SKIPPED:
            continue
        digit = unicodedata.digit(character, None)
        if digit is not None:
            changed += 1
            characters.append(str(digit))
            origin.append(place)
            continue
        for folded in unicodedata.normalize("NFKC", character).lower():
            characters.append(folded)
            origin.append(place)
    return Folded(text="".join(characters), origin=origin, changed=changed)
