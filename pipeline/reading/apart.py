"""Phrases whose words may stand apart or in another order: "våra söta tjejer", "varje vecka kommer nya tjejer", "alltid helt tillgänglig"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.reading.lexicon import Phrase
from pipeline.reading.negation import BOUNDARY

# Of signs that speak of several people any word may stand between: who, and how often they change. In other phrases it changes the meaning,
OF_SEVERAL = frozenset({"plural_persons_language", "people_turnover_language"})
TURNED = frozenset({"people_turnover_language"})  # [who] [how often] may as well be [how often] [who]
# unless it is one that only stresses or softens.
_SLIGHT_WORDS = (
    "helt bara just nu väldigt mycket riktigt verkligen alltid också något",
    "all very really just only now always also any quite",
    "muy sólo solo ahora siempre también",
    "foarte doar acum mereu",
    "bardzo tylko teraz zawsze na",
    "очень только сейчас всегда",
    "nagyon csak mindig",
    "много само сега винаги",
)
SLIGHT = frozenset(word for words in _SLIGHT_WORDS for word in words.split())
HALF = 2  # words of each half that changes place
Way = tuple[tuple[str, ...], Phrase, bool]  # its words, what they say, and whether the halves changed place


class ApartPhrases:
    """The ways in which such phrases are said, by their first word; at most one word may stand between two of theirs."""

    def __init__(self, negators: Sequence[str]) -> None:
        self._ways: dict[str, list[Way]] = {}
        self._negators = frozenset(negators)

    def add(self, phrase: Phrase, words: Sequence[str]) -> None:
        """Add a phrase, and where its halves may change places, each way of it; of a single word nothing."""
        if len(words) < 2:
            return
        self._ways.setdefault(words[0], []).append((tuple(words), phrase, False))
        for way in _halves(words) if phrase.indicator in TURNED else ():
            self._ways.setdefault(way[0], []).append((way, phrase, True))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Yield each phrase with a word between or turned, and the places of its first word and of the word behind its last, from left to right."""
        for place, word in enumerate(words):
            for way, phrase, turned in self._ways.get(word, ()):
                end = self._end(words, place, way, any_word=phrase.indicator in OF_SEVERAL)
                if end > place + (0 if turned else len(way)):
                    yield place, end, phrase

    def _end(self, words: Sequence[str], first: int, way: tuple[str, ...], *, any_word: bool) -> int:
        """Return where a phrase that begins at a place ends, or 0 when it does not stand there; a negator or a mark is passed over by none."""
        at, spare = first + 1, 1
        for wanted in way[1:]:
            if at < len(words) and words[at] != wanted and spare and self._passed(words[at], any_word):
                at, spare = at + 1, 0
            if at >= len(words) or words[at] != wanted:
                return 0
            at += 1
        return at

    def _passed(self, word: str, any_word: bool) -> bool:
        return word in SLIGHT or (any_word and not word.startswith(BOUNDARY) and word not in self._negators)


def _halves(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for middle in range(HALF, len(words) - HALF + 1):
        yield (*words[middle:], *words[:middle])
