"""A list as a tagged PDF (PDF/UA-1) for A4, and as pictures of its pages for a look at it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import typst

from pipeline.outreach.local_time import read_day
from pipeline.outreach.papers.layout import Copy, cell, columns, heading, marks, say

IN_TITLE = ("row", "case", "band", "municipality", "venue_type", "last_seen", "expected_to_leave", "note")
NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
LINES = ("why", "not_known", "alternatives")


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def as_pdf(body: Mapping[str, Any], copy: Copy) -> bytes:
    """Return a list as PDF/UA-1: the maker refuses to write one whose structure is not accessible.

    A character that the font does not have stands as ?: a list that is taken along tonight must not fail for one sign in it.
    """
    unshown: frozenset[str] = frozenset()
    while True:
        try:
            made = typst.compile(_source(), format="pdf", font_paths=_fonts(), sys_inputs=_inputs(body, copy, unshown), pdf_standards=["ua-1"])
            return bytes(made) if isinstance(made, bytes) else b""
        except typst.TypstError as error:
            more = _without_glyph(str(error.diagnostic)) - unshown
            if not more:
                raise
            unshown |= more


def _without_glyph(complaint: str) -> frozenset[str]:
    """Return the characters of which the maker says that its font cannot show them."""
    named = "".join(NO_GLYPH.findall(complaint))
    escaped = {chr(int(code, 16)) for code in ESCAPED.findall(named)}
    return frozenset(escaped | set(ESCAPED.sub("", named)))


def _replaced(value: Any, table: Mapping[int, str]) -> Any:
    """Return a value with the table's characters replaced in every text of it."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [_replaced(part, table) for part in value]
    return {name: _replaced(part, table) for name, part in value.items()} if isinstance(value, dict) else value


def as_pictures(body: Mapping[str, Any], copy: Copy, *, dots_per_inch: int = 80) -> list[bytes]:
    """Return the pages of the same PDF as PNG."""
    made = typst.compile(_source(), format="png", ppi=float(dots_per_inch), font_paths=_fonts(), sys_inputs=_inputs(body, copy, frozenset()))
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


@functools.cache
def _source() -> bytes:
    return (files("pipeline.outreach.papers") / "list.typ").read_bytes()


def _inputs(body: Mapping[str, Any], copy: Copy, unshown: frozenset[str]) -> dict[str, str]:
    """Hand the list to the layout as JSON: its values are texts there, never markup. Characters in `unshown` stand as ?."""
    said, language = marks(body, copy), copy.language
    names = [name for name in columns(body) if name not in IN_TITLE]
    mark = say(language, "number", list_id=body["list_id"], copy=copy.number) + " · " + copy.by
    shown = {
        "language": language,
        "title": f"{say(language, 'title')} {body['list_id']}" + (f" ({say(language, 'made_up')})" if copy.made_up else ""),
        "marks": said[1:] if copy.made_up else said,
        "watermark": mark,
        "footer": " · ".join([*([said[0]] if copy.made_up else []), mark, say(language, "valid", expires=read_day(str(body["expires"])))]),
        "abort": say(language, "abort"),
        "field": "Uppgift" if language == "sv" else "Field",
        "says": "Innehåll" if language == "sv" else "Content",
        "rows": [_block(row, names, language) for row in body["rows"]],
    }
    return {"list": json.dumps(_replaced(shown, dict.fromkeys(map(ord, unshown), "?")), ensure_ascii=False)}


def _block(row: Mapping[str, Any], names: list[str], language: str) -> dict[str, Any]:
    where = [
        cell("municipality", row["municipality"], language),
        cell("venue_type", row["venue_type"], language),
        f"{heading(language, 'last_seen').lower()} {cell('last_seen', row['last_seen'], language)}",
    ]
    leaves = f"{heading(language, 'expected_to_leave').lower()} {cell('expected_to_leave', row['expected_to_leave'], language)}"
    return {
        "title": f"{row['row']}. {row['case']}" + (f" · band {row['band']}" if row["band"] else ""),
        "where": " · ".join(part for part in [*where, leaves] if part),
        "cells": [[heading(language, name), _lines(name, row[name], language) or say(language, "none")] for name in names],
    }


def _lines(name: str, value: object, language: str) -> str:
    """Return a cell for the paper: several sentences each on a line of their own."""
    if name in LINES and isinstance(value, list) and len(value) > 1:
        return "\n".join(f"– {item}" for item in value)
    return cell(name, value, language)
