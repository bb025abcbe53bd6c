"""Other people's text on a page: control and direction characters as symbols, line breaks kept, long runs of digits in addresses masked."""

from __future__ import annotations

import re

# Direction marks can turn a text around; invisible ones can hide in it.
_INVISIBLE = {0x061C, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)}
_LONG_DIGITS = re.compile(r"\d{7,}")
_NUMBER_LIKE = re.compile(r"(?<![\d-])(?:\+|00)?\d(?:[ \-()./\u00a0]{0,2}\d){6,}")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d)?")


def visible(text: object) -> str:
    """Return a text with control and direction characters shown as symbols or codes; line breaks and tabs stay."""
    return "".join(_shown(character) for character in str(text))


def _shown(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or code in _INVISIBLE or 0xE0000 <= code <= 0xE007F:
        return f"⟨{code:04X}⟩"
    return character


def address(url: object) -> str:
    """Return a page's address as text, with runs of digits that could be a phone number masked."""
    return _LONG_DIGITS.sub("•••", visible(url))


def without_numbers(text: str) -> str:
    """Return what a colleague typed without phone numbers: runs of seven digits or more that are no date, kept nowhere."""
    return _NUMBER_LIKE.sub(lambda match: match.group() if _DATE.fullmatch(match.group().strip()) else "•••", text)
