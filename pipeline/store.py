"""The store: one encrypted DuckDB file, written by the nightly run alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure

SCHEMA_VERSION = 1
LACKING = """
SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE database_name = 'todays'
EXCEPT SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE database_name = $here
ORDER BY 1
"""


def sql(name: str) -> str:
    """Return the text of `pipeline/sql/<name>.sql`."""
    return (files("pipeline") / "sql" / f"{name}.sql").read_text("utf-8")


def keeping_sql(name: str) -> str:
    """Return the text of `pipeline/keeping/<name>.sql`."""
    return (files("pipeline.keeping") / f"{name}.sql").read_text("utf-8")


def make_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the store's empty tables, with what each is, in the database in use: all in one transaction, which is 20 times as fast."""
    con.begin()
    con.execute(sql("schema"))
    con.execute(sql("comments"))
    con.commit()


def lacking_columns(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the columns, as table.column, that today's schema has and the database in use lacks."""
    here = con.execute("SELECT current_database()").fetchall()[0][0]
    con.execute("ATTACH ':memory:' AS todays")
    con.execute("USE todays")
    con.execute(sql("schema"))
    con.execute("USE " + here)
    rows = con.execute(LACKING, {"here": here}).fetchall()
    con.execute("DETACH todays")
    return [str(row[0]) for row in rows]


def open_store(path: Path, *, key: str, spill: Path, memory_limit: str = "2GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Open the store for writing, with its tables in place, as the default database of the connection.

    Raises:
        Failure: another process holds the file (5), or the key does not open it or the file is damaged (6).
    """
    con = connect(memory_limit=memory_limit, threads=threads, spill=spill)
    try:
        attach(con, path, name="store", key=key)
    except duckdb.Error as error:
        con.close()
        if "lock" in str(error).lower():
            raise Failure(Exit.BUSY, f"{path}: another run is writing it. Wait for it, then run this again.") from error
        raise Failure(Exit.INTEGRITY, f"{path}: its key does not open it, or the file is damaged. Restore a backup, or put the right key back.") from error
    con.execute("USE store")
    version = _made(con)
    lacks = lacking_columns(con)
    if lacks:
        con.close()
        raise Failure(Exit.INTEGRITY, f"{path}: written by an earlier program; it lacks {', '.join(lacks[:5])}. Run: lykta backup, then lykta upgrade")
    if version != SCHEMA_VERSION:
        con.close()
        raise Failure(Exit.INTEGRITY, f"{path}: schema version {version}, this program reads {SCHEMA_VERSION}. Use the program that wrote it.")
    return con


def _made(con: duckdb.DuckDBPyConnection) -> int:
    """Make the tables that are not there, all or none, and return the version of the schema; a new store gets its comments with them."""
    con.begin()
    con.execute(sql("schema"))
    version = con.execute("SELECT max(version) FROM schema_version").fetchall()[0][0]
    if version is None:
        con.execute(sql("comments"))
        con.execute("INSERT INTO schema_version VALUES ($version)", {"version": SCHEMA_VERSION})
    con.commit()
    return SCHEMA_VERSION if version is None else int(version)
