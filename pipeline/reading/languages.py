"""Which languages a text is written in, by the sentence."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.reading.model import Language

_PART = re.compile(r"[^.!?\n]+")
# Small words and letters that tell close languages apart in a handful of words, where the model alone guesses.
_TELLING = {
    "sv": "och är inte jag mig dig på för från hos att som vid också någon något några gärna ett av hej välkommen tjej mycket eller när hur"
    " din skriv du vill ha oss dem mina",
    "no": "og ikke jeg meg deg fra noen noe etter av gjerne hei jente hjemme uke ut hvis nå kvinne å til hva leilighet vil ha veldig bare mine hvordan",
    "da": "og ikke jeg mig dig fra nogle noget efter af hej pige hjemme uge ud hvis nu kvinde til hvad tager skal lejlighed kan et vil have"
    " meget hvordan mine skal",
    "en": "the and for with you your my is are at of a to me i from in we hello hi call only open available",
    "ru": "я ты мне меня что как очень есть только для у моя мой вас это просто напиши очень или меня буду быть",
    "bg": "да се ще съм ми ти за от при със аз на мога здравей е си съм много имам ще какво или",
    "de": "und ich nicht mit der die das für auf ist",
}
_LETTERS = {
    "ы": ("ru",),
    "э": ("ru",),
    "ё": ("ru",),
    "ъ": ("bg",),
    "ь": ("ru",),
    "ø": ("no", "da"),
    "æ": ("no", "da"),
    "ö": ("sv", "fi", "de", "hu"),
    "ä": ("sv", "fi", "de"),
}
_VOTES = {word: tuple(code for code, words in _TELLING.items() if word in words.split()) for words in _TELLING.values() for word in words.split()}
WORD_WEIGHT, LETTER_WEIGHT = 6.0, 4.0  # in the model's logarithms; set on the developing sentences
_MET_MOST = {"sv": 1.0, "en": 2.0}  # what most ads are written in, in the same unit
TELLING_MAX = 34  # letters of a text short enough for small words to matter
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"[\d+:,./-]*\d[\d \-]*")  # say nothing of the language
ENOUGH = 64  # characters of a part that decide its language
PART_MIN = 12  # letters; shorter parts say too little
PARTS_MAX = 8


@functools.cache
def language_reader(languages: tuple[str, ...]) -> LanguageReader:
    """Return the reader of these languages, one a process: unpacking its model takes half a second."""
    return LanguageReader(languages)


class LanguageReader:
    """Identify languages among those met in ads."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
        self._identifier.set_languages(list(languages))
        # row after row and in the width it is reckoned in: the model's own table is copied for every piece of text
        self._identifier.nb_ptc = np.ascontiguousarray(self._identifier.nb_ptc, dtype=np.float32)

    def read(self, text: str) -> tuple[Language, ...]:
        """Return languages by their share of the text's letters, the largest first; nothing for a text without words."""
        letters: Counter[str] = Counter()
        parts = [(match.group(), _letters_of(match.group())) for match in islice(_PART.finditer(text), PARTS_MAX)]
        for part, size in _joined([part for part in parts if part[1] >= PART_MIN] or [(text[:500], _letters_of(text[:500]))]):
            if size >= 3:
                letters[self._classify(part)] += size
        total = sum(letters.values())
        return tuple(Language(code=code, share=count / total) for code, count in sorted(letters.items(), key=lambda item: (-item[1], item[0])))

    def _classify(self, part: str) -> str:
        """Return the likeliest language of a part; in a short one small words and letters have a say."""
        part = _FIGURES.sub(" ", part.lower())[:ENOUGH].strip()
        if len(part) > TELLING_MAX:
            return str(self._identifier.classify(part)[0])
        votes = defaultdict(float, _MET_MOST)
        for word in _WORD.findall(part):
            for code in _VOTES.get(word, ()):
                votes[code] += WORD_WEIGHT
        for letter in set(part) & _LETTERS.keys():
            for code in _LETTERS[letter]:
                votes[code] += LETTER_WEIGHT
        return str(max((float(score) + votes[code], code) for code, score in self._identifier.rank(part))[1])


def _letters_of(part: str) -> int:
    return sum(map(str.isalpha, part))


def _joined(parts: Sequence[tuple[str, int]], size: int = 40) -> list[tuple[str, int]]:
    """Join short parts, each with its letters, to pieces of about `size` characters: very short ones are often misread."""
    joined: list[tuple[str, int]] = []
    for part, letters in parts:
        if joined and len(joined[-1][0]) < size:
            joined[-1] = (joined[-1][0] + ". " + part, joined[-1][1] + letters)
        else:
            joined.append((part, letters))
    return joined
