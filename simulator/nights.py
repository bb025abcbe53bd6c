"""When the made-up crawls happen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

START = time(1, 30)  # UTC
SPAN_S = 14_400  # seconds that a night's crawl takes


def night_start(until: date, nights: int, night: int) -> datetime:
    """Return when the crawl of a night begins; night 0 is the first of the window, nights - 1 falls on `until`. Naive UTC."""
    return datetime.combine(until - timedelta(days=nights - 1 - night), START)


def second_of(number: int) -> int:
    """Return how many seconds after the start an ad is fetched, by its number; the same every night."""
    return number * 7919 % SPAN_S
