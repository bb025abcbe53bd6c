"""Try an indicator on its own examples, in a store of few rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from string import Formatter
from typing import Any

import duckdb
import pyarrow as pa

from indicators.catalogue import FIXED, catalogue, rule_rows, sentences
from indicators.model import Example, Indicator

EMPTY = {"BIGINT": 0, "INTEGER": 0, "UTINYINT": 0, "DOUBLE": 1.0, "BOOLEAN": False, "VARCHAR": "", "TIMESTAMP": datetime(2026, 11, 1), "BLOB": b""}


def faults(con: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator] | None = None) -> list[str]:
    """Try all examples, by default of all indicators there are, and list those that do not hold; takes three seconds of processor time.

    Args:
        con: a store without rows, with the tables that rules read; it is left without rows.
    """
    found = catalogue() if indicators is None else indicators
    return [f"indicators/{item.id}.py: {fault}" for item in found for fault in _tried(con, item)]


def try_example(con: duckdb.DuckDBPyConnection, indicator: Indicator, example: Example) -> list[dict[str, Any]]:
    """Run a rule on the rows of one example and leave the store as it was.

    Args:
        con: a store without rows, with the tables that rules read.

    Raises:
        ValueError: the example names a table or column that the store does not have.
        duckdb.Error: the rule is not valid SQL, or asks for a parameter that the indicator does not declare.
    """
    con.execute("BEGIN")
    try:
        for table, rows in example.given.items():
            add_rows(con, table, rows)
        return rule_rows(con, indicator, indicator.params)
    finally:
        con.execute("ROLLBACK")


def add_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows; a column that a row leaves out gets an empty value of its kind.

    Raises:
        ValueError: there is no such table, or it has no such column.
    """
    try:
        relation = con.table(table)
    except duckdb.CatalogException as error:
        raise ValueError(f"{table} is not a table that rules read") from error
    kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    if unknown := sorted({name for row in rows for name in row} - set(kinds)):
        raise ValueError(f"{table} has no column {', '.join(unknown)}")
    if rows:
        columns = {name: pa.array([row[name] if name in row else EMPTY.get(kind) for row in rows]) for name, kind in kinds.items()}
        con.from_arrow(pa.table(columns)).insert_into(table)


def _tried(con: duckdb.DuckDBPyConnection, item: Indicator) -> Iterator[str]:
    for example in item.examples:
        try:
            yield from _tried_one(con, item, example)
        except (duckdb.Error, ValueError, KeyError) as error:
            yield f"example “{example.name}” cannot be tried: {str(error).splitlines()[0]}"


def _tried_one(con: duckdb.DuckDBPyConnection, item: Indicator, example: Example) -> Iterator[str]:
    rows = try_example(con, item, example)
    found = {row["subject"] for row in rows}
    if found != example.finds:
        yield f"example “{example.name}” finds {_listed(found)}, and says {_listed(example.finds)}"
    slots = {name for text in (item.explain.sv, item.explain.en) for _, name, _, _ in Formatter().parse(text) if name}
    for row in rows:
        if missing := sorted(slots - set(row) | slots & set(FIXED)):
            yield f"the rule gives no {', '.join(missing)}, which the explanation names"
        elif not row["evidence"] or any(None in shown.values() for shown in row["evidence"]) or "None" in " ".join(sentences(item, row)):
            yield f"example “{example.name}” is found without evidence or with a hole in its sentence"


def _listed(subjects: Iterable[str]) -> str:
    return ", ".join(sorted(subjects)) or "nothing"
