"""Phone numbers, however they are written: digits, words, mixtures, look-alike letters and ornaments between."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Contact
from pipeline.reading.settings import ReadingSettings

DIGITS_MIN, DIGITS_MAX = 8, 15
GAP_MAX = 6  # characters of ornament between two parts of one number
RUN_MIN = 4  # number tokens in a row before words count as digits: "en", "sex" and "to" stand in every text

# What looks like a number and is none: dates, clock times and opening hours, prices, measures, ages, organisation numbers.
TRAPS = re2.compile(
    r"\b(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])\b"
    r"|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}\b"
    r"|\b(?:kl\.? ?)?\d{1,2}[:.]\d{2} ?(?:-|–|till|to) ?\d{1,2}[:.]\d{2}\b"
    r"|\bkl\.? ?\d{1,2}(?:[:. ]\d{2})?(?: ?(?:-|–|till) ?\d{1,2}(?:[:.]\d{2})?)?\b"
    r"|\b[0-2]\d[0-5]\d ?(?:-|–) ?[0-2]\d[0-5]\d\b"
    r"|\b\d{6}-\d{4}\b"
    r"|\b\d{1,3}(?:[ .]\d{3})* ?(?:kr|sek|:-|kronor|€|eur|euro|cm|kg|m2|kvm|min|minuter|år|%)(?:\b|$)"
    r"|\b\d{2,4}/\d{3,5}\b"
    r"|\b\d{3} ?\d{2} [a-zåäö]{4,}(?:borg|stad|ö|köping)\b"
)
TOKEN = re2.compile(r"\d+|[\p{L}|!$]+|\+")
FILLERS = frozenset({"och", "sen", "sedan", "and", "then", "x", "punkt", "dot", "streck", "dash", "y", "si", "i", "и"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    digits: str  # "" for a plus sign
    start: int
    end: int
    steps: int


class PhoneReader:
    """Read phones in folded texts.

    Args:
        settings: number words, look-alikes and support lines.
        region: the country whose numbers need no prefix, such as SE.
    """

    def __init__(self, settings: ReadingSettings, region: str) -> None:
        self._region = region
        self._support = settings.support_numbers
        self._lookalikes = {letter.lower(): digit for letter, digit in settings.lookalikes.items()}
        self._multipliers = settings.multipliers
        words: dict[str, str] = {}
        for lists in settings.number_words.values():
            for digit, variants in enumerate(lists):
                for word in variants.split():
                    words.setdefault(word, str(digit))
        self._tens = {word: value for word, value in settings.tens.items() if value >= 20}
        for word, value in settings.tens.items():
            words.setdefault(word, str(value))
        self._words = words
        self._longest = max(map(len, words))

    def read(self, folded: Folded) -> Iterator[Contact]:
        """Yield every valid number with its span in the original text, from left to right, without overlaps."""
        masked = TRAPS.sub(lambda match: " " * (match.end() - match.start()), folded.text)
        for run in self._runs(masked):
            yield from self._numbers(run, folded)

    def _runs(self, text: str) -> Iterator[list[_Token]]:
        """Yield runs of number tokens with at most GAP_MAX characters of ornament or one filler word between."""
        run: list[_Token] = []
        last_end = 0
        repeat = 1
        for match in TOKEN.finditer(text):
            word, start, end = match.group(), match.start(), match.end()
            if run and start - last_end > GAP_MAX:
                yield run
                run = []
            if run and (word in FILLERS or word in self._multipliers):
                repeat = self._multipliers.get(word, 1)
                last_end = end
                continue
            token = self._token(word, start, end, in_run=bool(run))
            if token is None:
                if run:
                    yield run
                run, repeat = [], 1
                continue
            if repeat > 1 and len(token.digits) == 1:
                token = _Token(digits=token.digits * repeat, start=token.start, end=token.end, steps=token.steps + 1)
            repeat = 1
            run.append(token)
            last_end = end
        if run:
            yield run

    def _token(self, word: str, start: int, end: int, *, in_run: bool) -> _Token | None:
        if word == "+":
            return _Token(digits="", start=start, end=end, steps=0)
        if word.isdigit():
            return _Token(digits=word, start=start, end=end, steps=0)
        digits = self._spoken(word)
        if digits:
            return _Token(digits=digits, start=start, end=end, steps=len(digits))
        if (in_run or len(word) <= 3) and all(letter in self._lookalikes for letter in word):
            return _Token(digits="".join(self._lookalikes[letter] for letter in word), start=start, end=end, steps=2 * len(word))
        return None

    def _spoken(self, word: str) -> str:
        """Return the digits that a word or a compound of number words says ("sjuttiotre" is 73), '' when it is none."""
        known = self._words.get(word)
        if known is not None:
            return known
        return self._compound(word) if len(word) <= 60 else ""

    def _compound(self, word: str) -> str:
        parts: list[str] = []
        at, ten = 0, 0
        while at < len(word):
            size = next((n for n in range(min(self._longest, len(word) - at), 2, -1) if word[at : at + n] in self._words), 0)
            if not size:
                return ""
            part = word[at : at + size]
            value = self._words[part]
            if ten and len(value) == 1 and value != "0":
                parts[-1] = str(ten + int(value))
                ten = 0
            else:
                parts.append(value)
                ten = self._tens.get(part, 0)
            at += size
        return "".join(parts) if len(parts) > 1 or len(parts[0]) > 1 else ""

    def _numbers(self, run: Sequence[_Token], folded: Folded) -> Iterator[Contact]:
        run = _joined_tens(run)
        true_digits = sum(len(token.digits) for token in run if token.steps == 0)
        if len(run) < RUN_MIN and true_digits < 5 and sum(len(token.digits) for token in run) < DIGITS_MIN:
            return
        at = 0
        while at < len(run):
            found = self._longest_from(run, at)
            if found is None:
                at += 1
                continue
            value, stop = found
            used = run[at:stop]
            steps = sum(token.steps for token in used)
            lookalike = any(token.steps == 2 * len(token.digits) and token.steps for token in used)
            confidence = 0.99 if not steps else 0.92 if lookalike else 0.95
            start, end = folded.span(used[0].start, used[-1].end)
            yield Contact(kind="phone", value=value, start=start, end=end, confidence=confidence, steps=steps + (1 if folded.changed else 0))
            at = stop

    def _longest_from(self, run: Sequence[_Token], at: int) -> tuple[str, int] | None:
        plus = run[at].digits == ""
        if plus and at + 1 < len(run) and run[at + 1].digits == "":
            return None
        digits = ""
        best: tuple[str, int] | None = None
        for place in range(at + plus, len(run)):
            if run[place].digits == "":
                break
            digits += run[place].digits
            if len(digits) > DIGITS_MAX:
                break
            if len(digits) >= DIGITS_MIN:
                value = normalise(("+" if plus else "") + digits, self._region)
                if value and not self._is_support(value):
                    best = (value, place + 1)
        return best

    def _is_support(self, value: str) -> bool:
        national = "0" + value[3:] if value.startswith("+46") else value
        return national.startswith(tuple(number for number in self._support if len(number) <= 4)) or national in self._support


def _joined_tens(run: Sequence[_Token]) -> list[_Token]:
    """Join a spoken ten with the digit said after it: "sjuttio fyra" is 74, as people read pairs aloud."""
    joined: list[_Token] = []
    for token in run:
        last = joined[-1] if joined else None
        spoken_ten = last is not None and last.steps == 2 and len(last.digits) == 2 and last.digits[1] == "0" and last.digits[0] >= "2"
        if last is not None and spoken_ten and token.steps == 1 and len(token.digits) == 1 and token.digits != "0":
            joined[-1] = _Token(digits=last.digits[0] + token.digits, start=last.start, end=token.end, steps=3)
        else:
            joined.append(token)
    return joined


@functools.lru_cache(maxsize=100_000)
def normalise(raw: str, region: str) -> str:
    """Return a number as E.164, or '' when it is not valid: foreign numbers need their prefix."""
    try:
        number = phonenumbers.parse("+" + raw[2:] if raw.startswith("00") else raw, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
