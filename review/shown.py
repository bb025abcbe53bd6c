"""Other people's text on a page: control and direction characters as symbols, line breaks kept, long runs of digits in addresses masked."""

from __future__ import annotations

import re

# Direction marks can turn a text around; invisible ones can hide in it.
_STRANGE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LONG_DIGITS = re.compile(r"\d{7,}")
_NUMBER_LIKE = re.compile(r"(?<![\d-])(?:\+|00)?\d(?:[ \-()./\u00a0]{0,2}\d){6,}")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d)?")


def visible(text: object) -> str:
    """Return a text with control and direction characters shown as symbols or codes; line breaks and tabs stay."""
    shown = str(text)
    return _STRANGE.sub(lambda match: _symbol(ord(match.group())), shown) if _STRANGE.search(shown) else shown


def _symbol(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨{code:04X}⟩"


def address(url: object) -> str:
    """Return a page's address as text, with runs of digits that could be a phone number masked."""
    return _LONG_DIGITS.sub("•••", visible(url))


def without_numbers(text: str) -> str:
    """Return what a colleague typed without phone numbers: runs of seven digits or more that are no date, kept nowhere."""
    return _NUMBER_LIKE.sub(lambda match: match.group() if _DATE.fullmatch(match.group().strip()) else "•••", text)
