"""Amounts of money in digits and in words: "1 500 kr", "1.500:-", "1,5k", "€150", "femtonhundra", "två lax"."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from pipeline.reading.spoken import ENGLISH, SWEDISH, between
from pipeline.reading.traps import stretches

CURRENCIES = {
    "SEK": r"kr|kronor|kronas?|crowns|sek|:-|;-|,-|spänn|rosor|roses|riksdaler|pix|bagis|кр|крони?|korona?|coroane|coronas|โครน",
    "EUR": r"€|eur|euros?|euró|евро|eurot?",
    "USD": r"\$|usd|dollar|dollars",
    "GBP": r"£|gbp|pounds?|pund",
    "DKK": r"dkk",
    "NOK": r"nok",
    "RON": r"lei|ron",
    "PLN": r"zł|pln|zl",
    "HUF": r"ft|huf|forint",
    "BGN": r"лв|bgn|лева",
    "RUB": r"руб|rub",
    "THB": r"baht|บาท|thb",
}
_ANY = "|".join(CURRENCIES.values())
_SIGNS = {"€", "$", "£", ":-", ";-", ",-", "zł", "лв"}
NUMBER = r"[1-9]\d{0,2}(?:[ .']\d{3})+(?!\d)|[1-9]\d?(?:,\d{3})(?!\d)|[1-9]\d{1,5}(?:[,.]00)?(?!\d)"
PATTERN = (
    rf"(?<![\d])(?<!\d[.,])(?P<before>€|\$|£|(?<!\w)(?:sek|eur|kr|usd)) ?(?P<prefixed>{NUMBER})(?![\d])"
    rf"|(?<![\d])(?<!\d[.,])(?P<amount>{NUMBER}) ?(?P<currency>(?:{_ANY})(?![^\W\d_])|(?:€|\$|£))"
    rf"|(?<![\w.,])(?P<kilo>[1-9]\d?(?:[,.]\d{{1,2}})?|0[,.][1-9]\d?) ?k(?![^\W_])(?: ?(?P<kilo_currency>(?:{_ANY})(?![^\W\d_])))?"
    rf"|(?<![\w.,:/-])(?P<bare>[1-9]\d?[ .]\d{{3}}|[1-9]\d{{1,4}})(?![\w]|[.,:]\d|%)"
)
LETTERS = "seku"  # with which a currency before an amount may begin
_ONES = between(SWEDISH | ENGLISH, 1, 20)
_TENS = between(SWEDISH | ENGLISH, 30, 70, 10) | {"tjugofem": 25, "sjuttiofem": 75}
_SLANG = {
    "lax": 1000,
    "laxar": 1000,
    "tusenlapp": 1000,
    "tusenlappar": 1000,
    "tusing": 1000,
    "tusingar": 1000,
    "femhundring": 500,
    "femhundralapp": 500,
    "hundring": 100,
    "hundralapp": 100,
    "hundralappar": 100,
}
_COUNT = "|".join(sorted(_ONES, key=len, reverse=True))
_FIRST = "".join(sorted({word[0] for word in (*_ONES, *_TENS, *_SLANG, "hundra", "thousand", "usen", "and", "och")}))
WORDS = re.compile(
    rf"(?<![\w-])(?=[ 1-9{_FIRST}])(?:(?:(?P<thousands>{_COUNT})? ?(?:t?usen|tusen|thousand))?(?: ?(?:and "
    rf"|och )?(?P<hundreds>{_COUNT})? ?(?P<hundra>hundra|hundred))? ?(?P<rest>{'|'.join(_TENS)})?"
    rf"|(?P<count>{_COUNT}|[1-9]) ?(?P<slang>{'|'.join(_SLANG)})|(?P<alone>{'|'.join(_SLANG)}))(?![\w])(?: ?(?P<word_currency>(?:{_ANY})(?![^\W\d_])))?"
)
_IN_WORDS = "hundra|tusen|hundred|thousand|" + "|".join(_SLANG)
WORTH_LOOKING = re.compile(rf"\d[\d\s.,:/+-]*|{_IN_WORDS}")
_WORDS_INSIDE = re.compile(_IN_WORDS)
_CODES = [(re.compile(pattern), code) for code, pattern in CURRENCIES.items()]
RANGES = {"SEK": (100, 100_000), "HUF": (1000, 1_000_000), "RUB": (500, 1_000_000), "THB": (200, 100_000)}
MARGIN = 32  # characters around "hundra", "tusen" and the like in which the whole amount stands
WORDS_MAX = 120  # amounts in words of one text
STRETCHES_MAX = 60  # stretches of one text in which amounts in words are read
OTHER_RANGE = (20, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount in whole units; `currency` is '' when the text gives none there."""

    amount: int
    currency: str
    start: int
    end: int


def amount_of(match: re.Match[str]) -> Amount | None:
    """Turn a match of PATTERN into an amount, or None when no such price is likely."""
    if match.group("kilo"):
        value, currency = round(float(match.group("kilo").replace(",", ".")) * 1000), match.group("kilo_currency") or "kr"
    elif match.group("bare"):
        return _likely(int(_plain(match.group("bare"))), "", match)
    elif match.group("amount"):
        value, currency = int(_plain(match.group("amount"))), match.group("currency")
    else:
        value, currency = int(_plain(match.group("prefixed"))), match.group("before")
    return _likely(value, code_of(currency), match)


def read_words(text: str) -> list[Amount]:
    """Read amounts in words; one without a currency has '' for it."""
    if not _WORDS_INSIDE.search(text):
        return []
    found = []
    places = itertools.islice(stretches(text, _WORDS_INSIDE, MARGIN), STRETCHES_MAX)
    for match in itertools.chain.from_iterable(WORDS.finditer(text, start, end) for start, end in places):
        said = match.group()
        if not said.strip() or not _WORDS_INSIDE.search(said):
            continue
        money = match.group("alone") not in (None, "lax", "laxar") or match.group("slang")  # the word itself says that it is money
        amount = _likely(_spoken(match), code_of(match.group("word_currency") or ("kr" if money else "")), match)
        if amount:
            found.append(amount)
        if len(found) == WORDS_MAX:
            break
    return found


def code_of(currency: str) -> str:
    """Return the code of a currency as written, '' for none."""
    return next((code for pattern, code in _CODES if pattern.fullmatch(currency)), "")


def _spoken(match: re.Match[str]) -> int:
    if match.group("slang"):
        count = match.group("count")
        return (int(count) if count.isdigit() else _ONES[count]) * _SLANG[match.group("slang")]
    if match.group("alone"):
        return _SLANG[match.group("alone")]
    said = match.group()
    thousands = _ONES.get(match.group("thousands") or "ett", 1) * 1000 if "usen" in said or "thousand" in said else 0
    hundreds = _ONES.get(match.group("hundreds") or "ett", 1) * 100 if match.group("hundra") else 0
    return thousands + hundreds + _TENS.get(match.group("rest") or "", 0)


def _plain(text: str) -> str:
    return re.sub(r"[,.]00$", "", text).replace(" ", "").replace(".", "").replace(",", "").replace("'", "")


def _likely(value: int, currency: str, match: re.Match[str]) -> Amount | None:
    low, high = RANGES.get(currency or "SEK", OTHER_RANGE)
    if not currency:
        low = 20
    return Amount(amount=value, currency=currency, start=match.start(), end=len(match.string[: match.end()].rstrip())) if low <= value <= high else None
