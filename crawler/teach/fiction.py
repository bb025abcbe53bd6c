"""Turn what a page says into fiction of the same shape: word for word, digit for digit, so that selectors and patterns still find it."""

from __future__ import annotations

import random
import unicodedata
from urllib.parse import quote, unquote

import re2

_PIECE = re2.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?|\b\d{2}:\d{2}(?::\d{2})?\b|\+?\d(?:[ .()\-/\x{a0}]{0,2}\d){5,}|\pN+|[\pL\pM]+"
)  # a date, a time of day, a number as long as a phone's, any other number, a word
_WORD = re2.compile(r"[\pL\pM]+")
VOWELS, CONSONANTS = "aeio", "dlmnrv"
LONG = 6  # digits, from which on a number could be somebody's
_URL_SAFE = "/:?&=#%+,;@!$'()*~.-_[]"
# numbers set aside for fiction, by how many digits are to be filled; xx are the two that differ
NUMBERS = {7: "55501xx", 9: "7017406xx", 10: "07017406xx", 11: "467017406xx", 12: "4607017406xx", 13: "00467017406xx"}


class Fiction:
    """One rewriting: the same word becomes the same word everywhere, so that what agrees on a page goes on agreeing.

    Args:
        keep: words in lower case that stay as they are: those that the site's config names.
        hosts: hosts of the site, which stay too, with their ports.
        seed: None for chance that nobody can repeat; a number for tests.
    """

    def __init__(self, *, keep: frozenset[str], hosts: frozenset[str] = frozenset(), seed: int | None = None) -> None:
        self._hosts, self._keep, self._chance = hosts, keep, random.Random(seed) if seed is not None else random.SystemRandom()
        self._words: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._given: set[str] = set()
        self._real: set[str] = set()

    def learn(self, text: str) -> None:
        """Remember the words of a page, so that no invented word is one of them."""
        self._real |= {word.lower() for word in _WORD.findall(text)}

    def text(self, text: str) -> str:
        """Return a text as fiction: letters for letters, digits for digits, everything else as it is."""
        return str(_PIECE.sub(lambda found: self._piece(found.group(0)), text))

    def address(self, url: str) -> str:
        """Return an address as fiction; its words are kept or invented like any others, its long numbers never look like a phone's."""
        origin = _origin(url)
        if origin and origin.partition("://")[2].partition(":")[0].lower() not in self._hosts:
            origin = ""
        return origin + quote(str(_PIECE.sub(lambda found: self._piece(found.group(0), address=True), unquote(url[len(origin) :]))), safe=_URL_SAFE)

    def _piece(self, piece: str, *, address: bool = False) -> str:
        if piece[0].isalpha() or unicodedata.category(piece[0])[0] in "LM":
            return self._word(piece)
        if re2.match(r"\d{4}-\d{2}-\d{2}", piece):
            day, mark, time = piece.partition("T")
            return f"2025-{self._chance.randint(1, 12):02d}-{self._chance.randint(1, 28):02d}" + mark + (self._time(time) if time else "")
        if re2.fullmatch(r"\d{2}:\d{2}(?::\d{2})?", piece):
            return self._time(piece)
        digits = "".join(str(unicodedata.digit(sign, 0)) for sign in piece if unicodedata.category(sign)[0] == "N")
        invented = iter(self._number(digits, address=address))
        return "".join(next(invented) if unicodedata.category(sign)[0] == "N" else sign for sign in piece)

    def _time(self, time: str) -> str:
        plain = time.removesuffix("Z")
        return ":".join([f"{self._chance.randint(0, 23):02d}", *(f"{self._chance.randint(0, 59):02d}" for _ in plain.split(":")[1:])]) + time[len(plain) :]

    def _number(self, digits: str, *, address: bool) -> str:
        known = f"{'a' if address else 't'}{digits}"
        if known not in self._numbers:
            tries = [self._invented(len(digits), address=address) for _ in range(200)]
            free = [number for number in tries if not address or number not in self._given]  # two ads must not come to share an address
            self._numbers[known] = next((number for number in free if number != digits), free[0] if free else f"{len(self._given):0{len(digits) + 1}d}")
            if address:
                self._given.add(self._numbers[known])
        return self._numbers[known]

    def _invented(self, length: int, *, address: bool) -> str:
        if length >= LONG:
            if not address and length in NUMBERS:
                return NUMBERS[length].replace("xx", f"{self._chance.randint(5, 99):02d}")
            return "0" * (length - 4) + f"{self._chance.randint(0, 9999):04d}"
        first = {1: "0123456789", 2: "23456789"}.get(length, "123456789")
        return self._chance.choice(first) + "".join(self._chance.choice("0123456789") for _ in range(length - 1))

    def _word(self, word: str) -> str:
        plain = word.lower()
        if plain in self._keep:
            return word
        if plain not in self._words:
            tries = ("".join(self._letter(letter) for letter in plain) for _ in range(50))
            self._words[plain] = next((new for new in tries if new != plain and (len(plain) < 3 or new not in self._real)), "x" * len(plain))
        return "".join(new.upper() if old.isupper() else new for old, new in zip(word, self._words[plain], strict=False))

    def _letter(self, letter: str) -> str:
        name = unicodedata.name(letter, "")
        if "CYRILLIC" in name:
            return self._chance.choice("адилмноры")
        if "THAI" in name:
            return self._chance.choice("กขคงจดตนบปมรลวส")
        base = unicodedata.normalize("NFKD", letter)[0].lower()
        return self._chance.choice(VOWELS if base in "aeiouyåäöæø" else CONSONANTS)


def _origin(url: str) -> str:
    """Return scheme, host and port of a whole address as written; '' for a path."""
    found = re2.match(r"https?://[A-Za-z0-9.-]+(?::\d+)?", url)
    return found.group(0) if found else ""


def long_numbers(text: str) -> set[str]:
    """Return the numbers of a text that are long enough to be somebody's, digits alone."""
    found = re2.findall(r"\d(?:[ .()\-/\x{a0}]{0,2}\d){5,}", text)
    return {"".join(sign for sign in piece if sign.isdigit()) for piece in found if not re2.search(r"\d{4}-\d{2}-\d{2}", piece)}


def words_of(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return {word.lower() for word in _WORD.findall(text)}
