"""Whether a phrase is meant: negated ("inte", "I do not"), turned down after it ("utan skydd gör jag inte"), or quoted from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.reading.lexicon import Lexicon

REACH = 3  # words before a phrase in which a negator cancels it
QUOTE_REACH = 6  # words before an opening quotation mark in which a verb of quoting is looked for
QUOTE_SPARE = 2  # words that may stand in the marks beside the phrase when the phrase itself is what is quoted
QUOTE_MAX = 90  # characters between quotation marks
BOUNDARY = "\ue001"  # stands in the word list where a sentence, a line or a part of one ends
_PRONOUNS = frozenset({"jag", "vi", "man", "i", "we", "hon"})
_OF_HER = frozenset({"hon", "she", "han", "he", "ea", "ella", "она", "ona", "тя", "เธอ"})
_TURNED_DOWN = frozenset({"nej", "no", "nope", "aldrig", "never", "nej,", "nu", "нет", "nie", "nem", "не", "glöm", "absolut", "tyvärr"})
_RULED_OUT = frozenset({"aktuellt", "möjligt", "ok", "okej", "tillåtet", "något", "possible", "allowed", "option", "okay", "posibil", "posible", "uteslutet"})
_MARKS = re.compile(r"[\"“”„«»]|(?<!\w)'|'(?!\w)")


class Negation:
    """Judge phrases of all languages; made once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._negators = {language: frozenset(word.lower() for word in words if " " not in word) for language, words in lexicon.negators.items()}
        self._pairs = {language: _split(words) for language, words in lexicon.negators.items()}
        self._empty = {language: _split(words) for language, words in lexicon.no_negation.items()}
        self._quoting = frozenset(word.lower() for words in lexicon.quoting.values() for word in words)

    def is_negated(self, words: Sequence[str], first: int, last: int, languages: Sequence[str], *, a_way: bool = False) -> bool:
        """Tell whether the words first to last (half open) are negated in one of the languages.

        Args:
            a_way: the phrase says in what way something is done, as "without protection" does: a negator right behind it turns it down
                ("без защиты не работаю"), where behind others it speaks of something else ("our girls do not smoke").
        """
        before = list(_until_boundary(reversed(words[max(0, first - REACH - 2) : first])))[::-1]
        after = words[last : last + 5]
        return any(self._before(before, language) or self._after(after, language) or self._answered(after, language, a_way) for language in languages)

    def _before(self, before: Sequence[str], language: str) -> bool:
        negators = self._negators.get(language, frozenset())
        for place, word in enumerate(before):
            if len(before) - place > REACH:
                continue
            pair = tuple(before[place : place + 2])
            if word in negators or word.endswith("n't") or pair in self._pairs.get(language, ()):
                return not self._says_nothing(before, place, language)
        return False

    def _says_nothing(self, before: Sequence[str], place: int, language: str) -> bool:
        """Tell whether a negator stands in a turn of phrase that negates nothing: "inte bara", "tveka inte", "don't hesitate"."""
        return any(
            tuple(before[start : start + len(turn)]) == turn
            for turn in self._empty.get(language, ())
            for start in range(max(0, place - len(turn) + 1), place + 1)
        )

    def _after(self, after: Sequence[str], language: str) -> bool:
        negators = self._negators.get(language, frozenset())
        if len(after) >= 3 and after[1] in _PRONOUNS and (after[2] in negators or after[2].endswith("n't")):
            return True
        if len(after) >= 3 and after[0] in ("är", "is", "are") and after[1] in negators and (after[2] in _RULED_OUT or "option" in after[2:]):
            return True
        if len(after) >= 2 and after[0] in ("är", "is") and after[1] == "uteslutet":
            return True
        return len(after) >= 2 and after[0] == BOUNDARY + "?" and after[1] in _TURNED_DOWN

    def _answered(self, after: Sequence[str], language: str, a_way: bool) -> bool:
        """Tell whether a negator stands right behind, and ends its part of the sentence or turns down a way: "utan skydd - nej, aldrig"."""
        negated = after[0] in self._negators.get(language, ()) if after else False
        return negated and (a_way or len(after) == 1 or after[1].startswith(BOUNDARY))

    def is_quoted(self, text: str, start: int, end: int, *, told: bool) -> bool:
        """Tell whether a stretch of text stands in quotation marks as somebody else's words.

        Words in marks alone are spoken about, not said; a longer quotation is somebody else's when a verb of quoting stands by it.

        Args:
            told: the phrase is a sign also in what somebody tells of her: 'hon sa "jag har en skuld"' is not quoted away.
        """
        line = text.rfind("\n", 0, start) + 1
        opened = [match.start() for match in _MARKS.finditer(text, max(line, start - QUOTE_MAX), start)]
        closing = _MARKS.search(text, end, min(len(text), end + QUOTE_MAX))
        if not opened or closing is None or (text[opened[-1]] not in "“„«" and len(opened) % 2 == 0) or "\n" in text[end : closing.start()]:
            return False
        inside = _words(text[opened[-1] + 1 : start]) + _words(text[end : closing.start()])
        around = _words(text[max(line, opened[-1] - QUOTE_MAX) : opened[-1]])[-QUOTE_REACH:] + _words(text[closing.end() : closing.end() + 40])[:4]
        if told and any(word in _OF_HER for word in around):
            return False
        return len(inside) <= QUOTE_SPARE or any(word in self._quoting for word in around)


def _split(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.lower().split()) for word in words if " " in word)


def _until_boundary(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word.startswith(BOUNDARY):
            return
        yield word


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text)
