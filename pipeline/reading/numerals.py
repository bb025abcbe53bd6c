"""Words that stand for digits, in many languages: single words, compounds such as "sjuttiofyra", doubles, and misspelt ones."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.reading.settings import ReadingSettings

COMPOUND_MAX = 80  # letters; longer words are not looked at
LOOSE_MIN = 3  # letters of a word that may be misspelt
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3007\u4e00-\u9fff]")  # scripts that put no space between words
_CYRILLIC = str.maketrans("аеорсухіѕкмтвнј", "aeopcyxiskmtbhj")
_LEET = str.maketrans("013457", "oleast")
HUNDRED, JOINER, TEN, PAIR, DIGIT = "hundred", "joiner", "ten", "pair", "digit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a word says: its possible digits ("74"), whether it is a bare ten that a digit may follow, and whether it was misspelt."""

    digits: tuple[str, ...]
    ten: bool = False
    hundred: bool = False
    plural: bool = False
    weak: bool = False


class Numerals:
    """Look up number words; every answer is remembered, because ads repeat the same words."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._parts = _parts(settings)
        self._plurals = dict(settings.plurals)
        self._multipliers = settings.multipliers
        self._longest = max(map(len, self._parts))
        self._loose = _loose(self._parts)
        self._near = _near(self._parts)
        self._order = {part: place for place, part in reversed(list(enumerate(self._parts.values())))}  # Swedish and English come first
        unspaced = sorted((word for word in self._parts if UNSPACED.match(word)), key=lambda word: (-len(word), word))
        self.unspaced = re.compile("|".join(map(re.escape, unspaced)))
        self.say = functools.lru_cache(maxsize=50_000)(self._say)
        self.guess = functools.lru_cache(maxsize=50_000)(self._guess)

    def _say(self, word: str) -> Spoken | None:
        """Return what a word says when it is a number word, a compound of them, or one written with digits for letters ("s3x")."""
        if len(word) > COMPOUND_MAX:
            return None
        if any(letter.isdigit() for letter in word):
            word = word.translate(_LEET)
            return self._say(word) if word.isalpha() and len(word) >= LOOSE_MIN else None
        word = _one_script(word)
        if word in self._parts:
            kind, value = self._parts[word]
            return None if kind == JOINER else Spoken(digits=(value,), ten=kind == TEN, hundred=kind == HUNDRED)
        if word in self._plurals:
            return Spoken(digits=(self._plurals[word],), plural=True)
        return self._doubled(word) or self._compound(word)

    def _guess(self, word: str) -> Spoken | None:
        """Return what a misspelt word may say: doubled letters, missing dots, one letter wrong. Only sound among other numbers."""
        if not LOOSE_MIN <= len(word) <= 12:
            return None
        found = self._loose.get(_key(word))
        if found is None:
            met = [entry for shorter in (word, *_deletions(word)) for entry in self._near.get(shorter, ())]
            found = sorted(dict.fromkeys(met), key=self._order.__getitem__)[:2]
        if not found:
            return None
        kinds = {kind for kind, _ in found}
        return Spoken(digits=tuple(dict.fromkeys(value for _, value in found)), ten=kinds == {TEN}, weak=True)

    def _doubled(self, word: str) -> Spoken | None:
        for multiplier, count in self._multipliers.items():
            if word.startswith(multiplier) and len(word) > len(multiplier):
                rest = self._say(word[len(multiplier) :])
                if rest and len(rest.digits[0]) == 1:
                    return Spoken(digits=(rest.digits[0] * count,))
        return None

    def _compound(self, word: str) -> Spoken | None:
        parts = self._split(word)
        if len(parts) < 2:
            return None
        return Spoken(digits=(_render(parts),)) if any(kind != JOINER for kind, _ in parts) else None

    def _split(self, word: str) -> list[tuple[str, str]]:
        """Split a compound into number words, the longest first; [] when something is left over."""
        dead: set[int] = set()

        def walk(at: int) -> list[tuple[str, str]] | None:
            if at == len(word):
                return []
            if at in dead:
                return None
            for size in range(min(self._longest, len(word) - at), 1, -1):
                part = self._parts.get(word[at : at + size])
                rest = walk(at + size) if part else None
                if part and rest is not None:
                    return [part, *rest]
            dead.add(at)
            return None

        return walk(0) or []


def _render(parts: list[tuple[str, str]]) -> str:
    """Turn the parts of one compound into digits: a ten takes the digit after it, a digit before "und" or "og" goes behind the ten."""
    digits: list[str] = []
    at = 0
    while at < len(parts):
        kind, value = parts[at]
        following = [part[0] for part in parts[at + 1 : at + 3]]
        if kind == DIGIT and following[:2] == [JOINER, TEN]:
            digits.append(parts[at + 2][1][0] + value)
            at += 3
            continue
        if kind == TEN and following[:1] == [DIGIT] and parts[at + 1][1] != "0":
            digits.append(value[0] + parts[at + 1][1])
            at += 2
            continue
        if kind == HUNDRED:
            lead = digits.pop() if digits and len(digits[-1]) == 1 and digits[-1] != "0" else "1"
            digits.append(lead + ("" if following[:1] and following[0] in (TEN, PAIR) else "0" if following[:1] == [DIGIT] else "00"))
        elif kind != JOINER:
            digits.append(value)
        at += 1
    return "".join(digits)


def _parts(settings: ReadingSettings) -> dict[str, tuple[str, str]]:
    parts: dict[str, tuple[str, str]] = {}
    for lists in settings.number_words.values():
        for digit, variants in enumerate(lists):
            for word in variants.split():
                parts.setdefault(word, (DIGIT, str(digit)))
    for word, value in settings.tens.items():
        parts.setdefault(word, (TEN if value >= 20 and value % 10 == 0 else PAIR, str(value)))
    parts |= dict.fromkeys(settings.hundreds, (HUNDRED, "100"))
    return parts | dict.fromkeys(settings.joiners, (JOINER, ""))


def _loose(parts: Mapping[str, tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    loose: dict[str, list[tuple[str, str]]] = {}
    for word, part in parts.items():
        if part[0] in (DIGIT, TEN, PAIR) and len(word) >= LOOSE_MIN and not UNSPACED.match(word):
            found = loose.setdefault(_key(word), [])
            if part not in found:
                found.append(part)
    return loose


def _near(parts: Mapping[str, tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Map every number word, and each with one letter left out, to what it may say: two words that meet here are one letter apart."""
    near: dict[str, list[tuple[str, str]]] = {}
    for word, part in parts.items():
        if part[0] not in (DIGIT, TEN) or len(word) < LOOSE_MIN or UNSPACED.match(word):
            continue
        for shorter in (word, *_deletions(word)):
            found = near.setdefault(shorter, [])
            if part not in found:
                found.append(part)
    return near


def _deletions(word: str) -> Iterator[str]:
    for place in range(len(word) if len(word) > LOOSE_MIN else 0):
        yield word[:place] + word[place + 1 :]


def _key(word: str) -> str:
    """Return a word without marks over its letters and without doubled letters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return re.sub(r"(.)\1+", r"\1", plain)


def _one_script(word: str) -> str:
    """Turn Cyrillic letters among Latin ones into their doubles: "nоll" with a Cyrillic o is meant to be read as Latin."""
    if word.isascii() or not re.search("[a-zåäö]", word):
        return word
    return word.translate(_CYRILLIC)
