"""Mask what could be a number or an address of a person in a text that somebody will see."""

from __future__ import annotations

from collections.abc import Iterable

import re2

MASK = "•••"
_GLYPHS = r"[\p{N}\x{FE0F}\x{20E3}]"


class Masker:
    """Replace every run of four or more digits or number words, every e-mail address and every @handle by •••.

    It masks by shape and does not ask whether a number was read as a phone: what nobody could read may still be one.

    Args:
        number_words: words for the digits and tens in all languages, as the reading settings list them.
    """

    def __init__(self, number_words: Iterable[str]) -> None:
        words = sorted({re2.escape(word) for word in number_words if word}, key=lambda word: (-len(word), word))
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = 256 << 20
        token = rf"(?:{_GLYPHS}|{'|'.join(words)})" if words else _GLYPHS
        self._numbers = re2.compile(rf"{token}(?:[^\p{{L}}\p{{N}}\n]{{0,4}}\n?{token}){{3,}}", options)
        self._addresses = re2.compile(r"[\w.+-]+(?:@| ?\(at\) ?| ?\[at\] ?| ?\(a\) ?)[\w-]+(?: ?(?:\.|\(dot\)|\[dot\]) ?[\w-]+)*|@\w{3,}", options)

    def mask(self, text: str) -> str:
        """Return the text with everything that could reach a person masked."""
        # a function, not a template: google-re2 garbles a template outside ASCII
        return str(self._numbers.sub(_masked, self._addresses.sub(_masked, text)))


def _masked(match: object) -> str:
    return MASK


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Replace the given spans (code points, half open) by •••, so that contacts read in odd disguises go as well."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        parts += [text[at : max(start, at)], MASK]
        at = end
    return "".join([*parts, text[at:]])
