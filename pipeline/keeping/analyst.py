"""The analyst's questions: over the published snapshot alone, in a DuckDB that can reach nothing else and is stopped in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping.calls import plain_spaces, refused_call
from pipeline.publish import open_snapshot

SECONDS_MAX = 30.0
MEMORY_MAX = "1GB"
BYTES_MAX = 3 << 29  # that much memory and half as much again, for what is outside DuckDB's own count: `lykta sql` may take no more
ROWS_MAX = 10_000  # rows that are fetched; a question for more is a question for an export


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Columns with their types, rows, and whether there were more than are given."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool


@contextmanager
def open_sandbox(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the analysts' snapshot read-only in a connection that can open nothing else: no file, no network, no extension, no new setting."""
    con, _, _ = open_snapshot(home, "analyst")
    try:
        con.execute("SET memory_limit = '" + MEMORY_MAX + "'")
        con.execute("SET threads = 2")
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions", "allow_persistent_secrets"):
            con.execute("SET " + setting + " = false")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
    finally:
        con.close()


def ask(con: duckdb.DuckDBPyConnection, question: str, *, seconds: float = SECONDS_MAX, rows_max: int = ROWS_MAX) -> Answer:
    """Answer one question.

    Raises:
        Failure: it is not one question (2), would write, read a file, load or set something, or ran over its limits (7); said in one line.
    """
    question = plain_spaces(question)
    _refuse_but_one_select(con, question)
    timer = threading.Timer(seconds, con.interrupt)
    timer.start()
    try:
        result = con.execute(question)
        described = result.description or []
        rows = result.fetchmany(rows_max + 1)
    except duckdb.InterruptException:
        raise Failure(Exit.POLICY, f"Stopped after {seconds:g} seconds. Narrow the question, or ask for fewer rows.") from None
    except (duckdb.OutOfMemoryException, MemoryError):
        raise Failure(Exit.POLICY, f"Stopped: it needs more than {MEMORY_MAX} of memory. Narrow the question.") from None
    except (duckdb.PermissionException, duckdb.InvalidInputException, duckdb.NotImplementedException) as error:
        raise Failure(Exit.POLICY, f"Refused: {_first_line(error)}") from None
    except duckdb.Error as error:
        raise Failure(Exit.USAGE, _first_line(error)) from None
    finally:
        timer.cancel()
    names, types = tuple(str(column[0]) for column in described), tuple(str(column[1]) for column in described)
    return Answer(columns=names, types=types, rows=tuple(rows[:rows_max]), cut=len(rows) > rows_max)


def _refuse_but_one_select(con: duckdb.DuckDBPyConnection, question: str) -> None:
    try:
        refused = refused_call(con, question)
        if refused:
            raise Failure(Exit.POLICY, f"Refused: {refused} reads or changes something other than the snapshot's tables.")
        statements = con.extract_statements(question)
    except duckdb.Error as error:
        raise Failure(Exit.USAGE, _first_line(error)) from None
    if len(statements) != 1:
        raise Failure(Exit.USAGE, f"{len(statements)} statements: ask one question at a time.")
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise Failure(Exit.POLICY, f"Refused: {statements[0].type.name} is no question. Only SELECT, DESCRIBE, SUMMARIZE and EXPLAIN are answered.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the tables that may be asked and their columns, for completion."""
    rows = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'snapshot' ORDER BY table_name, column_index").fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found
