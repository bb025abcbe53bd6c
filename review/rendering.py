"""Pages from templates: every value escaped, other people's text made visible, dates and numbers in the reader's language."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import jinja2
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from pipeline.outreach.local_time import read_day, read_moment
from pipeline.outreach.sentences import came
from pipeline.reading.places import municipality_names
from review.policy import allowed
from review.security import worn_token
from review.shown import address, visible
from review.visit import Visit
from review.words import LANGUAGES

# What stands in the menu, in order: the page's name in the words, its route, its path.
MENU = (
    ("queue", "/ko"),
    ("lists", "/besokslista"),
    ("week", "/vecka"),
    ("outcomes", "/aterkoppling"),
    ("tips", "/tips"),
    ("venues", "/salonger"),
    ("messages", "/meddelanden"),
    ("statistics", "/statistik"),
    ("requests", "/registerutdrag"),
    ("disclosures", "/utlamnat"),
    ("safeguarding", "/barn"),
    ("log", "/logg"),
    ("health", "/halsa"),
    ("training", "/ovning"),
    ("accounts", "/konton"),
)


_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")


@functools.cache
def templates() -> jinja2.Environment:
    """Return the templates; an unknown value stops the page instead of leaving a hole."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("review", "templates"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(visible=visible, address=address, place=place_name)
    made.policies["ext.i18n.trimmed"] = True
    return made


def place_name(code: object) -> str:
    """Return a municipality's name by its code; the code itself when it is unknown, '' for none."""
    return municipality_names().get(str(code), str(code)) if code else ""


def render(visit: Visit, template: str, values: Mapping[str, Any]) -> str:
    """Render a page for a visit."""
    language = visit.language
    frame = {
        "w": visit.word,
        "language": language,
        "tongues": [code for code in LANGUAGES if code != language],
        "session": visit.session,
        "csrf": worn_token(visit.session.csrf if visit.session else ""),
        "path": visit.path,
        "route": visit.route,
        "menu": [(name, path) for name, path in MENU if visit.session and allowed(name, visit.role)],
        "made_up": visit.place.made_up,
        "now": visit.now,
        "day": functools.partial(day, language=language),
        "moment": functools.partial(moment, language=language),
        "clock": clock,
        "dated": functools.partial(dated, language=language),
        "came": functools.partial(came, language),
        "figure": functools.partial(figure, language=language),
        "ago": functools.partial(ago, visit=visit),
    }
    return templates().get_template(template).render({**frame, **values})


@functools.lru_cache(maxsize=4096)
def day(value: datetime | date | str, *, language: str, year: bool = False) -> str:
    """Return a day as 3 nov or 3 nov 2026."""
    meant = read_day(value)
    if year:
        return str(format_date(meant, "d MMM yyyy", locale=language)).replace(".", "")
    return str(format_date(meant, "d MMM", locale=language)).replace(".", "")


def month(value: str, *, language: str) -> str:
    """Return a month, given as 2026-11, as nov 2026."""
    return str(format_date(date.fromisoformat(f"{value}-01"), "MMM yyyy", locale=language)).replace(".", "")


@functools.lru_cache(maxsize=4096)
def moment(value: datetime | str, *, language: str) -> str:
    """Return a moment as 3 nov 2026 14:05."""
    return str(format_datetime(read_moment(value), "d MMM yyyy HH:mm", locale=language)).replace(".", "")


def dated(text: str, *, language: str) -> str:
    """Return a text with the days in it, kept as 2026-11-03, as the reader writes them."""
    return _DAY.sub(lambda found: day(found.group(), language=language, year=True), text)


def clock(value: datetime | str) -> str:
    """Return the time of day of a moment as 14:05."""
    return f"{read_moment(value):%H:%M}"


def figure(value: float | str, *, language: str) -> str:
    """Return a figure as the language writes it: with one decimal below ten, whole above; a text as it is."""
    if isinstance(value, str):
        return value
    return str(format_decimal(round(value, 1) if abs(value) < 10 else round(value), locale=language))


def ago(value: datetime | str, *, visit: Visit) -> str:
    """Return how long ago a day was, in days: i natt, i går, för 3 dagar sedan."""
    language, days = visit.language, (read_day(visit.place.as_of()) - read_day(value)).days
    if days <= 0:
        return "i natt" if language == "sv" else "last night"
    if days == 1:
        return "i går" if language == "sv" else "yesterday"
    return f"för {days} dagar sedan" if language == "sv" else f"{days} days ago"
