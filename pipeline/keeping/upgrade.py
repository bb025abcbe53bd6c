"""Bring a store that an earlier program wrote to today's tables, on a copy that takes its place when it is whole."""

from __future__ import annotations

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping.erasure import clear, put_in_place
from pipeline.settings import Machine
from pipeline.store import SCHEMA_VERSION, make_tables

COLUMNS = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = $name ORDER BY table_name, column_index"


def upgrade(home: Home, machine: Machine) -> dict[str, int]:
    """Write the store anew with today's tables; columns that are new are empty until the next night fills them. Returns rows a table.

    The caller holds the night's lock. A kill before the last step leaves the old store as it was.

    Raises:
        Failure: there is none (4), a newer program wrote it, or a new column cannot be left empty (6); nothing is changed then.
    """
    if not home.store.exists():
        raise Failure(Exit.NOTHING, "There is no store yet.")
    fresh = home.store.with_name(home.store.name + ".upgraded")
    clear(fresh)
    con = connect(memory_limit=machine.memory_limit, threads=machine.threads, spill=home.spill)
    try:
        attach(con, home.store, name="store", key=home.key("store"))
        _refuse_newer(con)
        attach(con, fresh, name="upgraded", key=home.key("store"))
        con.execute("USE upgraded")
        make_tables(con)
        counts = _copied(con)
        con.execute("CHECKPOINT upgraded")
        con.execute("USE memory")
        con.execute("DETACH upgraded")
        con.execute("CHECKPOINT store")
    except duckdb.ConstraintException as error:
        raise Failure(Exit.INTEGRITY, f"The store cannot be brought forward: {str(error).splitlines()[0][:160]}. Nothing was changed.") from error
    finally:
        con.close()
    put_in_place(fresh, home.store)
    return counts


def _refuse_newer(con: duckdb.DuckDBPyConnection) -> None:
    version = con.execute("SELECT max(version) FROM store.schema_version").fetchall()[0][0]
    if version is not None and version > SCHEMA_VERSION:
        raise Failure(Exit.INTEGRITY, f"A newer program wrote the store (schema {version}; this one knows {SCHEMA_VERSION}). Nothing was changed.")


def _copied(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Copy what both have, table by table; rows are counted on both sides."""
    old, new = _columns(con, "store"), _columns(con, "upgraded")
    counts: dict[str, int] = {}
    for table in new:
        if table in old and table != "schema_version":
            shared = ", ".join(f'"{name}"' for name in new[table] if name in old[table])  # names come from the two catalogues, not from data
            con.execute(f'INSERT INTO upgraded."{table}" ({shared}) SELECT {shared} FROM store."{table}"')
            counts[table], before = (int(con.execute(f'SELECT count(*) FROM {name}."{table}"').fetchall()[0][0]) for name in ("upgraded", "store"))
            if counts[table] != before:
                raise Failure(Exit.INTEGRITY, f"{table} was not copied whole. Nothing was changed.")
    con.execute("INSERT INTO upgraded.schema_version VALUES ($version)", {"version": SCHEMA_VERSION})
    return counts


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in con.execute(COLUMNS, {"name": database}).fetchall():
        found.setdefault(table, []).append(column)
    return found
