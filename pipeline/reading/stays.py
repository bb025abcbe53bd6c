"""When somebody says that she is in a town: "Malmö 3-7 december", "this week in Lund", "с 8 по 10 декабря в Лунде"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Place, Stay

NEAR = 40  # characters between a town and its dates
SENTENCE = 300  # characters before a time in which its sentence begins
MARGIN = 40  # characters around what makes it worth looking in which the whole time stands
MOST = 60  # times of one text; more are no ad's
_MONTHS = (
    "januari|january|jan|enero|ene|ianuarie|stycznia|január|января|януари|มกราคม",
    "februari|february|feb|febrero|februarie|lutego|február|февраля|февруари|กุมภาพันธ์",
    "mars|march|mar|marzo|martie|marca|március|марта|март|มีนาคม",
    "april|apr|abril|aprilie|kwietnia|április|апреля|април|เมษายน",
    "maj|may|mayo|mai|maja|május|мая|май|พฤษภาคม",
    "juni|june|jun|junio|iunie|czerwca|június|июня|юни|มิถุนายน",
    "juli|july|jul|julio|iulie|lipca|július|июля|юли|กรกฎาคม",
    "augusti|august|aug|agosto|sierpnia|augusztus|августа|август|สิงหาคม",
    "september|sept|sep|septiembre|septembrie|września|szeptember|сентября|септември|กันยายน",
    "oktober|october|okt|oct|octubre|octombrie|października|október|октября|октомври|ตุลาคม",
    "november|nov|noviembre|noiembrie|listopada|ноября|ноември|พฤศจิกายน",
    "december|dec|diciembre|dic|decembrie|grudnia|декабря|декември|ธันวาคม",
)
_RELATIVE = {
    "this_week": "(?:den )?här veckan|denna vecka|this week|esta semana|săptămâna (?:aceasta|asta)|w tym tygodniu|на этой неделе|ezen a héten|тази седмица"
    "|สัปดาห์นี้",
    "next_week": "nästa vecka|next week|(?:la )?próxima semana|săptămâna viitoare|w przyszłym tygodniu|на следующей неделе|jövő héten|следващата седмица"
    "|สัปดาห์หน้า",
    "weekend": "i helgen|(?:this|the) weekend|este fin de semana|în weekend|w ten weekend|в эти выходные|hétvégén|този уикенд|สุดสัปดาห์นี้",
    "today": "i ?dag|ikväll|i kväll|today|tonight|hoy|astăzi|dzisiaj|dziś|сегодня|днес|วันนี้",
    "tomorrow": "i ?morgon|tomorrow|mâine|jutro|завтра|holnap|утре|พรุ่งนี้",
}
_MONTH = "|".join(sorted("|".join(_MONTHS).split("|"), key=len, reverse=True))
_DAY = r"[0-3]?\d(?!\d)(?:\.|:?[ea](?!\w)|st|nd|rd|th)?"
_TO = r" ?(?:-|t\.?o\.?m\.?|till|til|to|until|al|a|y|and|och|și|si|do|по|до|и|és|ถึง) ?(?:den |the |el )?"
_DATES = re.compile(
    rf"(?<![\w.,/:-])(?:(?P<from>{_DAY})(?: (?P<from_month>{_MONTH}))?{_TO})?(?P<to>{_DAY}) ?(?:de |of |i )?(?P<to_month>{_MONTH})(?!\w)"
    rf"|(?<!\w)(?P<month>{_MONTH})\.? (?P<first>{_DAY})(?:{_TO}(?:(?P<then>{_MONTH})\.? )?(?P<last>{_DAY}))?(?![\w:]|[.,]\d)"
    r"|(?<![\w.,/:-])(?P<day>[0-3]?\d)(?:/(?P<slash>1[0-2]|0?[1-9]))? ?- ?(?P<until>[0-3]?\d)/(?P<until_month>1[0-2]|0?[1-9])(?![\d/])"
    rf"|(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _RELATIVE.items())})(?!\w)"
)
_WORTH_LOOKING = re2.compile(rf"{_MONTH}|\d/1?\d|{'|'.join(_RELATIVE.values())}")  # a hundred words at once, which re would try one by one
_UNTIL = re.compile(r"(?<!\w)(?:until|till|t\.?o\.?m\.?|hasta(?: el)?|până (?:la|pe)|do|до|ถึง) ?(?:den |the )?$")
_ENDS = re.compile(r"[!?;\n]|(?<=[^\W\d_]{3})\.(?= |$)")
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _When:
    """Dates as "12-03", '' when unknown; or a relative time; with the span in the folded text."""

    first: str
    last: str
    said: str
    start: int
    end: int


def read_stays(folded: Folded, places: Sequence[Place]) -> Iterator[Stay]:
    """Yield the towns whose dates stand beside them, from left to right; in a list, whichever of the two leads is asked for the other.

    Args:
        places: as read in the same text; spans of the text as given.
    """
    times = [when for match in _matches(folded.text) if (when := _when(match, folded.text))] if places else []
    if not times:
        return
    towns = [(bisect_left(folded.origin, place.start), bisect_left(folded.origin, place.end), place) for place in places]
    for when in times:
        before = next((town for town in reversed(towns) if town[1] <= when.start and _beside(folded.text, town[1], when.start)), None)
        after = next((town for town in towns if town[0] >= when.end and _beside(folded.text, when.end, town[0])), None)
        if before and after:
            before, after = (None, after) if _times_lead(folded.text, times, towns, when) else (before, None)
        town = before or after
        if town:
            start, end = folded.span(min(town[0], when.start), max(town[1], when.end))
            place = town[2]
            yield Stay(municipality=place.municipality, name=place.name, first=when.first, last=when.last, said=when.said, start=start, end=end)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a time, near the name of a month, a relative time or a slash between figures: nowhere else is one."""
    read = 0
    for worth in islice(_WORTH_LOOKING.finditer(text), MOST):
        end = min(len(text), worth.end() + MARGIN)
        for match in _DATES.finditer(text, max(read, worth.start() - MARGIN), end):
            if match.end() < end or end == len(text):  # else the next word worth looking at has the whole of it
                read = match.end()
                yield match


