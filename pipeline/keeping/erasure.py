"""Deleting that deletes: from every table, and from the file itself, where DuckDB would keep freed blocks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.home import Home
from pipeline.settings import Machine
from pipeline.store import keeping_sql, make_tables

VERSIONS = "CREATE OR REPLACE TEMP TABLE version_of AS SELECT version_id, ad_id FROM ad_version UNION SELECT version_id, ad_id FROM observed"
SUPPRESSED_ADS = "CREATE OR REPLACE TEMP TABLE gone_ad AS SELECT DISTINCT ad_id FROM contact WHERE contact_id IN (SELECT unnest($contacts::VARCHAR[]))"
NO_VERSIONS = "CREATE OR REPLACE TEMP TABLE gone_version (version_id BIGINT); CREATE OR REPLACE TEMP TABLE gone_text (version_id BIGINT)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """How many ads, and how many texts of ads that stay, were let go of."""

    ads: int
    texts: int


def forget(con: duckdb.DuckDBPyConnection) -> Gone:
    """Delete what temp tables gone_version, gone_text and gone_ad name, and all that hung on it. The caller holds a transaction."""
    con.execute(VERSIONS)
    before = _count(con, "SELECT count(*) FROM ad"), _count(con, "SELECT count(*) FROM ad_version")
    con.execute(keeping_sql("forget"))
    after = _count(con, "SELECT count(*) FROM ad"), _count(con, "SELECT count(*) FROM ad_version")
    return Gone(ads=before[0] - after[0], texts=before[1] - after[1])


def forget_contacts(con: duckdb.DuckDBPyConnection, contacts: Sequence[str]) -> Gone:
    """Delete every ad that shows one of the contacts (pseudonyms of the present key)."""
    if not contacts:
        return Gone(ads=0, texts=0)
    con.execute(NO_VERSIONS)
    con.execute(SUPPRESSED_ADS, {"contacts": list(contacts)})
    if not _count(con, "SELECT count(*) FROM gone_ad"):
        return Gone(ads=0, texts=0)
    return forget(con)


def _count(con: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(con.execute(question).fetchall()[0][0])


def copy_tables(con: duckdb.DuckDBPyConnection, source: str, target: str) -> dict[str, int]:
    """Copy every table of one attached database into another that has the same empty tables. Returns rows a table.

    Raises:
        ValueError: a table came out with another number of rows.
    """
    counts: dict[str, int] = {}
    for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = $name ORDER BY table_name", {"name": source}).fetchall():
        counts[table] = _count(con, "SELECT count(*) FROM " + _named(source, table))
        con.execute("INSERT INTO " + _named(target, table) + " BY NAME SELECT * FROM " + _named(source, table))
        if _count(con, "SELECT count(*) FROM " + _named(target, table)) != counts[table]:
            raise ValueError(f"{table} was not copied whole")
    return counts


def _named(database: str, table: str) -> str:
    return '"' + database + '"."' + table + '"'


def rewrite_if_needed(home: Home, machine: Machine) -> bool:
    """Write the store anew when something was deleted since it was last. The caller holds the night's lock; nobody has the store open."""
    con = connect(memory_limit=machine.memory_limit, threads=machine.threads, spill=home.spill)
    try:
        attach(con, home.store, name="store", key=home.key("store"))
        if not _count(con, "SELECT count(*) FROM store.purged WHERE NOT rewritten"):
            return False
        rewrite(con, home.store, key=home.key("store"))
        return True
    finally:
        con.close()


def rewrite(con: duckdb.DuckDBPyConnection, path: Path, *, key: str) -> None:
    """Copy the attached `store` into a new encrypted file and put it in the old one's place, in one step.

    A kill before that step leaves the old file, and a leftover beside it that the next rewrite removes.
    """
    fresh = path.with_name(path.name + ".rewritten")
    clear(fresh)
    attach(con, fresh, name="rewritten", key=key)
    con.execute("USE rewritten")
    make_tables(con)
    copy_tables(con, "store", "rewritten")
    con.execute("UPDATE purged SET rewritten = true WHERE NOT rewritten")
    con.execute("CHECKPOINT rewritten")
    con.execute("USE memory")
    con.execute("DETACH rewritten")
    con.execute("CHECKPOINT store")
    con.execute("DETACH store")
    put_in_place(fresh, path)


def clear(path: Path) -> None:
    """Remove a DuckDB file and its log, when they exist."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Put one file in another's place, safe against a power cut. The old one's log must be empty: it is removed first."""
    sync(fresh)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    os.replace(fresh, path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
