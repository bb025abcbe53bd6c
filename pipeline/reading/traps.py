"""What looks like a phone number and is none: dates, clock times, opening hours, prices, measures, ages, numbered papers.

The patterns have no nested repetition and every repetition is bounded, so a hostile text cannot make them slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]\d"
_CLOCK = rf"{_HOUR}(?:[:.]?{_MINUTE})?"
_FREE = r"(?<![\d+])(?<!\d[-./:])"  # no digit before, not even behind a mark
_END = r"(?!\d)(?![-./:]\d)"
_UNITS = (
    r"kr|sek|:-|;-|,-|kronor|€|eur|euro|\$|usd|dkk|nok|lei|ft|zł|spänn|pix|lax|rosor|roses|cm|mm|dm|km|mil|m2|m²|kvm|kg|hg|gr|gram|lbs|ml|cl|liter"
    r"|min|minuter|minutes|mins|sek(?:under)?|h|tim|timmar|timme|hours?|år|åring(?:ar)?|års|years?|yo|ani|años|lat|лет|års?åldern|%|procent|dagar|veckor|st|personer"
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_TO = r" ?(?:-|till|to|until) ?"
_WEEKDAY = (
    r"(?:mån|tis|ons|tors?|fre|lör|sön|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|vardagar|helger?|alla dagar|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,5}\.?"
)
# Each pattern first asks for a digit or the beginning of a word: most places of a text are neither, and are passed at once.
DATES = re.compile(
    rf"(?=\d)(?:{_FREE}{_YEAR}[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?(?:0[1-9]|[12]\d|3[01]){_END}"
    rf"|{_FREE}{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}{_END}"
    rf"|{_FREE}{_DAY}[-/. ]{_MONTH}[-/. ]{_YEAR}{_END}"
    rf"|{_FREE}{_DAY}[-/.]{_MONTH}[-/.][12]\d{_END}(?! ?\d\d\b)"
    rf"|{_FREE}{_DAY}/{_MONTH}{_TO}{_DAY}/{_MONTH}(?!\d)"
    rf"|{_FREE}{_YEAR} ?- ?{_YEAR}{_END})"
)
CLOCKS = re.compile(
    rf"\b(?:(?:kl\.?|klockan|öppet|öppettider:?|open|hours:?|mellan|between|от|с) ?{_CLOCK}(?: ?(?:-|till"
    rf"|to|och|and|until| ) ?{_CLOCK}){{0,7}}(?!\d)(?!(?: ?- ?| )\d)"
    rf"|{_WEEKDAY}:? {_CLOCK} ?- ?{_CLOCK}{_END})"
    rf"|(?=\d)(?:{_FREE}{_HOUR}[:.]{_MINUTE}{_TO}{_HOUR}[:.]{_MINUTE}{_END}"
    rf"|(?<![\d+])(?<!\d[- ./:])(?:[01]\d|2[0-4]){_MINUTE}{_TO}(?:[01]\d|2[0-4]){_MINUTE}(?!\d)(?![- ./:]\d)"
    rf"|{_FREE}{_HOUR}:{_MINUTE}{_END})"
)
AMOUNTS = re.compile(
    rf"(?=\d)(?:(?<![\d+,.])(?<!\d[-./: ])(?:[1-9]\d?[ .]\d{{3}}|[1-9]\d{{0,5}})(?:[,.]\d{{1,2}})? ?(?:{_UNITS})(?![\w])"
    rf"|(?<![\d+])[1-9]\d?[ .]\d{{3}} ?(?:kr|sek|:-|kronor|€|eur|euro)(?![\w])"
    r"|(?<![\d,.])\d{1,2}[.,]\d{1,2} ?k(?![^\W_])"
    r"|(?<![\dx])[1-9]\d{1,3} ?x ?[1-9]\d{1,3}(?: ?x ?[1-9]\d{1,3})?(?!\d)(?! ?x ?\d)"
    r"|(?<!\d)(?:1?5|20|30|45|60|90|120)/[1-9]\d{2,4}(?!\d))"
    r"|(?:\b(?:pris|price|kostar|kosta|från|sek|kr|eur)|[€$]) ?:? ?[1-9]\d{2,5}(?!\d)(?![- ]\d)"
)
_NUMBERED = r"(?: ?-?(?:nr|nummer|id|no|kod))"
_PAPER = (
    rf"annons{_NUMBERED}?|ad(?:vert)?{_NUMBERED}|id{_NUMBERED}?|ref(?:erens)?{_NUMBERED}?|order{_NUMBERED}?|art(?:ikel)?\.?{_NUMBERED}?|org(?:anisations)?\.?{_NUMBERED}"
    rf"|pers(?:on)?\.?{_NUMBERED}|konto{_NUMBERED}?|bg|pg|bankgiro|plusgiro|clearing(?:nr)?|iban|kund{_NUMBERED}|faktura{_NUMBERED}?|ocr{_NUMBERED}?|isbn|ean|vat|moms(?:reg)?{_NUMBERED}?"
    rf"|ärende{_NUMBERED}?|dnr|boknings{_NUMBERED}|medlems{_NUMBERED}|port ?kod(?:en)?|serie{_NUMBERED}"
    rf"|kolli{_NUMBERED}?|spårnings?{_NUMBERED}|reg\.?{_NUMBERED}|diarie(?:nr|nummer)?"
    rf"|profil{_NUMBERED}|kod|code|item|listing|object|objekt{_NUMBERED}?|licen[cs]e|verifikation(?:skod)?|lgh|lägenhet"
)
PAPERS = re.compile(
    rf"\b(?=[^\W\d_])(?:(?:{_PAPER})\.?(?: är)? ?[:#]? ?#?(?:[a-z]{{1,4}}-?)?\d[\d ,-]{{2,24}}\d(?!\d)"
    r"|[a-z]{2}\d{2}(?: ?\d{4}){3,6}(?: ?\d{1,3})?\b|(?:lat|lng|gps|n|e) ?:? ?\d{1,2}[.,]\d{4,8}|s-[1-9]\d{2} ?\d{2} (?=[a-zåäö]{3}))"
    r"|#(?!07[02369]\d{7}(?!\d))\d{4,14}"
    r"|(?=\d)(?:(?<![\d+])(?:[1-9]\d{5}|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))[-+]\d{4}(?!\d)|(?<![\d+])(?:19"
    r"|20)\d{6}[- ]?\d{4}(?!\d)|(?<!\d)\d{1,2}\.\d{4,8}, ?\d{1,2}\.\d{4,8}"
    r"|(?<![\w+)])(?<![\d)][- /])[1-9]\d{2} ?\d{2} (?=[a-zåäö]{3}))"
)
_ALL = (DATES, CLOCKS, PAPERS, AMOUNTS)
_DIGITS = re.compile(r"\d[\d\s.,:/+x-]*")
MARGIN = 28  # characters before and behind digits in which a trap's own words may stand


def stretches(text: str, pattern: re.Pattern[str], margin: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text (half open) that lie within a margin of what a pattern finds; most of an ad holds no digit."""
    start, end = -1, -1
    for match in pattern.finditer(text):
        if start >= 0 and match.start() - margin > end:
            yield start, end
            start = -1
        if start < 0:
            start = max(0, match.start() - margin, end)
        end = min(len(text), match.end() + margin)
    if start >= 0:
        yield start, end


def without_traps(text: str) -> str:
    """Return a folded text with every trap turned to as many line marks (\\x00), which no number may cross."""
    parts, at = [], 0
    for start, end in stretches(text, _DIGITS, MARGIN):
        stretch = text[start:end]
        for pattern in _ALL:
            stretch = pattern.sub(_blank, stretch)
        parts += [text[at:start], stretch]
        at = end
    return "".join([*parts, text[at:]])


def _blank(match: re.Match[str]) -> str:
    return "\0" * (match.end() - match.start())
