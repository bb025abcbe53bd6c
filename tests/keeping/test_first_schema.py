"""What the first program wrote comes forward to today's with every value it had, and today's program goes on from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlcipher3

from crawler.records.duckdb_file import attach, connect
from pipeline.casebook.book import Casebook
from pipeline.casebook.migrate import steps
from pipeline.failure import Failure
from pipeline.keeping.upgrade import upgrade
from pipeline.publish import open_snapshot
from tests.keeping.world import START, Installation

FIRST = Path(__file__).parent / "first"
KEY, AUDIT_KEY = "1" * 64, "2" * 64
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' ORDER BY table_name"
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@pytest.fixture
def first_store(tmp_path: Path) -> Installation:
    """An installation whose store is the first program's."""
    town = Installation(tmp_path / "home")
    con = opened(town)
    con.execute((FIRST / "store.sql").read_text("utf-8"))
    con.close()
    return town


def opened(town: Installation) -> duckdb.DuckDBPyConnection:
    con = connect(memory_limit="256MB", threads=1)
    attach(con, town.home.store, name="store", key=town.home.key("store"))
    con.execute("USE store")
    return con


def rows_of(town: Installation, asked: Rows | None = None) -> Rows:
    """Return every table's columns and rows; with `asked`, of its tables and columns alone."""
    con, found = opened(town), {}
    for (table,) in con.execute(TABLES).fetchall():
        if asked is None or table in asked:
            columns = con.table(table).columns if asked is None else asked[table][0]
            found[table] = (columns, sorted(con.table(table).select(*columns).fetchall(), key=repr))
    con.close()
    return found


def test_R11_a_store_of_the_first_program_comes_forward_with_every_value_and_a_night_goes_on_from_it(first_store: Installation) -> None:
    before = rows_of(first_store)
    assert len(before) == 31 and all(len(rows) == (1 if table == "schema_version" else 2) for table, (_, rows) in before.items())
    with pytest.raises(Failure, match=r"written by an earlier program; it lacks .+\. Run: lykta backup, then lykta upgrade"):
        first_store.night(START)
    counts = upgrade(first_store.home, first_store.settings.general.machine)
    assert rows_of(first_store, before) == before
    assert {table: rows for table, rows in counts.items() if rows} == dict.fromkeys(set(before) - {"schema_version"}, 2)
    first_store.night(START)
    snapshot, run, _ = open_snapshot(first_store.home, "review")
    snapshot.close()
    assert run == f"{START:%Y-%m-%d}"


def casebook_rows(con: Any, asked: Rows | None = None) -> Rows:
    found: Rows = {}
    for (table,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall():
        if asked is None or table in asked:
            cursor = con.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # names come from the schema
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def test_R11_a_casebook_of_the_first_program_comes_forward_with_every_decision_and_its_audit_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "casebook.db"
    con = sqlcipher3.connect(str(path))
    con.execute(f"PRAGMA key = \"x'{KEY}'\"")
    con.executescript((FIRST / "casebook.sql").read_text("utf-8"))
    before = casebook_rows(con)
    con.close()
    with Casebook.open(path, key=KEY, audit_key=AUDIT_KEY) as book:
        after = casebook_rows(book.con, before)
        assert after.pop("schema_version")[1] == [(max(steps()),)] and before.pop("schema_version")[1] == [(1,)]
        assert after == before
        assert book.first_broken_row() is None
        assert [(one.cluster, one.decision, one.approver) for one in book.judgements().values()] == [
            ("k-1", "approve", "bertil"), ("k-2", "dismiss", ""), ("k-3", "unsure", "")
        ]  # fmt: skip
        assert book.log_in("anna", "ett ganska långt lösenord", now=START) == "coordinator"
        with pytest.raises(sqlcipher3.IntegrityError, match="never changed"):
            book.con.execute("UPDATE judgement SET decider = 'bertil'")
