"""Pages whose make alone would keep the parser busy for hours: it compares each attribute of a tag with all before it."""

from __future__ import annotations

import re2

PARTS_MAX = 30_000  # of a tag: about a second of parsing; four times as many take sixteen times as long
PARTING = " \t\r\n\f/="
EMBEDDED = re2.compile(r"""[A-Za-z]=["']?data:[\w/+.;,=-]*""")  # pictures within the page: long, and one attribute


def overgrown(text: str) -> bool:
    """Tell whether a tag of a page has more attributes than any page that people read."""
    at = text.find("<")
    while at >= 0:
        end = _end_of(text, at)
        if end - at > PARTS_MAX and _parts(text[at:end]) > PARTS_MAX:
            return True
        at = text.find("<", max(end, at + 1))
    return False


def _end_of(text: str, at: int) -> int:
    """Return where a tag ends at the latest: at its first `>`, or before the next tag where that one may stand within quotes."""
    end = text.find(">", at)
    if end >= 0 and not any(text.count(quote, at, end) % 2 for quote in "\"'"):
        return end
    following = text.find("<", at + 1)
    return following if following >= 0 else len(text)


def _parts(tag: str) -> int:
    plain = EMBEDDED.sub("", tag)
    return sum(plain.count(sign) for sign in PARTING)
