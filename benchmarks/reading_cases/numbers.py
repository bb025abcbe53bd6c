"""Swedish numbers drawn in memory from the whole numbering plan, so that no list of known ones can help."""

from __future__ import annotations

import random

import phonenumbers

MOBILE = ("70", "72", "73", "76", "79")
AREAS = (
    "8",
    "31",
    "40",
    "18",
    "19",
    "21",
    "11",
    "13",
    "36",
    "42",
    "46",
    "44",
    "33",
    "54",
    "90",
    "60",
    "26",
    "35",
    "470",
    "480",
    "500",
    "980",
    "920",
    "413",
    "141",
)


def mobile(stream: random.Random) -> str:
    """Draw a valid Swedish mobile number in national form, ten digits."""
    while True:
        number = "0" + stream.choice(MOBILE) + "".join(stream.choice("0123456789") for _ in range(7))
        if e164(number):
            return number


def landline(stream: random.Random) -> tuple[str, str]:
    """Draw a Swedish landline number as (area, subscriber): six subscriber digits, seven or eight where the area is 8."""
    while True:
        area = stream.choice(AREAS)
        size = stream.choice((6, 7)) if area == "8" else 6 if len(area) == 2 or stream.random() < 0.5 else 5
        rest = stream.choice("23456789") + "".join(stream.choice("0123456789") for _ in range(size - 1))
        if e164(f"0{area}{rest}"):
            return f"0{area}", rest


def e164(number: str) -> str:
    """Return a Swedish national number as E.164, or '' when it is not valid."""
    parsed = phonenumbers.parse(number, "SE")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)) if phonenumbers.is_valid_number(parsed) else ""
