"""Phrases of the lexicon in a text, in one pass, with negation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pipeline.reading.fold import Folded
from pipeline.reading.lexicon import Lexicon, Phrase
from pipeline.reading.model import Cue

NEGATION_REACH = 3  # words before the phrase
PLACEHOLDER = "\ue000"


class CueReader:
    """Find cues. Words of nationality, ethnicity, gender or language are one placeholder, in texts and phrases alike.

    Thai has no spaces between words: its phrases match as parts of the text.
    """

    def __init__(self, lexicon: Lexicon, demographic_words: Sequence[str]) -> None:
        self._blank = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._blank.vocab)
        self._demographic = frozenset(word.lower() for word in demographic_words)
        self._phrases: dict[str, Phrase] = {phrase.id: phrase for phrase in lexicon.phrases}
        self._thai = [(phrase, _flat(phrase.text)) for phrase in lexicon.phrases if phrase.language == "th"]
        self._negators = {language: frozenset(word.lower() for word in words) for language, words in lexicon.negators.items()}
        for phrase in lexicon.phrases:
            if phrase.language == "th":
                continue
            doc, _ = self._doc(phrase.text.lower())
            if len(doc):
                self._matcher.add(phrase.id, [doc])

    def read(self, folded: Folded) -> Iterator[Cue]:
        """Yield cues from left to right; of phrases that lie within each other, the longest of an indicator."""
        doc, places = self._doc(folded.text)
        taken: set[tuple[str, int]] = set()
        found = sorted(self._matcher(doc), key=lambda hit: (hit[1] - hit[2], hit[1]))
        hits: list[tuple[int, int, Phrase, bool]] = []
        for key, first, last in found:
            phrase = self._phrases[self._blank.vocab.strings[key]]
            if any((phrase.indicator, token) in taken for token in range(first, last)):
                continue
            taken.update((phrase.indicator, token) for token in range(first, last))
            before = {doc[token].text for token in range(max(0, first - NEGATION_REACH), first)}
            negated = bool(before & self._negators.get(phrase.language, frozenset()))
            hits.append((places[first][0], places[last - 1][1], phrase, negated))
        hits += self._read_thai(folded.text)
        for start, end, phrase, negated in sorted(hits, key=lambda hit: (hit[0], hit[1], hit[2].id)):
            span = folded.span(start, end)
            yield Cue(cue=phrase.id, indicator=phrase.indicator, negated=negated, start=span[0], end=span[1])

    def _read_thai(self, text: str) -> list[tuple[int, int, Phrase, bool]]:
        if not any("\u0e00" <= character <= "\u0e7f" for character in text):
            return []
        hits = []
        for phrase, flat in self._thai:
            at = text.find(flat)
            if at >= 0:
                before = text[max(0, at - 12) : at]
                hits.append((at, at + len(flat), phrase, any(word in before for word in self._negators.get("th", ()))))
        return hits

    def _doc(self, text: str) -> tuple[Doc, list[tuple[int, int]]]:
        """Split into words of letters and digits, each with its place; demographic words become the placeholder."""
        words: list[str] = []
        places: list[tuple[int, int]] = []
        start = -1
        for place, character in enumerate(text + " "):
            if character.isalnum() or unicodedata.category(character).startswith("M"):
                start = place if start < 0 else start
            elif start >= 0:
                word = text[start:place]
                words.append(PLACEHOLDER if word in self._demographic else word)
                places.append((start, place))
                start = -1
        return Doc(self._blank.vocab, words=words), places


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
