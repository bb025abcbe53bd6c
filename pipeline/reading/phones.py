"""Phone numbers, however they are written: every stretch that could be one is weighed, and the best that do not overlap are kept."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import phonenumbers
from phonenumbers import PhoneNumberType

from pipeline.reading.fold import Folded
from pipeline.reading.model import Contact
from pipeline.reading.phone_parts import Part, PartReader
from pipeline.reading.phone_windows import DIGITS_MAX, Window, settled, windows
from pipeline.reading.settings import ReadingSettings

NATIONAL_MAX = {"SE": 10}  # digits of the longest national number, its zero counted
ENOUGH = 3.0  # weight at which a stretch is called a phone
CHECKS_MAX = 60  # validity checks a text, about 75 us each: bounds the time a hostile text may take; an ad has four, six ads in one about fifty
PARTS_MAX = 240  # digits and number words of a text that are weighed
BEFORE = 48  # characters before a number in which a word of contact speaks for it
AFTER = 24  # characters after it: "... är numret"
BACKWARD = 90  # characters around a number in which "baklänges" speaks about it
MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
PARTS_NEEDED = 4  # number words in a row before they are looked at: "en", "sex" and "to" stand in every text
SHORT = 8  # digits of the shortest landline; opening hours have as many, and so has a number that lost some
COUNTED = "01234567890"  # somebody counts
_AREA = re.compile(r"\(?0\d{1,3}(?: ?[-/]|\)) ?\d")
_GROUPS = re.compile(r"0\d{1,3} (?:\d{5,8}|\d{2,4} \d{2,3}(?: \d{2,3})?)$")
_SAID = re.compile(r"[^\W\d_:]+(?::[^\W\d_]+)?")
_MARK = re.compile(r"[\n|;,!?]|[.:] | - ")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    value: str
    first: int
    stop: int
    weight: float
    confidence: float
    shared: bool = False  # another country owns the same digits


@dataclass(slots=True)
class _Budget:
    """How many validity checks a text has left."""

    left: int

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


class PhoneReader:
    """Read phones in folded texts.

    Args:
        settings: number words, look-alikes, words of contact and support lines.
        region: the country whose numbers need no prefix, such as SE.
    """

    def __init__(self, settings: ReadingSettings, region: str) -> None:
        self._region = region
        self._support = settings.support_numbers
        self._parts = PartReader(settings)
        self._contact = frozenset(settings.contact_words)
        self._backward = frozenset(settings.backward_words)
        self._neighbours = settings.neighbours

    def read(self, folded: Folded, languages: Sequence[str] = ()) -> Iterator[Contact]:
        """Yield every valid number with its span in the original text, from left to right.

        Readings overlap only where two countries could own the same digits: then each stands with its confidence.

        Args:
            languages: codes of the text's languages; they say whose numbers a foreign-looking one may be.
        """
        budget = _Budget(CHECKS_MAX)
        backward = None
        parts = 0
        for run in self._parts.runs(folded, PARTS_MAX):
            if not _enough(run):
                continue
            parts += len(run)
            run = run[: max(0, len(run) - max(0, parts - PARTS_MAX))]
            if not run or budget.left <= 0:
                return
            if backward is None:
                backward = list(self._backward_spans(folded.text))
            turned = _within(folded, run) or any(run[0].start - BACKWARD < end and start < run[-1].end + BACKWARD for start, end in backward)
            yield from self._numbers(settled(run), folded, languages, budget, turned=turned)

    def _backward_spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of the words that say that a number is written from its end."""
        if any(word in text for word in self._backward):
            yield from (match.span() for match in _WORDS.finditer(text) if match.group() in self._backward)

    def _numbers(self, run: Sequence[Part], folded: Folded, languages: Sequence[str], budget: _Budget, *, turned: bool) -> Iterator[Contact]:
        candidates = list(self._candidates(run, folded, languages, budget))
        if turned:
            reading = _reversed(run)
            candidates = [
                replace(found, first=len(run) - found.stop, stop=len(run) - found.first, weight=found.weight + 1, confidence=0.85)
                for found in self._candidates(reading, folded, (), budget)
                if not found.shared
            ] or candidates
        for found in sorted(_best(candidates), key=lambda found: (found.first, -found.confidence, found.value)):
            used = run[found.first : found.stop]
            steps = sum(part.steps for part in used) + bool(folded.changed) + turned
            start, end = folded.span(used[0].start, used[-1].end)
            yield Contact(kind="phone", value=found.value, start=start, end=end, confidence=found.confidence, steps=steps)

    def _candidates(self, run: Sequence[Part], folded: Folded, languages: Sequence[str], budget: _Budget) -> Iterator[_Candidate]:
        spoken_for = self._spoken_for(folded.text, min(part.start for part in run), max(part.end for part in run))
        bare = frozenset(_starts(run, folded.text)) if spoken_for else frozenset()
        for window in windows(run, bare=bare, national_max=NATIONAL_MAX.get(self._region, DIGITS_MAX)):
            if not _plausible(window.digits, self._region):
                continue
            if not budget.take():
                return
            value, kind = resolved(window.digits, self._region)
            weight = self._weight(run, window, folded.text, value, kind, spoken_for=spoken_for) if value else 0.0
            if value and weight >= ENOUGH and not self._is_support(value):
                yield _Candidate(value=value, first=window.first, stop=window.stop, weight=weight, confidence=_confidence(run, window, value))
            elif spoken_for and window.digits[0] != "+" and (not value or window.digits[0] != "0"):
                yield from self._of_neighbours(run, window, languages, budget)

    def _weight(self, run: Sequence[Part], window: Window, text: str, value: str, kind: int, *, spoken_for: bool) -> float:
        """Weigh a stretch: the kind of number, how it is written, what stands before it and what of its run is left over."""
        used = run[window.first : window.stop]
        ours = value.startswith("+46") if self._region == "SE" else True
        written = text[used[0].start : used[-1].end]
        weight = 3.0 if kind in MOBILE and ours else 2.5 if window.digits[0] == "+" or window.digits[:2] == "00" else 1.5
        weight -= 1.0 if kind in (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST) else 0.0
        weight -= 2.0 if window.digits[0] not in "+0" and (window.digits[:2] != "46" or kind not in MOBILE) else 0.0
        weight += 2.0 if spoken_for else 0.0
        usual = len(used) == 1 or _AREA.match(written) or _GROUPS.match(written)
        if len(window.digits) <= SHORT and kind not in MOBILE:
            weight -= 0.5 if usual and not _like_clocks(window.digits) else 1.5
        weight += 1.0 if usual or all(part.steps for part in used) else 0.0
        weight += 0.5 if window.digits[0] == "+" else 0.0
        before = [part for part in run[: window.first] if not part.steps]
        after = [part for part in run[window.stop :] if not part.steps]
        weight += 1.0 if _clear(text, before, used, after) else 0.0
        pressed = bool(before and _pressed(text, before[-1], used[0])) + bool(after and _pressed(text, used[-1], after[0]))
        weight -= pressed * (0.5 if usual else 1.0)
        weight -= 0.6 * sum(part.weak for part in used) + 0.1 * window.rank + (2.0 if kind not in MOBILE and _hangs_on(used) else 0.0)
        weight -= 0.5 if any(_MARK.search(text, left.end, right.start) for left, right in itertools.pairwise(used)) else 0.0
        return weight - (0.5 if sum(part.lookalike for part in used) * 2 > len(used) else 0.0)

    def _of_neighbours(self, run: Sequence[Part], window: Window, languages: Sequence[str], budget: _Budget) -> Iterator[_Candidate]:
        """Yield the readings of digits that are no number of the region but of countries around it or of the text's languages."""
        if window.first or window.stop < len(run) or any(part.steps for part in run) or (window.digits[0] == "0" and len(window.digits) <= SHORT):
            return
        regions = dict.fromkeys(region for code in (*languages, *self._neighbours) for region in self._neighbours.get(code, ()) if region != self._region)
        values: list[str] = []
        for region in regions:
            if len(values) == 3 or not budget.take():
                break
            value, kind = resolved(window.digits, region)
            if value and kind in MOBILE and value not in values:
                values.append(value)
        for place, value in enumerate(values):
            confidence = 0.6 if len(values) == 1 else 0.5 if place == 0 else 0.4
            yield _Candidate(value=value, first=window.first, stop=window.stop, weight=ENOUGH, confidence=confidence, shared=len(values) > 1)

    def _spoken_for(self, text: str, start: int, end: int) -> bool:
        first = text.rfind(" ", 0, max(0, start - BEFORE)) + 1  # a word is not cut: "annonsnr" is no "nr"
        around = f"{text[max(first, start - 2 * BEFORE) : start]} | {text[end : end + AFTER]}"
        return not self._contact.isdisjoint(_SAID.findall(around))

    def _is_support(self, value: str) -> bool:
        national = "0" + value[3:] if value.startswith("+46") else value
        return national.startswith(tuple(number for number in self._support if len(number) <= 4)) or national in self._support


