"""Numbers as words, as ages and amounts are said; the spellings of single digits in phones, misspelt ones too, are in config/reading.toml."""

from __future__ import annotations

# fmt: off
SWEDISH: dict[str, int] = {
    "ett": 1, "en": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12,
    "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19,
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "förtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
}
ENGLISH: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
}
# fmt: on
OTHERS: dict[str, int] = {
    "tyve": 20,
    "tjue": 20,
    "tretti": 30,
    "veinte": 20,
    "șaptesprezece": 17,
    "optsprezece": 18,
    "douăzeci": 20,
    "семнадцать": 17,
    "восемнадцать": 18,
    "двадцать": 20,
}
ALL = SWEDISH | ENGLISH | OTHERS


def between(words: dict[str, int], low: int, high: int, step: int = 1) -> dict[str, int]:
    """Return the words that say a number from low to high, both included, that `step` divides."""
    return {word: value for word, value in words.items() if low <= value <= high and value % step == 0}
