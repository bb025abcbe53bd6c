"""Figures for a steering group: whole months alone, small cells suppressed, each chart with its table."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.casebook.visits import outcomes
from pipeline.outreach.figures import days_to_offer, figures
from review.rendering import month, place_name
from review.visit import Answer, Shown, Visit

VIEWS = ("month", "municipality", "lane")


def statistics(visit: Visit) -> Answer:
    """Show outcomes by month, area and lane, up to the end of the last whole month (in a made-up installation up to now)."""
    visit.audit("read the statistics")
    found = outcomes(visit.book)
    until = visit.now.date() + timedelta(days=1) if visit.place.made_up else first_of_month(visit.now.date())
    tables = {name: figures(found, by=name, until=until) for name in VIEWS}
    labels = {name: [_label(visit, name, row) for row in table.names] for name, table in tables.items()}
    return Shown(template="statistics.html", values={"tables": tables, "labels": labels, "until": until, "days": days_to_offer(found, until=until)})


def _label(visit: Visit, view: str, row: str) -> str:
    """Return what a row of a table is called: a month as nov 2026, a lane by its word, a municipality by its name."""
    if view == "month":
        return month(row, language=visit.language)
    if view == "lane":
        return visit.word(f"lane.{row}") if row in ("R2", "R3") else row
    return place_name(row) or visit.word("words.unknown")


def first_of_month(day: date) -> date:
    """Return the first day of a day's month: what lies before it is whole months."""
    return day.replace(day=1)
