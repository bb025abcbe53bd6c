"""The ways in which people write a number so that a reader dials it and a machine does not see it."""

from __future__ import annotations

import random
from collections.abc import Callable

from simulator.phones import digits_of, national
from simulator.rates import table

SWEDISH_TENS = {"2": "tjugo", "3": "trettio", "4": "fyrtio", "5": "femtio", "6": "sextio", "7": "sjuttio", "8": "åttio", "9": "nittio"}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
LOOKALIKE = {"0": "Oo", "1": "lI", "5": "S", "8": "B"}
HEARTS = ("❤", "♥", "💋", "🌸")


def plain(number: str, language: str, chance: random.Random) -> str:
    """Write it as most people do."""
    digits = digits_of(number)
    way = chance.randrange(4)
    if way == 0:
        return number
    if way == 1 and number.startswith("+46"):
        return digits
    return national(number)


def spaced(number: str, language: str, chance: random.Random) -> str:
    """Every digit by itself: 0 7 0 1 7 4, or with dots, dashes, stars or hearts between."""
    between = chance.choice((" ", ".", " . ", "-", "*", "_", " / ", "·") + HEARTS)
    return between.join(digits_of(number))


def pairs(number: str, language: str, chance: random.Random) -> str:
    """Odd groups: 07.01.74.06.05 or 070 (174) 0605."""
    digits = digits_of(number)
    if chance.random() < 0.5:
        return chance.choice((".", " ", "-", ",")).join(digits[place : place + 2] for place in range(0, len(digits), 2))
    return f"{digits[:3]} ({digits[3:6]}) {digits[6:]}"


def words(number: str, language: str, chance: random.Random) -> str:
    """Every digit as a word of the ad's language."""
    names = table("words/digits.toml")[language]
    between = "" if language == "th" and chance.random() < 0.3 else chance.choice((" ", " ", "-", ", "))
    return between.join(chance.choice(names[int(digit)]) for digit in digits_of(number))


def half_words(number: str, language: str, chance: random.Random) -> str:
    """Digits and words mixed: 070 ett sju 4 noll 6."""
    names = table("words/digits.toml")[language]
    return " ".join(names[int(digit)][0] if chance.random() < 0.5 else digit for digit in digits_of(number))


def tens(number: str, language: str, chance: random.Random) -> str:
    """Swedish pairs spoken as one word: noll sjuttio sjuttiofyra; in other languages words."""
    if language != "sv" or not number.startswith("+46"):
        return words(number, language, chance)
    names = table("words/digits.toml")["sv"]
    digits, spoken = digits_of(number), []
    place = 1
    spoken.append("noll")
    while place < len(digits):
        pair = digits[place : place + 2]
        if len(pair) == 2 and pair[0] in SWEDISH_TENS:
            spoken.append(SWEDISH_TENS[pair[0]] + (names[int(pair[1])][0] if pair[1] != "0" else ""))
            place += 2
        else:
            spoken.append(names[int(digits[place])][0])
            place += 1
    return " ".join(spoken)


def full_width(number: str, language: str, chance: random.Random) -> str:
    """Full-width digits."""
    return national(number).translate(FULL_WIDTH)


def keycaps(number: str, language: str, chance: random.Random) -> str:
    """Digits on keys, as phones offer them."""
    return "".join(f"{digit}\ufe0f\u20e3" for digit in digits_of(number))


def lookalikes(number: str, language: str, chance: random.Random) -> str:
    """Letters that look like digits in at most half of the places."""
    written = list(digits_of(number))
    places = [place for place, digit in enumerate(written) if digit in LOOKALIKE]
    for place in chance.sample(places, min(len(places), len(written) // 2, 3)):
        written[place] = chance.choice(LOOKALIKE[written[place]])
    return "".join(written[:3]) + " " + "".join(written[3:])


def split_lines(number: str, language: str, chance: random.Random) -> str:
    """Over two or three lines."""
    digits = digits_of(number)
    first = chance.randrange(3, 5)
    return f"{digits[:first]}\n{digits[first : first + 3]}\n{digits[first + 3 :]}"


def filled(number: str, language: str, chance: random.Random) -> str:
    """With words between: 070 sen 174 sen 06 05, or letters x."""
    digits = digits_of(number)
    between = chance.choice((" sen ", " och ", "x", " xx ")) if language == "sv" else chance.choice((" then ", "x", " xx "))
    return between.join((digits[:3], digits[3:6], digits[6:]))


Way = Callable[[str, str, random.Random], str]
WAYS: dict[str, Way] = {
    "plain": plain,
    "spaced": spaced,
    "pairs": pairs,
    "words": words,
    "half_words": half_words,
    "tens": tens,
    "full_width": full_width,
    "keycaps": keycaps,
    "lookalikes": lookalikes,
    "split_lines": split_lines,
    "filled": filled,
}
OBSCURE = ("spaced", "spaced", "pairs", "words", "words", "half_words", "tens", "full_width", "keycaps", "lookalikes", "split_lines", "filled")


def write(way: str, number: str, language: str, chance: random.Random) -> str:
    """Write a number in one of the ways of WAYS; '' stays ''."""
    return WAYS[way](number, language, chance) if number else ""
