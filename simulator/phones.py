"""Phone numbers that nobody has: the ranges set aside for fiction, dealt out so that strangers never share one by accident."""

from __future__ import annotations

import functools
import random

import phonenumbers

SWEDISH_MOBILE = tuple(f"+467017406{tail:02d}" for tail in range(5, 100))
SWEDISH_FIXED = tuple(
    [f"+463139006{tail:02d}" for tail in range(100)]
    + [f"+464062804{tail:02d}" for tail in range(100)]
    + [f"+468465004{tail:02d}" for tail in range(100)]
    + [f"+46980319{tail:03d}" for tail in range(200, 300)]
)
FRENCH = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")  # four digits follow


@functools.cache
def american() -> tuple[str, ...]:
    """Return +1 numbers 555-0100 to 0199 of the area codes that belong to the United States."""
    codes = [code for code in range(201, 990) if phonenumbers.region_code_for_number(phonenumbers.parse(f"+1{code}5550100")) == "US"]
    return tuple(f"+1{code}55501{tail:02d}" for code in codes for tail in range(100))


@functools.cache
def foreign() -> tuple[str, ...]:
    """Return all numbers abroad in a fixed order that mixes the ranges."""
    numbers = [f"{start}{tail:04d}" for start in FRENCH for tail in range(10_000)] + list(american())
    random.Random("foreign numbers").shuffle(numbers)
    return tuple(numbers)


@functools.cache
def swedish() -> tuple[str, ...]:
    """Return all Swedish numbers, mobile and fixed, in a fixed order that mixes them."""
    numbers = list(SWEDISH_MOBILE + SWEDISH_FIXED)
    random.Random("swedish numbers").shuffle(numbers)
    return tuple(numbers)


def capacity() -> int:
    """Return how many people can have a number of their own."""
    return len(swedish()) + len(foreign())


class Directory:
    """The numbers that one part of a town may deal out; '' when none is left: the next people have no phone, only an account."""

    def __init__(self, part: int, parts: int, chance: random.Random) -> None:
        self._home = list(swedish()[part::parts])
        self._abroad = list(foreign()[part::parts])
        chance.shuffle(self._home)
        chance.shuffle(self._abroad)

    def take(self, *, at_home: bool) -> str:
        """Deal out a number, Swedish or foreign as wished while they last."""
        first, second = (self._home, self._abroad) if at_home else (self._abroad, self._home)
        if first:
            return first.pop()
        return second.pop() if second else ""

    def take_mobile(self) -> str:
        """Deal out a Swedish mobile number, as a payment service needs one; '' when none is left."""
        for place in range(len(self._home) - 1, -1, -1):
            if self._home[place].startswith("+4670"):
                return self._home.pop(place)
        return ""


def national(number: str) -> str:
    """Write a number as people in Sweden do: 070-174 06 05, or +33 1 99 00 12 34 for one abroad; '' for none."""
    if not number.startswith("+46"):
        return abroad(number)
    digits = "0" + number[3:]
    area = next((length for start, length in (("08", 2), ("0980", 4)) if digits.startswith(start)), 3)
    rest = digits[area:]
    cuts = {6: (3, 6), 7: (3, 5, 7), 8: (3, 6, 8)}[len(rest)]
    return f"{digits[:area]}-" + " ".join(rest[start:end] for start, end in zip((0, *cuts), cuts, strict=False))


def abroad(number: str) -> str:
    """Write a foreign number with its country code and spaces."""
    if number.startswith("+33"):
        return f"+33 {number[3]} " + " ".join(number[place : place + 2] for place in range(4, 12, 2))
    return f"+1 {number[2:5]} {number[5:8]} {number[8:]}" if number else ""


def digits_of(number: str) -> str:
    """Return what a caller dials: 0701740605 at home, 00 and the country code abroad."""
    return "0" + number[3:] if number.startswith("+46") else "00" + number[1:]
