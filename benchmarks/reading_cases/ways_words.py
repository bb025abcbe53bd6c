"""Ways of writing a Swedish mobile number with words. Each takes the ten national digits and a stream of chance."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from importlib.resources import files

SPOKEN: dict[str, list[str]] = tomllib.loads((files("benchmarks.reading_cases") / "spoken.toml").read_text("utf-8"))
Way = Callable[[str, random.Random], str]


def in_words(language: str, between: str = " ") -> Way:
    """Return the way that says every digit as a word of a list."""

    def write(number: str, stream: random.Random) -> str:
        return between.join(SPOKEN[language][int(digit)] for digit in number)

    return write


def pair(two: str) -> str:
    """Say two digits as one Swedish number: 74 is sjuttiofyra, 06 is noll sex."""
    if two[0] == "0":
        return f"noll {SPOKEN['sv'][int(two[1])]}"
    if two[0] == "1":
        return SPOKEN["sv_teens"][int(two[1])]
    return SPOKEN["sv_tens"][int(two[0])] + (SPOKEN["sv"][int(two[1])] if two[1] != "0" else "")


def compounds(number: str, stream: random.Random) -> str:
    """noll sjuttio, hundrasjuttiofyra read as pairs: noll sjuttio sjutton fyrtio ..."""
    return f"noll {pair(number[1:3])} " + " ".join((SPOKEN["sv"][int(number[3])], *(pair(number[at : at + 2]) for at in (4, 6, 8))))


def compounds_apart(number: str, stream: random.Random) -> str:
    """The same with the tens and ones as words of their own where the pair allows it: sjuttio fyra."""
    words = [f"noll {pair(number[1:3])}", SPOKEN["sv"][int(number[3])]]
    for at in (4, 6, 8):
        two = number[at : at + 2]
        words.append(f"{SPOKEN['sv_tens'][int(two[0])]} {SPOKEN['sv'][int(two[1])]}" if two[0] >= "2" and two[1] != "0" else pair(two))
    return ", ".join(words)


def hundreds(number: str, stream: random.Random) -> str:
    """noll sjuttio, hundrasjuttiofyra, noll sex, noll fem: three digits read as one number where they make one."""
    three = number[3:6]
    if three[0] == "0":
        middle = " ".join(SPOKEN["sv"][int(digit)] for digit in three)
    else:
        lead = "ett" if three[0] == "1" else SPOKEN["sv"][int(three[0])]
        tail = "" if three[1:] == "00" else SPOKEN["sv"][int(three[2])] if three[1] == "0" else pair(three[1:])
        middle = f"{lead}hundra{tail}"
    return f"noll {pair(number[1:3])}, {middle}, {pair(number[6:8])}, {pair(number[8:])}"


def mixed(number: str, stream: random.Random) -> str:
    """Words and digits by turns of chance."""
    return " ".join(SPOKEN["sv"][int(digit)] if stream.random() < 0.5 else digit for digit in number)


def half(number: str, stream: random.Random) -> str:
    """The first half in digits, the rest in words."""
    return f"{number[:3]} {' '.join(SPOKEN['sv'][int(digit)] for digit in number[3:])}"


def joined(number: str, stream: random.Random) -> str:
    """Number words written together, three and three."""
    words = [SPOKEN["sv"][int(digit)] for digit in number]
    return " ".join(("".join(words[:3]), "".join(words[3:6]), "".join(words[6:8]), "".join(words[8:])))


def doubles(number: str, stream: random.Random) -> str:
    """dubbel sju for 77; digits that do not repeat as words."""
    words, at = [], 0
    while at < len(number):
        twice = number[at : at + 2] == number[at] * 2
        words.append(f"dubbel{stream.choice((' ', ''))}{SPOKEN['sv'][int(number[at])]}" if twice else SPOKEN["sv"][int(number[at])])
        at += 2 if twice else 1
    return " ".join(words)


def plurals(number: str, stream: random.Random) -> str:
    """två sjuor for 77; digits that do not repeat as words."""
    words, at = [], 0
    while at < len(number):
        twice = number[at : at + 2] == number[at] * 2
        words.append(f"två {SPOKEN['sv_plurals'][int(number[at])]}" if twice else SPOKEN["sv"][int(number[at])])
        at += 2 if twice else 1
    return " ".join(words)


def slips(number: str, stream: random.Random) -> str:
    """Number words of which at most three are misspelt."""
    wrong = set(stream.sample(range(10), 3))
    kinds = ("sv_odd", "sv_slip")
    return " ".join(SPOKEN[stream.choice(kinds) if place in wrong else "sv"][int(digit)] for place, digit in enumerate(number))


def spelt(number: str, stream: random.Random) -> str:
    """Letter by letter, with dots or dashes between."""
    return stream.choice((".", "-")).join("".join(SPOKEN["sv"][int(digit)] for digit in number))


def two_languages(number: str, stream: random.Random) -> str:
    """Swedish words for the first half, English ones for the rest."""
    return f"{' '.join(SPOKEN['sv'][int(digit)] for digit in number[:4])} {' '.join(SPOKEN['en'][int(digit)] for digit in number[4:])}"


def words_sen(number: str, stream: random.Random) -> str:
    """Words with sen or och sen between the halves."""
    first, rest = (" ".join(SPOKEN["sv"][int(digit)] for digit in half) for half in (number[:3], number[3:]))
    return f"{first} {stream.choice(('sen', 'och sen', 'sedan', 'och'))} {rest}"
