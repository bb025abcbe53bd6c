"""Phrases of the lexicon in a text, in one pass of spaCy's matcher, with negation and quotation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pipeline.reading.apart import ApartPhrases
from pipeline.reading.fold import Folded
from pipeline.reading.lexicon import Lexicon, Phrase
from pipeline.reading.model import Cue
from pipeline.reading.negation import BOUNDARY, Negation

HITS_MAX = 200  # cues of one text; more are no ad's
PLACEHOLDER = "\ue000"  # every word of nationality, ethnicity, gender or language
UNKNOWN = "\ue002"  # words in a row that no phrase holds: the vocabulary stays as small as the lexicon
TOLD = frozenset({"coercion_debt_help_cue", "restricted_movement_language", "minor_school_context"})  # signs also when somebody tells them of her
WAYS = frozenset({"no_protection_language"})  # phrases that say how something is done
MARKLESS = ("ro", "pl", "hu", "es")  # languages that are often written without their marks
MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_Hit = tuple[int, int, Phrase, bool]  # its span in the text, its phrase, whether it is negated
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+(?:'[^\W_]+)?|[.!?;,\n\"“”„«»()]")
_SAME = (("ё", "е"), ("ş", "ș"), ("ţ", "ț"))  # letters that are written in two ways
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_STOPS = {mark: BOUNDARY + mark for mark in ".!?;,\n"} | dict.fromkeys('"“”„«»()', "")  # what stands in the list for a mark; '' for those let go


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words of a text with their places; boundaries stand among them."""

    words: list[str]
    places: list[tuple[int, int]]


