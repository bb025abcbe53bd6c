"""Windows over a run of parts: every stretch that could be a whole number, with the digits it may say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.phone_parts import Part

DIGITS_MIN, DIGITS_MAX = 8, 15
PARTIALS_MAX = 12  # readings of one window that are followed at a time
_OPENINGS = frozenset({"0", "+", "4", ""})
WEAK_SHARE = 3  # at most one part in three may be misspelt


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of a run, first to stop (half open), and its digits; `rank` counts second choices made on the way."""

    first: int
    stop: int
    digits: str
    rank: int


def settled(run: Sequence[Part]) -> list[Part]:
    """Return a run with counted plurals written out ("två sjuor" is 77) and hundreds joined with what follows them."""
    parts: list[Part] = []
    for part in run:
        last = parts[-1] if parts else None
        if part.plural:
            count = last.digits[0] if last else ""
            if last is not None and count in ("2", "3", "4"):
                parts[-1] = replace(part, digits=(part.digits[0] * int(count),), start=last.start, steps=part.steps + int(count), plural=False)
                continue
            part = replace(part, plural=False)
        if last is not None and last.hundred and part.digits[0].isdigit() and len(part.digits[0]) <= 2 and part.steps:
            joined = last.digits[0][:1] + part.digits[0].rjust(2, "0")
            parts[-1] = replace(last, digits=(joined, last.digits[0] + part.digits[0]), end=part.end, hundred=part.ten, ten=part.ten)
            continue
        if part.hundred and last is not None and len(last.digits[0]) == 1 and last.digits[0] in "23456789" and last.steps:
            parts[-1] = replace(part, digits=(last.digits[0] + "00", last.digits[0] + "100"), start=last.start)
            continue
        parts.append(part)
    return parts


def windows(run: Sequence[Part], *, bare: frozenset[int], national_max: int) -> Iterator[Window]:
    """Yield windows whose digits begin like a number: with a plus, a zero or 46; at the `bare` places with any digit.

    The work grows with the length of the run, not with its square: a window holds at most DIGITS_MAX digits.
    """
    for first, opening in enumerate(run):
        if first not in bare and not any(choice[:1] in _OPENINGS for choice in opening.digits):
            continue
        partials: list[tuple[str, int]] = [("", 0)]
        weak = 0
        for place in range(first, len(run)):
            part = run[place]
            weak += part.weak
            partials = _extended(partials, part, run[place - 1] if place > first else None, bare=first in bare, national_max=national_max)
            if not partials:
                break
            if weak * WEAK_SHARE <= place - first + 1 or weak == 0:
                yield from (Window(first=first, stop=place + 1, digits=digits, rank=rank) for digits, rank in partials if len(digits.lstrip("+")) >= DIGITS_MIN)


def _extended(partials: Sequence[tuple[str, int]], part: Part, before: Part | None, *, bare: bool, national_max: int) -> list[tuple[str, int]]:
    if len(part.digits) == 1 and (before is None or not before.ten):
        more = part.digits[0]
        longer_by_one = [(digits + more, rank) for digits, rank in partials if more != "+" or not digits]
        return [(text, rank) for text, rank in longer_by_one if _may_begin(text, bare=bare, national_max=national_max)]
    longer: dict[str, int] = {}
    for digits, rank in partials:
        for choice, more in enumerate(part.digits):
            if more == "+" and digits:
                continue
            cost = rank + choice
            options = [(digits + more, cost)]
            if before is not None and before.ten and part.steps and len(more) == 1 and more != "0" and digits.endswith("0"):
                options = [(digits[:-1] + more, cost), (digits + more, cost + 1)]
            for text, cost in options:
                if _may_begin(text, bare=bare, national_max=national_max):
                    longer[text] = min(cost, longer.get(text, cost))
    return sorted(longer.items(), key=lambda item: (item[1], item[0]))[:PARTIALS_MAX]


def _may_begin(digits: str, *, bare: bool, national_max: int) -> bool:
    """Tell whether digits may be the beginning of a number, and are not too long for one."""
    if digits[:1] == "0" and digits[:2] != "00":
        return len(digits) <= national_max
    if len(digits) > DIGITS_MAX + 2:
        return False
    if not digits or digits[0] in "+0":
        return digits[:3] != "000"
    return bare or digits[:2] in ("4", "46")