def _enough(run: Sequence[Part]) -> bool:
    """Tell whether a run could hold a number: ordinary texts hold many short ones ("en", "2", "sex")."""
    true_digits = sum(len(part.digits[0]) for part in run if not part.steps and part.digits[0] != "+")
    said = sum(len(part.digits[0]) for part in run)
    return said >= 8 and (true_digits >= 4 or len(run) >= PARTS_NEEDED or any(len(part.digits[0]) >= 8 for part in run))


def _plausible(digits: str, region: str) -> bool:
    """Drop what no rule of the region allows before the costly check. Swedish mobiles have ten digits, and no subscriber's number begins with 0."""
    if COUNTED.startswith(digits):
        return False
    if region != "SE" or digits[0] != "0" or digits[:2] == "00":
        return True
    if digits[1] == "7" and digits[2] in "02369":
        return len(digits) == 10
    return 8 <= len(digits) <= 10 and not (digits[1] == "8" and digits[2] in "01")


def _like_clocks(digits: str) -> bool:
    """Tell whether digits two by two could be hours and minutes, as in "08 20 10 16"."""
    return all(int(digits[at : at + 2]) <= 24 or digits[at : at + 2] in ("30", "45") for at in range(0, len(digits), 2))


def _hangs_on(used: Sequence[Part]) -> bool:
    """Tell whether a lone word hangs on a number that is whole without it: "013-36 00 48 en timme"."""
    said = [part for part in used if part.steps]
    return len(said) == 1 and len(used) > 1 and (used[0].steps > 0 or used[-1].steps > 0) and sum(len(part.digits[0]) for part in used if not part.steps) >= 7


