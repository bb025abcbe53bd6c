"""The indicators there are: every module of this package beside which a rule lies, in order of name."""

from __future__ import annotations

import functools
import importlib
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import duckdb

from indicators.model import Indicator, Source

FIXED = ("cluster_id", "subject", "strength", "last_supported", "evidence")  # what every rule gives; its other columns fill the sentence


@functools.cache
def read_files() -> tuple[tuple[Indicator, ...], tuple[str, ...]]:
    """Read every indicator's file. Returns those that can be read, by id, and a sentence for each that cannot."""
    found, wrong = [], []
    for name in sorted(entry.name.removesuffix(".sql") for entry in files("indicators").iterdir() if entry.name.endswith(".sql")):
        try:
            found.append(importlib.import_module(f"indicators.{name}").INDICATOR)
        except (ImportError, SyntaxError, TypeError, ValueError, NameError, AttributeError) as error:
            wrong.append(f"indicators/{name}.py: cannot be read: {_first_line(error)}")
    return tuple(found), tuple(wrong)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].removeprefix("Indicator.__init__() ")


def catalogue() -> tuple[Indicator, ...]:
    """Return all indicators, by id; a file that cannot be read is a fault (indicators/faults.py), and nothing starts with one."""
    return read_files()[0]


@functools.cache
def sources() -> Mapping[str, Source]:
    """Return the literature by id, as indicators/sources.toml gives it."""
    raw = tomllib.loads((files("indicators") / "sources.toml").read_text("utf-8"))
    return {name: Source(id=name, **said) for name, said in raw.items()}


@functools.cache
def rule_text(indicator: str) -> str:
    """Return the SQL of the rule with this id."""
    return (files("indicators") / f"{indicator}.sql").read_text("utf-8")


def rule_rows(con: duckdb.DuckDBPyConnection, indicator: Indicator, params: Mapping[str, float]) -> list[dict[str, Any]]:
    """Run a rule on a store that has the tables it reads.

    Returns:
        One row a finding: cluster_id (None for an ad on its own), subject, strength, last_supported, evidence (ad_id, field, shown), and
        what the sentence is filled with.
    """
    cursor = con.execute(rule_text(indicator.id), dict(params))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sentences(indicator: Indicator, row: Mapping[str, Any]) -> tuple[str, str]:
    """Fill the explanation with a finding's values, in Swedish and in English."""
    values = {key: value for key, value in row.items() if key not in FIXED}
    return indicator.explain.sv.format(**values), indicator.explain.en.format(**values)
