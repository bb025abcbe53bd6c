"""The stated age of the person advertised: not a rule of the site, an experience, a customer's age, a child's or a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.reading.fold import Folded
from pipeline.reading.model import Age
from pipeline.reading.settings import ReadingSettings
from pipeline.reading.spoken import ALL, ENGLISH, SWEDISH, between

ADULT = 18
AGE_RANGE = (10, 80)
_TENS, _TEENS, _ONES = between(ALL, 20, 70, 10), between(ALL, 13, 19), between(SWEDISH | ENGLISH, 1, 9)
_DIGITS = re.compile(r"(?<![\w.,/+])(?<!\d[-:])(?P<digits>[1-7]\d)(?!\d)")
_SAID = re.compile(rf"(?<!\w)(?:(?P<ten>{'|'.join(_TENS)})(?:[ -]?(?P<one>{'|'.join(_ONES)}))?|(?P<teen>{'|'.join(_TEENS)}))(?![^\W\d_](?<!å))")
_STEMS = (*_TENS, *_TEENS)
_MEASURE = (
    r" ?(?:kr|sek|cm|kg|min\w*|h|tim\w*|eur\w*|€|kvm|m|km|%|:-|dagar|days|hours|timmar|gram|grader|st"
    r"|personer|rum|minutes|weeks|veckor|months|månader|mil|meter)(?!\w)"
)
_UNLABELLED = re.compile(rf"[.,:/]\d| ?[+%]|{_MEASURE}| ?-? ?\d")
_LABEL_GAPS = (" är", " is", " på", " bara", " only", " just", " nyss", " precis")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f]")  # Thai puts no space between words
_GREETING = re.compile(
    r"(?<!\w)(?:hi|hey|hello|dear|welcome|hej|hallå|tjena|hola|hei|ciao) (?:\w+ )?(?:guys|men|gentlemen|boys|killar|herrar|män|grabbar|chicos)(?!\w)"
)
_CLAUSE = re.compile(r"[.!?;\n|\0]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NAME = re.compile(r"(?P<name>[A-ZÅÄÖ][^\W\d_]{2,14}), ?(?P<digits>[1-7]\d)(?=\s*(?:$|[,|\n]))")
_NEXT_BIRTHDAY = re.compile(r"(?:snart|fyller|blir|almost|soon|turning|nästan|скоро|pronto|aproape|wkrótce|hamarosan) (?:fyllda )?$")
_RANGE = re.compile(r"(?:\d{2} ?(?:-|till|to) ?|(?:mellan|between) \d{2} \w+ )$")
# "19, 22 och 25 år"; a lone number and a comma are something else: "size 10, 33 years"
_LISTED = re.compile(r"(?<![\w-])(?:(?:[1-7]\d, ?){0,5}[1-7]\d,? ?(?:och|and|&|y|și|si|и|és|i) |(?:[1-7]\d, ?){2,6})$")
_REACH = 48  # characters before an age in which its clause may speak against it
_MONTHS = frozenset(
    (
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "januari",
        "februari",
        "september",
        "oktober",
        "november",
        "december",
        "måndag",
        "tisdag",
        "onsdag",
        "torsdag",
        "fredag",
        "lördag",
        "söndag",
        "vecka",
        "rum",
    )
)


class AgeReader:
    """Read stated ages in running text and in an age field."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._unit = re.compile(rf" ?-?(?:{_any(settings.age_units)})(?!\w)")
        self._labels = frozenset(settings.age_labels)
        self._label_lengths = sorted(set(map(len, self._labels)), reverse=True)
        self._near, self._far, self._after = frozenset(settings.age_false_near), frozenset(settings.age_false_far), frozenset(settings.age_false_after)
        self._phrases = tuple(phrase for phrase in settings.age_false_far if " " in phrase or _UNSPACED.match(phrase))

    def read(self, folded: Folded, text: str | None = None) -> Iterator[Age]:
        """Yield ages with their spans, from left to right.

        Args:
            text: the folded text with phones blanked out, when they are known.
        """
        text = folded.text if text is None else text
        seen: set[int] = set()
        for match in _numbers(text):
            start, end = match.span()
            unit = self._unit.match(text, end)
            label = self._label_before(text, start) if unit is None and not _UNLABELLED.match(text, end) else None
            if unit is None and label is None:
                continue
            value = _value(match)
            before = text[max(0, start - _REACH) : start]
            if value == ADULT and _NEXT_BIRTHDAY.search(before):
                value -= 1  # "fyller 18 snart" is 17, and that matters
            if AGE_RANGE[0] <= value <= AGE_RANGE[1] and not self._speaks_against(text, start if label is None else label, unit.end() if unit else end):
                seen.add(start)
                span = folded.span(start, end)
                yield from self._listed_before(folded, text, start) if unit else ()
                yield Age(value=value, start=span[0], end=span[1])
        yield from self._after_names(folded, text, seen)

    def _listed_before(self, folded: Folded, text: str, start: int) -> Iterator[Age]:
        """Read the ages of others in a list that ends with an age: "vi är 19, 22 och 25 år"."""
        listed = _LISTED.search(text, max(0, start - _REACH), start)
        for match in _DIGITS.finditer(text, listed.start(), start) if listed else ():
            span = folded.span(match.start(), match.end())
            yield Age(value=int(match.group("digits")), start=span[0], end=span[1])

    def _after_names(self, folded: Folded, text: str, seen: set[int]) -> Iterator[Age]:
        """Read the age that follows a name and a comma: "Lina, 24, Helsingborg"."""
        for match in _NAME.finditer(folded.cased):
            start, end = match.span("digits")
            if start not in seen and text[start] != "\0" and match.group("name").lower() not in _MONTHS and ADULT - 5 <= int(match.group("digits")) <= 69:
                span = folded.span(start, end)
                yield Age(value=int(match.group("digits")), start=span[0], end=span[1])

    def read_field(self, value: str) -> int | None:
        """Return the age that a field states ("24", "24 år", "tjugofyra"), or None."""
        match = re.search(r"(?<!\d)(\d{2})(?!\d)", value)
        spoken = None if match else _SAID.search(value.strip().lower())
        age = int(match.group(1)) if match else _value(spoken) if spoken else 0
        return age if AGE_RANGE[0] <= age <= 99 else None

    def _label_before(self, text: str, start: int) -> int | None:
        """Return where the label before a number begins ("ålder: 24", "jag är 24"), or None when there is none."""
        before = text[max(0, start - 24) : start]
        if before[-1:].isalpha():
            return None
        near = before.rstrip(" :=")
        for said in (near, near.rpartition(" ")[0]) if near.endswith(_LABEL_GAPS) else (near,):
            label = next((said[-length:] for length in self._label_lengths if said[-length:] in self._labels), "")
            if label and (len(said) == len(label) or not said[-len(label) - 1].isalnum()):
                return start - len(before) + len(said) - len(label)
        return None

    def _speaks_against(self, text: str, start: int, end: int) -> bool:
        """Tell whether the clause says that the age is a limit, a length of time, or somebody else's."""
        before = _GREETING.sub(" ", _CLAUSE.split(text[max(0, start - _REACH) : start])[-1])
        after = _CLAUSE.split(text[end : end + 32])[0]
        words, following = _WORD.findall(before), _WORD.findall(after)
        if _RANGE.search(before) or after[:1] == "+":
            return True
        near = words[-2:]
        clause = " ".join(words)
        return bool(
            (self._near & set(near[-1:]) and "åldern" not in text[start:end])
            or (near[-1:] and near[-1] in ("bara", "än", "vara") and self._near & set(near))
            or self._far & set(words)
            or any(phrase in clause or (phrase in before and _UNSPACED.match(phrase)) for phrase in self._phrases)
            or self._after & set(following[:3])
        )


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield numbers of two digits, then spoken ones when the text holds any."""
    yield from _DIGITS.finditer(text)
    if any(stem in text for stem in _STEMS):
        yield from _SAID.finditer(text)


def _value(match: re.Match[str]) -> int:
    said = match.groupdict()
    if said.get("digits"):
        return int(said["digits"])
    return _TENS[said["ten"]] + _ONES.get(said["one"] or "", 0) if said.get("ten") else _TEENS[said["teen"]]


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))
