"""Prices with currency and, where the text says so, the time they hold for."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Price

_MINUTES = {
    "kvart": 15,
    "halvtimme": 30,
    "½": 30,
    "halv": 30,
    "halvannan": 90,
    "timme": 60,
    "timma": 60,
    "timmar": 60,
    "tim": 60,
    "h": 60,
    "hour": 60,
    "hours": 60,
}
_NUMBER = r"\d{1,3}(?:[ .\x{00A0}\x{2009}]\d{3})+|\d{2,6}|\d{1,2}(?:[,.]\d)? ?k\b"
_CURRENCY = r"kr|sek|:-|kronor|spänn|€|eur|euro|rosor|roses|riksdaler"
AMOUNT = re2.compile(rf"({_NUMBER}) ?({_CURRENCY})(?: ?(?:per|/|i|för)? ?(h|tim|timme|hour)\b)?")
K_AMOUNT = re2.compile(r"(?:^|[^\p{L}\p{N},.])(\d{1,2}(?:[,.]\d)?) ?k\b")
WORDS = {
    "femhundra": 500,
    "åttahundra": 800,
    "tusen": 1000,
    "ettusen": 1000,
    "tolvhundra": 1200,
    "femtonhundra": 1500,
    "tvåtusen": 2000,
    "tusenlapp": 1000,
}
WORD_AMOUNT = re2.compile(r"\b(" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b(?: ?(?:kr|kronor|sek))?")
DURATION = re2.compile(
    r"(\d{1,3}) ?min|(\d)(?:[,.](5))? ?(?:h|tim|timme|timmar|timma|hours?)\b"
    r"|\b(halvtimme|halv timme|en timme|en timma|två timmar|kvart|halvannan timme|timme)\b"
)
_SPOKEN = {"halvtimme": 30, "halv timme": 30, "en timme": 60, "en timma": 60, "två timmar": 120, "kvart": 15, "halvannan timme": 90, "timme": 60}
_MINUTES_ALLOWED = frozenset({15, 20, 30, 45, 60, 90, 120, 180, 240})
SLASH = re2.compile(r"(?:^|[^\p{N}])(15|20|30|45|60|90|120)/(\d{3,4})(?:[^\p{N}]|$)")
AMOUNT_RANGE = (100, 100_000)
NEAR = 16  # characters between a price and the time it holds for


def read_prices(folded: Folded) -> Iterator[Price]:
    """Yield prices from left to right within each way of writing."""
    text = folded.text
    durations = list(_durations(text))
    for match in AMOUNT.finditer(text):
        per_hour = 60 if match.group(3) else None
        yield from _price(folded, _amount(match.group(1)), _currency(match.group(2)), match.start(), match.end(), per_hour or _near(durations, match))
    for match in K_AMOUNT.finditer(text):
        amount = round(float(match.group(1).replace(",", ".")) * 1000)
        yield from _price(folded, amount, "SEK", match.start(1), match.end(), _near(durations, match))
    for match in WORD_AMOUNT.finditer(text):
        yield from _price(folded, WORDS[match.group(1)], "SEK", match.start(), match.end(), _near(durations, match))
    for match in SLASH.finditer(text):
        yield from _price(folded, int(match.group(2)), "SEK", match.start(1), match.end(2), int(match.group(1)))


def _price(folded: Folded, amount: int, currency: str, start: int, end: int, minutes: int | None) -> Iterator[Price]:
    if AMOUNT_RANGE[0] <= amount <= AMOUNT_RANGE[1]:
        span = folded.span(start, end)
        yield Price(amount=amount, currency=currency, minutes=minutes, start=span[0], end=span[1])


def _amount(text: str) -> int:
    if text.endswith("k"):
        return round(float(text[:-1].strip().replace(",", ".")) * 1000)
    return int("".join(character for character in text if character.isdigit()))


def _currency(word: str) -> str:
    return "EUR" if word in ("€", "eur", "euro") else "SEK"


def _durations(text: str) -> Iterator[tuple[int, int, int]]:
    for match in DURATION.finditer(text):
        if match.group(1):
            minutes = int(match.group(1))
        elif match.group(2):
            minutes = int(match.group(2)) * 60 + (30 if match.group(3) else 0)
        else:
            minutes = _SPOKEN[match.group(4)]
        if minutes in _MINUTES_ALLOWED:
            yield match.start(), match.end(), minutes


def _near(durations: list[tuple[int, int, int]], match: object) -> int | None:
    start, end = match.start(), match.end()  # type: ignore[attr-defined]
    nearest = min(
        ((min(abs(start - stop), abs(begin - end)), minutes) for begin, stop, minutes in durations if begin >= end - 1 or stop <= start + 1),
        default=None,
    )
    return nearest[1] if nearest and nearest[0] <= NEAR else None