def _starts(run: Sequence[Part], text: str) -> Iterator[int]:
    """Yield the places of a run at which a number without a zero may begin: its first part, and those behind a mark."""
    yield from (place for place in range(len(run)) if not place or _MARK.search(text, run[place - 1].end, run[place].start))


def _within(folded: Folded, run: Sequence[Part]) -> bool:
    """Tell whether this run begins where a mark turns the writing around; a mark elsewhere in the text says nothing of it."""
    start, _ = folded.span(run[0].start, run[0].end)
    return any(first <= start < last for first, last in folded.turned)


def _reversed(run: Sequence[Part]) -> list[Part]:
    return [replace(part, digits=tuple(digits[::-1] if not part.steps else digits for digits in part.digits)) for part in reversed(run)]


def _clear(text: str, before: Sequence[Part], used: Sequence[Part], after: Sequence[Part]) -> bool:
    """Tell whether other digits of the run are missing or stand behind a mark that ends a sentence or a column."""
    left = _MARK.search(text, before[-1].end, used[0].start) if before else True
    return bool(left and (_MARK.search(text, used[-1].end, after[0].start) if after else True))


def _pressed(text: str, left: Part, right: Part) -> bool:
    """Tell whether two parts stand so close that they read as one row of digits."""
    between = text[left.end : right.start] if left.end <= right.start else ""
    return len(between) <= 1 and between not in ("\n", ",", ";", "/", "|")


def _confidence(run: Sequence[Part], window: Window, value: str) -> float:
    used = run[window.first : window.stop]
    if any(part.weak for part in used):
        return 0.85
    if any(part.lookalike for part in used):
        return 0.9
    if window.digits[0] not in "+0" and window.digits[:2] != "46":
        return 0.8
    return 0.96 if any(part.steps for part in used) else 0.99


def _best(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Keep the heaviest candidates that do not overlap; readings of one stretch by several countries stay together."""
    kept: list[_Candidate] = []
    for found in sorted(candidates, key=lambda found: (-found.weight, found.first, found.first - found.stop, -found.confidence, found.value)):
        same = [other for other in kept if other.first < found.stop and found.first < other.stop]
        if not same or all(other.shared and found.shared and (other.first, other.stop) == (found.first, found.stop) for other in same):
            kept.append(found)
    return kept


def normalise(raw: str, region: str) -> str:
    """Return a number as E.164, or '' when it is not valid: foreign numbers need their prefix."""
    return resolved(raw, region)[0]


@functools.lru_cache(maxsize=100_000)
def resolved(raw: str, region: str) -> tuple[str, int]:
    """Return a number as E.164 with its kind, as phonenumbers numbers the kinds, or '' and the unknown kind when it is not valid."""
    try:
        number = _swedish(raw) if region == "SE" else None
        number = number or phonenumbers.parse("+" + raw[2:] if raw.startswith("00") else raw, region)
    except phonenumbers.NumberParseException:
        return "", int(PhoneNumberType.UNKNOWN)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:  # only a valid number has a kind
        return "", int(PhoneNumberType.UNKNOWN)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)), int(kind)


def _swedish(raw: str) -> phonenumbers.PhoneNumber | None:
    """Return a number as it is dialled within Sweden, without parsing what has nothing to parse; None for any other."""
    if raw[:1] != "0" or raw[1:2] == "0" or not 7 <= len(raw) <= 14 or not (raw.isascii() and raw.isdigit()):
        return None
    return phonenumbers.PhoneNumber(country_code=46, national_number=int(raw))
