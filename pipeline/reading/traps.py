"""What looks like a phone number and is none: dates, clock times, opening hours, prices, measures, ages, numbered papers.

The patterns have no nested repetition and every repetition is bounded, so a hostile text cannot make them slow.
"""

from __future__ import annotations

import re

_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]\d"
_CLOCK = rf"{_HOUR}(?:[:.]?{_MINUTE})?"
_FREE = r"(?<![\d+])(?<!\d[-./:])"  # no digit before, not even behind a mark
_END = r"(?!\d)(?![-./:]\d)"
_UNITS = (
    r"kr|sek|:-|;-|,-|kronor|€|eur|euro|\$|usd|dkk|nok|lei|ft|zł|spänn|pix|lax|rosor|roses|cm|mm|dm|km|mil|m2|m²|kvm|kg|hg|gr|gram|lbs|ml|cl|liter"
    r"|min|minuter|minutes|mins|sek(?:under)?|h|tim|timmar|timme|hours?|år|åring(?:ar)?|års|years?|yo|ani|años|lat|лет|års?åldern|%|procent|dagar|veckor|st|personer"
)
DATES = re.compile(
    rf"{_FREE}(?:19|20)\d\d[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?(?:0[1-9]|[12]\d|3[01]){_END}"
    rf"|{_FREE}(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]){_END}"
    rf"|{_FREE}(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d{_END}"
    rf"|{_FREE}(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.][12]\d{_END}(?! ?\d\d\b)"
    rf"|{_FREE}(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]) ?(?:-|till|to) ?(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d)"
    rf"|{_FREE}(?:19|20)\d\d ?- ?(?:19|20)\d\d{_END}"
)
CLOCKS = re.compile(
    rf"(?:\bkl\.?|\bklockan|\böppet|\böppettider:?|\bopen|\bhours:?|\bmellan|\bbetween|\bfrån kl|\bтел\. с) ?{_CLOCK}(?: ?(?:-|till|to|och|and|until| ) ?{_CLOCK}){{0,7}}"
    rf"(?![\d])(?!(?: ?- ?| )\d)"
    rf"|{_FREE}{_HOUR}[:.]{_MINUTE} ?(?:-|till|to|until) ?{_HOUR}[:.]{_MINUTE}{_END}"
    rf"|(?<![\d+])(?<!\d[- ./:])(?:[01]\d|2[0-4]){_MINUTE} ?(?:-|till|to|until) ?(?:[01]\d|2[0-4]){_MINUTE}(?!\d)(?![- ./:]\d)"
    rf"|{_FREE}{_HOUR}:{_MINUTE}{_END}"
    rf"|\b(?:mån|tis|ons|tors?|fre|lör|sön|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|vardagar|helger?|alla dagar|mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,5}}\.?:? {_CLOCK} ?- ?{_CLOCK}{_END}"
)
AMOUNTS = re.compile(
    rf"(?<![\d+,.])(?<!\d[-./: ])(?:[1-9]\d?[ .]\d{{3}}|[1-9]\d{{0,5}})(?:[,.]\d{{1,2}})? ?(?:{_UNITS})(?![\w])"
    rf"|(?<![\d+])[1-9]\d?[ .]\d{{3}} ?(?:kr|sek|:-|kronor|€|eur|euro)(?![\w])"
    r"|(?<![\d,.])\d{1,2}[.,]\d{1,2} ?k(?![^\W_])"
    rf"|\b(?:pris|price|kostar|kosta|från|sek|kr|eur|€|\$) ?:? ?[1-9]\d{{2,5}}(?!\d)(?![- ]\d)"
    r"|(?<![\dx])[1-9]\d{1,3} ?x ?[1-9]\d{1,3}(?: ?x ?[1-9]\d{1,3})?(?!\d)(?! ?x ?\d)"
    r"|(?<!\d)(?:1?5|20|30|45|60|90|120)/[1-9]\d{2,4}(?!\d)"
)
PAPERS = re.compile(
    r"\b(?:annons(?:-?(?:nr|nummer|id))?|ad(?:vert)? ?(?:nr|no|id)|id(?:-?(?:nr|nummer))?|ref(?:erens)?(?:-?(?:nr|nummer))?|order(?:-?(?:nr|nummer))?|art(?:ikel)?\.?(?:-?(?:nr|nummer))?"
    r"|org(?:anisations)?\.?(?: ?-?(?:nr|nummer))|pers(?:on)?\.?(?:-?(?:nr|nummer))|konto(?:-?(?:nr|nummer))?|bg|pg|bankgiro|plusgiro|clearing(?:nr)?|iban|kund(?:-?(?:nr|nummer))|faktura(?:-?(?:nr|nummer))?"
    r"|ocr(?:-?(?:nr|nummer))?|isbn|ean|vat|moms(?:reg)?(?:-?(?:nr|nummer))?|ärende(?:-?(?:nr|nummer))?|dnr|boknings?(?:-?(?:nr|nummer|id))|medlems(?:-?(?:nr|nummer|id))|port ?kod(?:en)?|serie(?:-?(?:nr|nummer))"
    r"|kolli(?:-?id)?|spårnings?(?:-?(?:nr|nummer|id))|reg\.?(?:-?(?:nr|nummer))|diarie(?:nr|nummer)?|profil ?(?:nr|id)|kod|code|item|listing|object|objekt(?:-?(?:nr|nummer|id))?|licen[cs]e|verifikation(?:skod)?)"
    r"\.?(?: är)? ?[:#]? ?#?(?:[a-z]{1,4}-?)?\d[\d ,-]{2,24}\d(?!\d)"
    r"|#\d{4,14}|\b[a-z]{2}\d{2}(?: ?\d{4}){3,6}(?: ?\d{1,3})?\b|(?<![\d+])[1-9]\d{5}[-+]\d{4}(?!\d)|(?<![\d+])(?:19|20)\d{6}[- ]?\d{4}(?!\d)"
    r"|\b(?:lat|lng|gps|n|e) ?:? ?\d{1,2}[.,]\d{4,8}|(?<!\d)\d{1,2}\.\d{4,8}, ?\d{1,2}\.\d{4,8}|(?<![\d+)])(?<![\d)][- /])\b(?:s-)?[1-9]\d{2} ?\d{2} (?=[a-zåäö]{3})"
)
_ALL = (DATES, CLOCKS, PAPERS, AMOUNTS)
_DIGIT = re.compile(r"\d")


def without_traps(text: str) -> str:
    """Return a folded text with every trap turned to as many line marks (\\x00), which no number may cross."""
    if not _DIGIT.search(text):
        return text
    for pattern in _ALL:
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return "\0" * (match.end() - match.start())
