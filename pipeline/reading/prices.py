"""Prices: amounts with the currency and, where the text says so, the time they hold for, in sentences and in lists."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pipeline.reading import amounts, durations
from pipeline.reading.amounts import Amount
from pipeline.reading.durations import Duration
from pipeline.reading.fold import Folded
from pipeline.reading.model import Price
from pipeline.reading.traps import stretches

HOME = "SEK"  # what an amount without currency is taken to be
MARGIN = 44  # characters around an amount in which its time may stand
ITEMS_MAX = 400  # amounts and times of a text that are looked at
LIST_MAX = 16  # items of a list that are looked back over
NEAR = 26  # characters between an amount and the time it holds for
BARE_STEP = 50  # an amount without currency is one only beside a time, and round
# first a digit, a sign of money or the first letter of a word that says a time: most places of a text are none, and are passed at once
ITEM = re.compile(rf"(?=[\d½€$£]|(?<!\w)[{durations.LETTERS}{amounts.LETTERS}])(?:{durations.PATTERN}|{amounts.PATTERN})")
SLASH = re.compile(
    r"(?<![\d/])(?P<minutes>15|20|30|45|60|90|120|180)/(?P<amount>[1-9]\d{2,4})(?![\d/])|(?<![\d/])(?P<first>[1-9]\d{2,4})/(?P<then>15|20|30|45|60|90|120|180)(?![\d/])"
)
_PER_HOUR = re.compile(
    r" ?(?P<per>/|per|i|a|an|om|på|the|pr\.?|por|la|pe|za|за|в)? ?(?:en |1 )?(?:h|tim|timm[ea]n?|hour|time|timen|hora|or[ăa]|час|óra|godz\w*|stunde)(?!\w)"
)
_LINK = re.compile(
    r"[\s:=/\-+>→|*•·~()]*(?:(?:för|for|kostar|pris|är|is|costs?|a|à|per|på|i|=|ca|c:a|från|bara|endast"
    r"|only|only for|за|por|pe|za|om)[\s:]*){0,2}[\s:=/\-+>→|*•·~(]*"
)
_SMALL = re.compile(r"€|\$|£|eur|usd|gbp")  # currencies in which two digits are a price
_ENDS = re.compile(r"[.!?] |\n")
_NAMED = re.compile(r"[ :-]{1,3}(?:[^\W\d_]{3,16} ){1,2}(?:[:=-] ?)?")  # "60 min klassisk massage 900 kr"
_LIST = re.compile(r"\s*(?:,|/|och|eller|or|and|till|-|till|;|\|)\s*")
_OR = re.compile(r"\s*(?:or|eller|o|sau|albo|lub|или|vagy|/|=|\()\s*")
_PRICED = re.compile(
    r"(?:pris(?:er|et)?|priset är|kostar|kosta|kostnad|price|rate|rates|costs?|cena|цена|preț|pret|precio|ár|ราคา"
    r"|från|betala|betalar|för)[ :]{1,3}(?:bara |endast |only |från |är )?$"
)
_ROOM = re.compile(r" ?(?:cm|kg|m|m2|kvm|år|gram|meter|watt|kcal|ml|°|grader|nm|st|gånger|besök|personer|kunder|recensioner)(?!\w)")


def read_prices(folded: Folded, text: str | None = None) -> Iterator[Price]:
    """Yield prices from left to right.

    Args:
        text: the folded text with phones blanked out, when they are known; their digits are no prices.
    """
    text = folded.text if text is None else text
    items = _items(text)
    for place, item in enumerate(items):
        if not isinstance(item, Amount):
            continue
        minutes = _minutes(text, items, place)
        currency = item.currency or _listed_currency(text, items, place)
        if not currency and (minutes is not None or _PRICED.search(text[max(0, item.start - 24) : item.start])):
            currency = HOME if item.amount % BARE_STEP == 0 and item.amount >= 200 and not _ROOM.match(text, item.end) else ""
        if currency:
            start, end = folded.span(item.start, item.end)
            yield Price(amount=item.amount, currency=currency, minutes=minutes, start=start, end=end)


def _items(text: str) -> list[Amount | Duration]:
    """Return amounts and durations in order of place, without overlaps."""
    found: list[Amount | Duration] = list(_slashed(text))
    found += amounts.read_words(text)
    small = _SMALL.search(text) is not None
    for match in itertools.islice(_matches(text), ITEMS_MAX):
        named = match.lastgroup in ("hours", "minutes", "spoken", "whole")
        item = _not_of_travel(text, durations.duration_of(match)) if named else amounts.amount_of(match)
        if item and (not isinstance(item, Amount) or item.currency or (item.amount % 10 == 0 and (small or item.amount >= 100))):  # a year is no amount
            found.append(item)
    kept: list[Amount | Duration] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like an amount or a time, near digits and near amounts in words: nowhere else is a price."""
    for start, end in stretches(text, amounts.WORTH_LOOKING, MARGIN):
        yield from ITEM.finditer(text, start, end)


