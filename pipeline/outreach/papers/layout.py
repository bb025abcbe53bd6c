"""What every file of a list says: column headings and cells as text, in one language, and the mark of the copy."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pipeline.outreach.local_time import read_day, read_moment
from pipeline.reading.places import municipality_names

# A spreadsheet takes a cell that begins so for a formula; the full-width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹣", "﹢", "﹦")
BLANKS = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1)))) + "\u200b\u2028\u2029\ufeff"  # what a spreadsheet may pass over before it
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z")  # UTC, as the casebook writes it
FORBIDDEN = frozenset({"name", "phone", "contact", "text", "title", "body", "nationality", "photo", "price", "score", "total", "url"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of a list: its number, who took it out and when (as shown), and whether everything in it is made up."""

    number: int
    by: str
    at: str
    made_up: bool
    language: str


@functools.cache
def _words() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    raw = tomllib.loads((files("pipeline.outreach.papers") / "words.toml").read_text("utf-8"))
    return {section: {name: (pair[0], pair[1]) for name, pair in table.items()} for section, table in raw.items()}


def say(language: str, name: str, **values: object) -> str:
    """Return one sentence of the files, filled in."""
    return _words()["say"][name][language == "en"].format(**values)


def heading(language: str, column: str) -> str:
    """Return a column's heading."""
    return _words()["columns"][column][language == "en"]


def columns(body: Mapping[str, Any]) -> list[str]:
    """Return the columns of a list in the order of its rows.

    Raises:
        ValueError: a row holds a field that no list may hold, or one that has no heading.
    """
    found = list(body["rows"][0]) if body["rows"] else ["row", "case"]
    wrong = [name for name in found if name in FORBIDDEN or name not in _words()["columns"]]
    if wrong:
        raise ValueError(f"a list must not hold {', '.join(wrong)}")
    return found


def cell(column: str, value: object, language: str) -> str:
    """Return a value as plain text: lists joined by semicolons, municipalities by name, moments by day or minute."""
    said = _words().get(column, {}).get(str(value))
    if said is not None:
        return said[language == "en"]
    if column == "municipality":
        return municipality_names().get(str(value), str(value)) if value else ""
    if column in ("last_seen", "expected_to_leave") and isinstance(value, str):
        return read_day(value).isoformat()
    return MOMENT.sub(lambda found: f"{read_moment(found[0]):%Y-%m-%d %H:%M}", _flat(value))


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_flat(item) for item in value.values())
    if isinstance(value, list | tuple):
        return "; ".join(_flat(item).removesuffix(".") for item in value)
    return "" if value is None else str(value)


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it when it begins like one."""
    return "'" + text if text.lstrip(BLANKS).startswith(FORMULA) or text.startswith(FORMULA) else text


def marks(body: Mapping[str, Any], copy: Copy) -> list[str]:
    """Return the lines that stand on every copy: number, expiry, who took it out, secrecy."""
    said = [
        say(copy.language, "number", list_id=body["list_id"], copy=copy.number),
        say(copy.language, "valid", expires=read_day(str(body["expires"]))),
        say(copy.language, "taken", by=copy.by, at=copy.at),
        say(copy.language, "secret"),
    ]
    return [say(copy.language, "made_up"), *said] if copy.made_up else said