class CueReader:
    """Find cues. Words of nationality, ethnicity, gender or language are one placeholder, in texts and phrases alike.

    A placeholder between the words of a phrase is passed over: "våra thailändska tjejer" says what "våra tjejer" says.
    Thai has no spaces between words: its phrases match as parts of the text.
    """

    def __init__(self, lexicon: Lexicon, demographic_words: Sequence[str]) -> None:
        self._blank = spacy.blank("xx")
        self._matcher = PhraseMatcher(self._blank.vocab)
        self._turned = _STOPS | dict.fromkeys((word.lower() for word in demographic_words), PLACEHOLDER)
        self._negation = Negation(lexicon)
        self._thai = [(phrase, _flat(phrase.text)) for phrase in lexicon.phrases if phrase.language == "th"]
        self._thai_negators = lexicon.negators.get("th", ())
        self._apart = ApartPhrases([word for words in lexicon.negators.values() for word in words])
        self._phrases: dict[str, list[Phrase]] = {}
        self._known = {PLACEHOLDER}
        for phrase in lexicon.phrases:
            if phrase.language != "th":
                for spelling in _spellings(phrase):
                    self._add(phrase, spelling)

    def _add(self, phrase: Phrase, spelling: str) -> None:
        words = [word for word in self._words(spelling).words if not word.startswith(BOUNDARY)]
        if not words or words == [PLACEHOLDER]:
            return
        self._known.update(words)
        self._apart.add(phrase, [word for word in words if word != PLACEHOLDER])
        known = self._phrases.setdefault(" ".join(words), [])
        if phrase not in known:
            known.append(phrase)
        self._matcher.add(" ".join(words), [Doc(self._blank.vocab, words=words)])

    def read(self, folded: Folded, languages: Sequence[str] = ()) -> Iterator[Cue]:
        """Yield cues from left to right; of phrases that lie within each other, the longest: "förskott på lön" is no "förskott"."""
        found = self._words(folded.text)
        hits = self._match(found, folded.text, list(range(len(found.words))), languages)
        kept = [place for place, word in enumerate(found.words) if word != PLACEHOLDER]
        if len(kept) < len(found.words):
            hits += _clear_of(hits, self._match(found, folded.text, kept, languages))
        hits += _clear_of(hits, self._match_apart(found, folded.text, kept))
        hits += self._read_thai(folded.text)
        for start, end, phrase, negated in sorted(hits, key=lambda hit: (hit[0], hit[1], hit[2].id)):
            span = folded.span(start, end)
            yield Cue(cue=phrase.id, indicator=phrase.indicator, negated=negated, start=span[0], end=span[1])

    def _match(self, found: _Words, text: str, kept: Sequence[int], languages: Sequence[str]) -> list[_Hit]:
        """Match the kept words; each hit as its span in the text, its phrase and whether it is negated."""
        words = [found.words[place] for place in kept]
        known = self._known_of(words)
        doc = Doc(self._blank.vocab, words=[words[place] if place >= 0 else UNKNOWN for place in known])
        taken: set[int] = set()
        hits: list[_Hit] = []
        for key, begin, stop in sorted(self._matcher(doc), key=lambda hit: (hit[1] - hit[2], hit[1], hit[0])):
            first, last = known[begin], known[stop - 1] + 1
            if taken.intersection(range(first, last)):
                continue
            if len(hits) >= HITS_MAX:
                break
            taken.update(range(first, last))
            start, end = found.places[kept[first]][0], found.places[kept[last - 1]][1]
            for same in _by_indicator(self._phrases[self._blank.vocab.strings[key]], languages):
                hits.append((start, end, same[0], self._is_turned_down(words, first, last, same) or self._is_quoted(text, start, end, same[0])))
        return hits

    def _match_apart(self, found: _Words, text: str, kept: Sequence[int]) -> list[_Hit]:
        """Match the phrases whose words may stand apart, each where none before it stands."""
        words = [found.words[place] for place in kept]
        hits: list[_Hit] = []
        for first, last, phrase in islice(self._apart.find(words), HITS_MAX):
            start, end = found.places[kept[first]][0], found.places[kept[last - 1]][1]
            negated = self._is_turned_down(words, first, last, [phrase]) or self._is_quoted(text, start, end, phrase)
            hits += _clear_of(hits, [(start, end, phrase, negated)])
        return hits

    def _is_turned_down(self, words: Sequence[str], first: int, last: int, same: Sequence[Phrase]) -> bool:
        return self._negation.is_negated(words, first, last, [phrase.language for phrase in same], a_way=same[0].indicator in WAYS)

    def _is_quoted(self, text: str, start: int, end: int, phrase: Phrase) -> bool:
        return self._negation.is_quoted(text, start, end, told=phrase.indicator in TOLD)

    def _known_of(self, words: Sequence[str]) -> list[int]:
        """Return the places of the words that some phrase holds; whatever stands between two of them is one -1, which no phrase crosses."""
        places: list[int] = []
        for place, word in enumerate(words):
            if word in self._known:
                places.append(place)
            elif not places or places[-1] >= 0:
                places.append(-1)
        return places

    def _read_thai(self, text: str) -> list[_Hit]:
        if not _THAI.search(text):
            return []
        hits = []
        for phrase, flat in self._thai:
            at = text.find(flat)
            while at >= 0:
                before = text[max(0, at - 12) : at].split()[-1:] or [""]
                negated = any(word in before[0] for word in self._thai_negators) or self._is_quoted(text, at, at + len(flat), phrase)
                hits.append((at, at + len(flat), phrase, negated))
                at = text.find(flat, at + len(flat))
        return [hit for hit in hits if not any(_within(hit, other) for other in hits)]

    def _words(self, text: str) -> _Words:
        """Split into words of letters and digits and boundaries, each with its place; demographic words become the placeholder."""
        words: list[str] = []
        places: list[tuple[int, int]] = []
        for written, same in _SAME:
            text = text.replace(written, same)
        for match in _WORD.finditer(text):
            word = match.group()
            word = self._turned.get(word, word)
            if word:
                words.append(word)
                places.append(match.span())
        return _Words(words=words, places=places)


def _by_indicator(phrases: Sequence[Phrase], languages: Sequence[str]) -> list[list[Phrase]]:
    """Group phrases that read the same by indicator, the text's languages first."""
    grouped: dict[str, list[Phrase]] = {}
    for phrase in sorted(
        phrases, key=lambda phrase: (languages.index(phrase.language) if phrase.language in languages else len(languages), phrase.language != "sv")
    ):
        grouped.setdefault(phrase.indicator, []).append(phrase)
    return list(grouped.values())


def _clear_of(hits: Sequence[_Hit], others: Sequence[_Hit]) -> list[_Hit]:
    """Return the others that overlap none of the hits."""
    return [other for other in others if all(other[0] >= end or other[1] <= start for start, end, _, _ in hits)]


def _within(hit: _Hit, other: _Hit) -> bool:
    longer = other[1] - other[0] > hit[1] - hit[0]
    return longer and other[0] <= hit[0] and hit[1] <= other[1]


def _spellings(phrase: Phrase) -> list[str]:
    flat = _flat(phrase.text)
    if phrase.language not in MARKLESS:
        return [flat]
    bare = "".join(letter for letter in unicodedata.normalize("NFD", flat) if not unicodedata.combining(letter)).replace("ł", "l")
    return [flat] if bare == flat else [flat, bare]


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
