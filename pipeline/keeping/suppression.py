"""Who was erased is left out by every reader at once, before the data itself is gone.

The casebook holds the rows; a small encrypted file beside the snapshots repeats them for readers that may not open the casebook.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.home import Home
from pipeline.keeping.erasure import clear, sync

FILE = "suppressed.duckdb"
# Columns that name a person's ads or contact; a table of the snapshot is narrowed by those it has.
AD_COLUMNS = ("ad_id", "left_ad", "right_ad")
CONTACT_COLUMNS = ("contact_id",)


def suppressed_file(home: Home) -> Path:
    """Return where the erased are named for readers."""
    return home.published / FILE


def write_suppressed(home: Home, contacts: Iterable[str], snapshots: Iterable[tuple[Path, str, str]]) -> int:
    """Write the file anew: the contacts, and the ads that any of the snapshots shows with them. Returns how many ads.

    Args:
        snapshots: each with its key and the table that names contacts: (path, key, table).
    """
    wanted = sorted(set(contacts))
    ads: set[int] = set()
    for path, key, table in snapshots:
        ads |= _ads_with(path, key, table, wanted)
    fresh = home.published / (FILE + ".new")
    clear(fresh)
    con = connect(memory_limit="256MB", threads=1)
    try:
        attach(con, fresh, name="fresh", key=home.key("analyst"))
        con.execute("CREATE TABLE fresh.contact AS SELECT unnest($contacts::VARCHAR[]) AS contact_id", {"contacts": wanted})
        con.execute("CREATE TABLE fresh.ad AS SELECT unnest($ads::BIGINT[]) AS ad_id", {"ads": sorted(ads)})
        con.execute("CHECKPOINT fresh")
    finally:
        con.close()
    sync(fresh)
    os.replace(fresh, suppressed_file(home))
    sync(home.published)
    return len(ads)


def _ads_with(path: Path, key: str, table: str, contacts: list[str]) -> set[int]:
    con = connect(memory_limit="1GB", threads=1)
    try:
        attach(con, path, name="snapshot", key=key, read_only=True)
        con.execute("USE snapshot")
        found = con.table(table).filter(duckdb.FunctionExpression("list_contains", duckdb.ConstantExpression(contacts), duckdb.ColumnExpression("contact_id")))
        return {int(row[0]) for row in found.select("ad_id").distinct().fetchall()}
    finally:
        con.close()


def leave_out(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Narrow every table of the attached `snapshot` by a view of the same name that leaves the erased out; nothing when nobody was."""
    path = suppressed_file(home)
    if not path.is_file():
        return
    attach(con, path, name="suppressed", key=home.key("analyst"), read_only=True)
    con.execute("CREATE TEMP TABLE suppressed_ad AS SELECT ad_id FROM suppressed.ad")
    con.execute("CREATE TEMP TABLE suppressed_contact AS SELECT contact_id FROM suppressed.contact")
    con.execute("DETACH suppressed")
    rows = con.execute("SELECT table_name, list(column_name) FROM duckdb_columns() WHERE database_name = 'snapshot' GROUP BY table_name").fetchall()
    for table, columns in rows:
        rules = [f'"{name}" NOT IN (SELECT ad_id FROM suppressed_ad)' for name in AD_COLUMNS if name in columns]
        rules += [f'"{name}" NOT IN (SELECT contact_id FROM suppressed_contact)' for name in CONTACT_COLUMNS if name in columns]
        if rules:  # names come from the snapshot's own catalogue
            con.execute(f'CREATE TEMP VIEW "{table}" AS SELECT * FROM snapshot.main."{table}" WHERE {" AND ".join(rules)}')
