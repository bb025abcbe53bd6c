"""The stated age of the person advertised: near a word of age, and not a rule of the site, an experience or a measure."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Age
from pipeline.reading.settings import ReadingSettings

ADULT = 18
AGE_RANGE = (10, 80)
_TOKEN = re2.compile(r"\d+\+?|[\p{L}\p{M}]+(?:\.[\p{L}]+)*|[-:;,.!?/\n]")
_MEASURES = frozenset({"kr", "sek", "cm", "kg", "min", "minuter", "h", "tim", "timmar", "eur", "euro", "kvm", "m", "km", "%", "dagar", "days", "minutes"})
_REACH = 3  # words between an age and its word
_TEENS = {
    "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20, "tjugoett": 21, "tjugotvå": 22,
    "tjugotre": 23, "tjugofyra": 24, "tjugofem": 25, "trettio": 30, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20,
}  # fmt: skip


class AgeReader:
    """Read stated ages in running text and in an age field."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._words = frozenset(settings.age_words)
        self._false = frozenset(word for phrase in settings.age_false for word in phrase.split() if len(word) > 3)

    def read(self, folded: Folded) -> Iterator[Age]:
        """Yield ages with their spans. An age needs a word of age within three words, in the same sentence."""
        tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(folded.text)]
        for number, (word, start, end) in enumerate(tokens):
            value = int(word) if word.isdigit() and len(word) == 2 else _TEENS.get(word, 0)
            if not AGE_RANGE[0] <= value <= AGE_RANGE[1]:
                continue
            after = _sentence(tokens[number + 1 : number + 2 + _REACH])
            before = _sentence(list(reversed(tokens[max(0, number - _REACH - 1) : number])))
            if after[:1] and after[0] in _MEASURES or folded.text[end : end + 1] in ("%", "+", ":"):
                continue
            if any(token in self._false for token in (*after, *before)):
                continue
            direct = after[:1] and (after[0] in self._words)
            stated = any(token in ("ålder", "age", "aged", "fyllt", "vârsta", "edad", "wiek", "возраст", "kor") for token in before)
            if direct or stated or (value < ADULT and any(token in self._words for token in after[:_REACH])):
                span = folded.span(start, end)
                yield Age(value=value, start=span[0], end=span[1])

    def read_field(self, value: str) -> int | None:
        """Return the age that a field states ("24", "24 år", "tjugofyra"), or None."""
        match = re2.search(r"(?:^|[^\d])(\d{2})(?:[^\d]|$)", value)
        age = int(match.group(1)) if match else _TEENS.get(value.strip().lower(), 0)
        return age if AGE_RANGE[0] <= age <= 99 else None


def _sentence(tokens: list[tuple[str, int, int]]) -> list[str]:
    words: list[str] = []
    for word, _, _ in tokens:
        if word in (".", "!", "?", ";", "\n"):
            break
        if word not in ("-", ":", ",", "/"):
            words.append(word)
    return words
