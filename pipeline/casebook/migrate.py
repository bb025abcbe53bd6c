"""Bring a casebook to the newest schema: each step once, in order, whole or not at all."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import sqlcipher3

from pipeline.failure import Exit, Failure

FIRST_VERSION = 1  # schema.sql


def steps() -> dict[int, str]:
    """Return the SQL that leads to each version above the first, in order."""
    found = sorted(entry.name for entry in (files("pipeline.casebook") / "migrations").iterdir() if entry.name.endswith(".sql"))
    return {int(name[:4]): (files("pipeline.casebook") / "migrations" / name).read_text("utf-8") for name in found}


def migrate(con: Any) -> int:
    """Bring an open casebook to the newest version and return that.

    Raises:
        Failure: the file was written by a newer program (8); nothing is changed then.
    """
    known = steps()
    newest = max([FIRST_VERSION, *known])
    if _version(con) == newest:
        return newest
    con.execute("BEGIN IMMEDIATE")
    try:
        version = _version(con)
        if version > newest:
            raise Failure(Exit.MISSING, f"The casebook has schema {version}; this program knows {newest}. Use the newer program.")
        for number in range(version + 1, newest + 1):
            for statement in _statements(known[number]) if number in known else ():
                con.execute(statement)
        con.execute("DELETE FROM schema_version")
        con.execute("INSERT INTO schema_version VALUES (?)", (newest,))
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return newest


def _version(con: Any) -> int:
    row = con.execute("SELECT max(version) FROM schema_version").fetchone()
    return int(row[0] or FIRST_VERSION)


def _statements(script: str) -> list[str]:
    """Split a script into statements; a trigger's inner semicolons stay inside it."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlcipher3.complete_statement(current):
            found.append(current)
            current = ""
    return found
