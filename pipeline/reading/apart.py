"""Phrases whose words may stand apart or in another order: "våra söta tjejer", "varje vecka kommer nya tjejer"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.reading.lexicon import Phrase
from pipeline.reading.negation import BOUNDARY

# Of signs that speak of several people: who, and how often they change. In other phrases a word between changes the meaning.
INDICATORS = frozenset({"plural_persons_language", "people_turnover_language"})
TURNED = frozenset({"people_turnover_language"})  # [who] [how often] may as well be [how often] [who]
HALF = 2  # words of each half that changes place
Way = tuple[tuple[str, ...], Phrase]


class ApartPhrases:
    """The ways in which such phrases are said, by their first word; at most one word may stand between two of theirs."""

    def __init__(self, negators: Sequence[str]) -> None:
        self._ways: dict[str, list[Way]] = {}
        self._negators = frozenset(negators)

    def add(self, phrase: Phrase, words: Sequence[str]) -> None:
        """Add a phrase, and where its halves may change places, each way of it; of a single word, or of another sign, nothing."""
        if phrase.indicator not in INDICATORS or len(words) < 2:
            return
        for way in (tuple(words), *(_halves(words) if phrase.indicator in TURNED else ())):
            self._ways.setdefault(way[0], []).append((way, phrase))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Yield each phrase that stands in a text with the places of its first word and of the word behind its last, from left to right."""
        for place, word in enumerate(words):
            for way, phrase in self._ways.get(word, ()):
                end = self._end(words, place, way)
                if end:
                    yield place, end, phrase

    def _end(self, words: Sequence[str], first: int, way: tuple[str, ...]) -> int:
        """Return where a phrase that begins at a place ends, or 0 when it does not stand there; a negator or a mark is passed over by none."""
        at, spare = first + 1, 1
        for wanted in way[1:]:
            if at < len(words) and words[at] != wanted and spare and not words[at].startswith(BOUNDARY) and words[at] not in self._negators:
                at, spare = at + 1, 0
            if at >= len(words) or words[at] != wanted:
                return 0
            at += 1
        return at


def _halves(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for middle in range(HALF, len(words) - HALF + 1):
        yield (*words[middle:], *words[:middle])
