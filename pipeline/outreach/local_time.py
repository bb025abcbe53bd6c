"""What a reader sees of a moment: the clock on the wall in Sweden. Everything is kept in UTC; this is the one place that turns it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Europe/Stockholm")


def read_moment(value: datetime | str) -> datetime:
    """Return a moment of UTC, given as such (naive) or in ISO 8601 with or without a Z, as Swedish time."""
    meant = datetime.fromisoformat(value.removesuffix("Z")) if isinstance(value, str) else value
    return meant.replace(tzinfo=UTC).astimezone(TIME_ZONE)


def read_day(value: datetime | date | str) -> date:
    """Return the day in Sweden of a moment of UTC; a day that is given as one stays as it is."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) == len("2026-11-03") else datetime.fromisoformat(value.removesuffix("Z"))
    return read_moment(value).date() if isinstance(value, datetime) else value