def _not_of_travel(text: str, duration: Duration | None) -> Duration | None:
    """Drop a time that is a way to the place or an experience, not what is paid for."""
    return None if duration is None or durations.NOT_OF_PRICE.match(text, duration.end) else duration


def _slashed(text: str) -> Iterator[Amount | Duration]:
    """Read 30/800 and 800/30: the number that is a usual length of time is the minutes."""
    if "/" not in text:
        return
    for match in SLASH.finditer(text):
        minutes, amount = ("minutes", "amount") if match.group("minutes") else ("then", "first")
        yield Duration(minutes=int(match.group(minutes)), start=match.start(minutes), end=match.end(minutes))
        end = match.end(amount)
        written = re.compile(rf" ?(?:{amounts.CURRENCIES['SEK']})(?!\w)").match(text, end) if amount == "amount" else None
        yield Amount(amount=int(match.group(amount)), currency=HOME, start=match.start(amount), end=written.end() if written else end)


def _minutes(text: str, items: Sequence[Amount | Duration], place: int) -> int | None:
    """Return the minutes an amount holds for: its own, or those of the amount in another currency that it stands for ("£150 an hour or 1900 kr")."""
    own = _own_minutes(text, items, place)
    if own is not None:
        return own
    item = items[place]
    for other in (place - 2, place - 1, place + 1):
        same = items[other] if 0 <= other < len(items) else None
        if isinstance(same, Amount) and isinstance(item, Amount) and item.currency and same.currency not in ("", item.currency):
            left, right = (place - 1, place) if other < place else (place, other)
            if _OR.fullmatch(text, items[left].end, items[right].start):
                return _own_minutes(text, items, other)
    return None


def _own_minutes(text: str, items: Sequence[Amount | Duration], place: int) -> int | None:
    """Return the minutes an amount holds for: said behind it ("kr/h"), or the duration before or after it as the list has them."""
    item = items[place]
    said = _PER_HOUR.match(text, item.end)
    if said and (said.group("per") or not any(other.start < said.end() for other in items[place + 1 : place + 2])):
        return 60
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    left = before.minutes if isinstance(before, Duration) and _linked(text, before.end, item.start) else None
    right = after.minutes if isinstance(after, Duration) and _linked(text, item.end, after.start) else None
    if left is not None and right is not None:
        return left if _durations_lead(text, items, place) else right
    if left is None and right is None:
        return None
    if left is not None and place >= 2 and isinstance(items[place - 2], Amount) and not _durations_lead(text, items, place):
        return None if _linked(text, items[place - 2].end, items[place - 1].start) else left
    return left if left is not None else right


def _durations_lead(text: str, items: Sequence[Amount | Duration], place: int) -> bool:
    """Tell whether the list that an amount stands in has the times first: "30 min 800, 1 h 1500"."""
    first = place
    while (
        first > max(0, place - LIST_MAX)
        and items[first].start - items[first - 1].end <= NEAR
        and not _ENDS.search(text, items[first - 1].end, items[first].start)
    ):
        first -= 1
    return isinstance(items[first], Duration)


def _linked(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    if len(between) > NEAR or "\n" in between.strip(" "):
        return False
    return _LINK.fullmatch(between.replace(", ", " ", 1)) is not None or _NAMED.fullmatch(between) is not None


def _listed_currency(text: str, items: Sequence[Amount | Duration], place: int) -> str:
    """Return the currency that ends a list of bare amounts: "600, 900 och 1200 kr"; in a list with times it may come a few items later."""
    for later in range(place + 1, min(place + 8, len(items))):
        left, right = items[later - 1], items[later]
        between = text[left.end : right.start]
        timed = isinstance(left, Duration) or isinstance(right, Duration)
        if not (_LIST.fullmatch(between) or (timed and len(between) <= NEAR and not re.search(r"[.!?\n]", between))):
            return ""
        if isinstance(right, Amount) and right.currency:
            bare = items[place]
            return (
                right.currency
                if isinstance(bare, Amount) and bare.amount % 10 == 0 and (bare.amount >= 100 or right.currency != HOME) and not _ROOM.match(text, bare.end)
                else ""
            )
    return ""
