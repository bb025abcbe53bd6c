"""Forty-eight ways of hiding a Swedish mobile number in an ad. Each takes the ten national digits and a stream of chance."""

from __future__ import annotations

import random

from benchmarks.reading_cases.ways_words import (
    Way,
    compounds,
    compounds_apart,
    doubles,
    half,
    hundreds,
    in_words,
    joined,
    mixed,
    plurals,
    slips,
    spelt,
    two_languages,
    words_sen,
)

HEARTS = ("❤", "♥️", "💋", "🌸", "✨", "🔥", "💕")


def between(*marks: str) -> Way:
    """Return the way that puts one of the marks between all digits."""

    def write(number: str, stream: random.Random) -> str:
        return stream.choice(marks).join(number)

    return write


def script(zero: int, step: int = 1) -> Way:
    """Return the way that writes the digits of another script, from the code point of its zero."""

    def write(number: str, stream: random.Random) -> str:
        return "".join(chr(zero + step * int(digit)) for digit in number)

    return write


def keycaps(number: str, stream: random.Random) -> str:
    """Digits on keys, sometimes with a gap after the prefix."""
    keys = [f"{digit}\ufe0f\u20e3" for digit in number]
    return "".join(keys[:3]) + stream.choice(("", " ", "-")) + "".join(keys[3:])


def circled(number: str, stream: random.Random) -> str:
    """Circled digits."""
    return "".join("⓪" if digit == "0" else chr(0x2460 + int(digit) - 1) for digit in number)


def lookalikes(number: str, stream: random.Random) -> str:
    """O for 0, l or I for 1, S for 5, B for 8 in up to four places."""
    twins = {"0": "Oo", "1": "lI|", "5": "S", "8": "B"}
    written = list(number)
    places = [place for place, digit in enumerate(written) if digit in twins]
    for place in stream.sample(places, min(4, len(places))):
        written[place] = stream.choice(twins[written[place]])
    return f"{''.join(written[:3])}{stream.choice((' ', '-', ''))}{''.join(written[3:])}"


def all_oh(number: str, stream: random.Random) -> str:
    """Every zero is the letter O, in pairs."""
    written = number.replace("0", stream.choice("Oo"))
    return f"{written[:3]}-{written[3:6]} {written[6:8]} {written[8:]}"


def lines(number: str, stream: random.Random) -> str:
    """Over two or three lines."""
    cut = stream.choice(((3, 6), (4, 7), (3, 7)))
    return f"{number[: cut[0]]}\n{number[cut[0] : cut[1]]}\n{number[cut[1] :]}"


def digits_sen(number: str, stream: random.Random) -> str:
    """Digits with sen or och between the halves."""
    word = stream.choice((" sen ", " och ", " och sen ", " sedan ", " därefter "))
    return f"{number[:3]}{word}{number[3:6]}{stream.choice((word, ' '))}{number[6:]}"


def backwards(number: str, stream: random.Random) -> str:
    """Written from its end, and said so."""
    return f"{stream.choice(('(läs baklänges)', 'baklänges:', 'skrivet bakifrån'))} {number[::-1]}"


def spaced_word(number: str, stream: random.Random) -> str:
    """The words streck, punkt and mellanslag said aloud."""
    return f"{number[:3]} streck {number[3:6]} {stream.choice(('mellanslag', 'punkt'))} {number[6:8]} {stream.choice(('mellanslag', 'punkt'))} {number[8:]}"


def stars(number: str, stream: random.Random) -> str:
    """Groups inside stars, brackets or quotes."""
    left, right = stream.choice((("*", "*"), ("[", "]"), ("(", ")"), ("~", "~"), ("<", ">"), ('"', '"')))
    return f"{left}{number[:3]}{right} {left}{number[3:6]}{right} {left}{number[6:]}{right}"


def zero_width(number: str, stream: random.Random) -> str:
    """Invisible characters between the digits."""
    return stream.choice(("\u200b", "\u2060", "\u200d", "\u00ad")).join(number)


def country_words(number: str, stream: random.Random) -> str:
    """plus fyra sex and the rest in words, without the zero."""
    names = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
    return f"plus fyra sex {' '.join(names[int(digit)] for digit in number[1:])}"


def emoji_groups(number: str, stream: random.Random) -> str:
    """Emoji between groups, two or three at a time."""
    mark = stream.choice(HEARTS) * stream.choice((1, 2, 3))
    return f"{number[:3]}{mark}{number[3:6]}{mark}{number[6:8]}{mark}{number[8:]}"


WAYS: dict[str, Way] = {
    "words": in_words("sv"),
    "words colloquial": in_words("sv_colloquial"),
    "words ascii": in_words("sv_ascii"),
    "words commas": in_words("sv", ", "),
    "words dashes": in_words("sv", "-"),
    "words lines": in_words("sv", "\n"),
    "compounds": compounds,
    "compounds apart": compounds_apart,
    "hundreds": hundreds,
    "mixed": mixed,
    "half": half,
    "joined": joined,
    "doubles": doubles,
    "plurals": plurals,
    "slips": slips,
    "spelt": spelt,
    "words sen": words_sen,
    "two languages": two_languages,
    "english": in_words("en"),
    "english oh": in_words("en_oh"),
    "norwegian": in_words("no"),
    "danish": in_words("da"),
    "romanian": in_words("ro"),
    "spanish": in_words("es"),
    "polish": in_words("pl"),
    "russian": in_words("ru"),
    "hungarian": in_words("hu"),
    "bulgarian": in_words("bg"),
    "thai": in_words("th", ""),
    "thai latin": in_words("th_latin"),
    "country words": country_words,
    "x between": between("x", "X", " x "),
    "hearts": between(*HEARTS),
    "dots": between(".", "..", " . ", "·", "•", "_", "*", "/", " - "),
    "keycaps": keycaps,
    "full width": script(0xFF10),
    "bold": script(0x1D7CE),
    "arabic": script(0x660),
    "circled": circled,
    "lookalikes": lookalikes,
    "all oh": all_oh,
    "lines": lines,
    "sen": digits_sen,
    "backwards": backwards,
    "spaced word": spaced_word,
    "stars": stars,
    "zero width": zero_width,
    "emoji groups": emoji_groups,
}