def _beside(text: str, end: int, start: int) -> bool:
    return start - end <= NEAR and not _ENDS.search(text, end, start)


def _times_lead(text: str, times: Sequence[_When], towns: Sequence[tuple[int, int, Place]], when: _When) -> bool:
    """Tell whether the sentence that a time stands in begins with a time and not with a town."""
    begins = max((match.end() for match in _ENDS.finditer(text, max(0, when.start - SENTENCE), when.start)), default=max(0, when.start - SENTENCE))
    first_time = min(one.start for one in times if one.start >= begins)
    return first_time < min((town[0] for town in towns if town[0] >= begins), default=len(text))


def _when(match: re.Match[str], text: str) -> _When | None:
    said = next((name for name in _RELATIVE if match.group(name)), "")
    if said:
        return _When(first="", last="", said=said, start=match.start(), end=match.end())
    if match.group("to"):
        month = _month(match.group("to_month"))
        first = _date(match.group("from") or match.group("to"), _month(match.group("from_month")) if match.group("from_month") else month)
        last = _date(match.group("to"), month)
    elif match.group("month"):
        month = _month(match.group("month"))
        first = _date(match.group("first"), month)
        last = _date(match.group("last") or match.group("first"), _month(match.group("then")) if match.group("then") else month)
    else:
        month = int(match.group("until_month"))
        first, last = _date(match.group("day"), int(match.group("slash") or month)), _date(match.group("until"), month)
    if not first or not last or (first[:2] == last[:2] and first > last):
        return None
    open_start = first == last and _UNTIL.search(text[max(0, match.start() - 12) : match.start()])
    return _When(first="" if open_start else first, last=last, said="dates", start=match.start(), end=match.end())


def _month(name: str) -> int:
    return next(number for number, names in enumerate(_MONTHS, start=1) if name in names.split("|"))


def _date(day: str, month: int) -> str:
    """Return "12-03" for a day as written and a month, or '' when no month has such a day."""
    number = int(_FIGURE.match(day).group())  # type: ignore[union-attr]
    return f"{month:02}-{number:02}" if 1 <= number <= 31 else ""
