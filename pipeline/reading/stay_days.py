"""The calendar days of a stay: a text says "3-7 december" or "this week", and the day it was written says of which year or week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.reading.model import Stay

PAST = timedelta(days=60)  # a stay that ended longer before the text was written is next year's
SATURDAY = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day of a stay, None when only the last is said, to the last."""

    first: date | None
    last: date


def days_of(stay: Stay, written: date) -> Days | None:
    """Return the days of a stay in a text written on a day, or None for a day that no calendar has ("31 november")."""
    if stay.said != "dates":
        return _around(stay.said, written)
    lasts = [last for year in range(written.year - 1, written.year + 2) if (last := _day(year, stay.last))]
    last = next((last for last in lasts if last >= written - PAST), None)
    if last is None:
        return None
    if not stay.first:
        return Days(first=None, last=last)
    first = _day(last.year if stay.first <= stay.last else last.year - 1, stay.first)
    return Days(first=first, last=last) if first else None


def _around(said: str, written: date) -> Days:
    """Return the days of "today", "tomorrow", "this_week", "next_week" or "weekend"; on a Sunday the weekend is the one that ends."""
    monday = written - timedelta(days=written.weekday())
    first, last = {
        "today": (written, written),
        "tomorrow": (written + timedelta(days=1), written + timedelta(days=1)),
        "this_week": (written, monday + WEEK - timedelta(days=1)),
        "next_week": (monday + WEEK, monday + 2 * WEEK - timedelta(days=1)),
        "weekend": (max(written, monday + timedelta(days=SATURDAY)), monday + WEEK - timedelta(days=1)),
    }[said]
    return Days(first=first, last=last)


def _day(year: int, written: str) -> date | None:
    """Return a day written as "12-03" in a year, or None when the year has no such day."""
    try:
        return date.fromisoformat(f"{year}-{written}")
    except ValueError:
        return None
