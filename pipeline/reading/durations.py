"""Lengths of time that a price may hold for, in minutes: "30 min", "halvtimme", "1,5 h", "en och en halv timme", "полчаса"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HOURS = (
    r"h|hr|hrs|tim|timme|timma|timmar|timmars|timmes|timmen|timman|hour|hours|timer|timen|time|stunde|stunden|std|tuntia?"
    r"|tunti|horas?|or[ăe]|час(?:а|ов)?|ч|óra|órás?|godz(?:in[aęy]?)?|ชั่วโมง|ชม"
)
_MINUTES = r"min|mins|minut|minuter|minuters|minutes?|minutt?er|minuten|minuuttia|minutos|minute|minut[yęe]?|мин(?:ут[аы]?)?|perc|นาที"
_SPOKEN: dict[str, int] = {
    "en och en halv timme": 90,
    "en och en halv timma": 90,
    "halvannan timme": 90,
    "halvannan timma": 90,
    "one and a half hours?": 90,
    "anderthalb stunden": 90,
    "o or[ăa] [șs]i jum[ăa]tate": 90,
    "(?:una )?hora y media": 90,
    "półtorej godziny": 90,
    "полтора часа": 90,
    "másfél óra": 90,
    "час и половина": 90,
    "ชั่วโมงครึ่ง": 90,
    "en halv ?timm[ea]n?": 30,
    "halv ?timm[ea]n?": 30,
    "half an hour": 30,
    "half (?:an )?hour": 30,
    "halve? time": 30,
    "halvtime": 30,
    "halbe stunde": 30,
    "½ ?(?:timm[ea]|tim|h|hour)": 30,
    "media hor(?:it)?a": 30,
    "jum[ăa]tate de or[ăa]": 30,
    "o jum[ăa]tate de or[ăa]": 30,
    "полчаса": 30,
    "половин час": 30,
    "fél ?óra": 30,
    "pół godziny": 30,
    "ครึ่งชั่วโมง": 30,
    "tre kvart(?:ar)?": 45,
    "trekvart": 45,
    "(?:en )?kvart": 15,
    "(?:en|one|an|eine|ett|una|o|один|един|egy|jedna) ?(?:timm[ea]|hour|time|stunde|hora|or[ăa]|час|óra|godzina)": 60,
    "(?:två|2) timmar": 120,
    "two hours": 120,
    "to timer": 120,
    "zwei stunden": 120,
    "dos horas": 120,
    "dou[ăa] ore": 120,
    "два часа": 120,
    "dwie godziny": 120,
    "két óra": 120,
    "tre timmar": 180,
    "three hours": 180,
    "fyra timmar": 240,
    "(?:trettio|thirty) (?:minuter|minutes)": 30,
    "(?:fyrtiofem|forty ?-?five) (?:minuter|minutes)": 45,
    "(?:tjugo|twenty) (?:minuter|minutes)": 20,
    "(?:sextio|sixty) (?:minuter|minutes)": 60,
    "(?:nittio|ninety) (?:minuter|minutes)": 90,
    "(?:ett |1 )?dygn": 1440,
}
_WHOLE = {
    "timme": 60,
    "timma": 60,
    "timmen": 60,
    "timman": 60,
    "hour": 60,
    "tim": 60,
    "час": 60,
    "óra": 60,
    "hora": 60,
    "horita": 60,
    "oră": 60,
    "ora": 60,
    "stunde": 60,
    "godzina": 60,
    "ชั่วโมงละ": 60,
    "ชั่วโมง": 60,
}
# an hour and a half first: it begins with an hour
_IN_ORDER = sorted(_SPOKEN, key=lambda said: (_SPOKEN[said] != 90, -len(said)))
PATTERN = (
    rf"(?<![\d.,])(?P<hours>1½|½|\d{{1,2}}(?:[.,][05]|½)?) ?-?(?:{_HOURS})(?![\w])|(?<![\d.,])(?P<minutes>\d{{2,3}}) ?-?(?:{_MINUTES})(?![\w])"
    rf"|(?<!\w)(?P<spoken>{'|'.join(_IN_ORDER)})(?!\w)|(?<!\w)(?P<whole>{'|'.join(_WHOLE)})(?!\w)"
)
_BEGINNINGS = re.compile(r"(?:^|\(\?:|\||\)\?)([^\W\d])")
LETTERS = "".join(sorted({letter for words in (*_SPOKEN, *_WHOLE) for letter in _BEGINNINGS.findall(words)}))  # with which a time in words may begin
NOT_OF_PRICE = re.compile(
    r" ?(?:från|fr\.|from|bort|away|med (?:buss|bil|tåg)|till (?:fots|centrum|stan|city)|promenad|walk|gång"
    r"|öppet|erfarenhet|sedan|ago|innan|before|notice|varsel|i förväg)"
)
_SPOKEN_PATTERNS = [(re.compile(pattern), _SPOKEN[pattern]) for pattern in _IN_ORDER]
LONGEST = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Minutes, and the span in the folded text; `whole` when the text says only "timme", without how many."""

    minutes: int
    start: int
    end: int


def duration_of(match: re.Match[str]) -> Duration | None:
    """Turn a match of PATTERN into a duration, or None when it is longer than a day or zero."""
    if match.group("hours"):
        minutes = _hours(match.group("hours"))
    elif match.group("minutes"):
        minutes = int(match.group("minutes"))
    elif match.group("spoken"):
        minutes = next(length for pattern, length in _SPOKEN_PATTERNS if pattern.fullmatch(match.group("spoken")))
    else:
        minutes = _WHOLE[match.group("whole")]
    return Duration(minutes=minutes, start=match.start(), end=match.end()) if 0 < minutes <= LONGEST else None


def _hours(text: str) -> int:
    whole = text.replace("½", ".5").replace(",", ".")
    return round(float(whole) * 60)
