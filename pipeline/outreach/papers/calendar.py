"""A list as calendar entries with neutral titles: who sees a colleague's calendar learns nothing of whom they meet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from pipeline.outreach.local_time import read_day
from pipeline.outreach.papers.layout import Copy, say


def as_ics(body: Mapping[str, Any], copy: Copy) -> bytes:
    """Return one whole-day entry a row, on the last day that makes sense: before the person probably leaves and before the list expires."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lykta//" + str(body["list_id"]) + "//SV")
    calendar.add("version", "2.0")
    created, last = read_day(str(body["created"])), read_day(str(body["expires"]))
    for row in body["rows"]:
        leaves = read_day(str(row["expected_to_leave"]))
        day = min(max(created + timedelta(days=1), created), max(created, leaves), last)
        calendar.add_component(_event(body, row, day, copy))
    return bytes(calendar.to_ical())


def _event(body: Mapping[str, Any], row: Mapping[str, Any], day: date, copy: Copy) -> Event:
    event = Event()
    event.add("uid", f"{body['list_id']}-{row['row']}-{copy.number}@lykta.invalid")
    event.add("dtstamp", read_day(str(body["created"])))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", say(copy.language, "event"))
    event.add("description", f"{body['list_id']} / {row['row']} / {copy.number}")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say(copy.language, "event"))
    alarm.add("trigger", timedelta(hours=-12))
    event.add_component(alarm)
    return event
