"""A store that an earlier program wrote is refused by name, and brought to today's tables whole or not at all."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.keeping.restore import counts
from pipeline.keeping.upgrade import upgrade
from pipeline.store import open_store
from tests.cli.world import json_of, run
from tests.keeping.world import Installation

# what a program before today's lacked: columns that came later, a whole table, and one column that is no more
EARLIER = (
    "ALTER TABLE store.ad_version DROP COLUMN comments", "ALTER TABLE store.ad_version DROP COLUMN venue", "DROP TABLE store.counter_evidence",
    "ALTER TABLE store.ad ADD COLUMN language VARCHAR",
)  # fmt: skip


def altered(town: Installation, *statements: str) -> None:
    con = connect(memory_limit="256MB", threads=1)
    attach(con, town.home.store, name="store", key=town.home.key("store"))
    for statement in statements:
        con.execute(statement)
    con.close()


def opened(town: Installation) -> duckdb.DuckDBPyConnection:
    return open_store(town.home.store, key=town.home.key("store"), spill=town.home.spill, memory_limit="256MB", threads=1)


def test_a_store_of_an_earlier_program_is_refused_by_name_and_comes_forward_with_its_rows(town: Installation) -> None:
    before = {name: rows for name, rows in counts(town.home).items() if name.startswith("store.")}
    altered(town, *EARLIER)
    with pytest.raises(Failure, match=r"lacks ad_version.comments, ad_version.venue. Run: lykta backup, then lykta upgrade") as refused:
        opened(town)
    assert refused.value.code == Exit.INTEGRITY
    copied = json_of("upgrade", "--home", str(town.home.root))["rows"]
    after = {name: rows for name, rows in counts(town.home).items() if name.startswith("store.")}
    assert (after, copied["ad"]) == ({**before, "store.counter_evidence": 0}, before["store.ad"])
    con = opened(town)
    columns = {row[0] for row in con.execute("SELECT column_name FROM duckdb_columns() WHERE database_name = 'store' AND table_name = 'ad'").fetchall()}
    assert ("language" in columns, con.execute("SELECT count(comments) FROM ad_version").fetchall()) == (False, [(0,)])
    con.close()


def test_a_store_that_cannot_come_forward_or_is_of_a_newer_program_is_left_alone(town: Installation) -> None:
    altered(town, "ALTER TABLE store.persona DROP COLUMN main")
    with pytest.raises(Failure, match="NOT NULL constraint failed: persona.main. Nothing was changed"):
        upgrade(town.home, town.settings.general.machine)
    altered(town, "UPDATE store.schema_version SET version = 99")
    bytes_before = town.home.store.read_bytes()
    with pytest.raises(Failure, match="A newer program wrote the store") as refused:
        upgrade(town.home, town.settings.general.machine)
    assert (refused.value.code, run("upgrade", "--home", str(town.home.root))[0]) == (Exit.INTEGRITY, 6)
    assert town.home.store.read_bytes() == bytes_before


def test_a_kill_before_the_last_step_leaves_the_old_store(town: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bytes_before = town.home.store.read_bytes()

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.keeping.upgrade.put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            upgrade(town.home, town.settings.general.machine)
    opened(town).close()
    assert len(town.home.store.read_bytes()) == len(bytes_before)
    assert upgrade(town.home, town.settings.general.machine)["ad"] == 9, "a leftover is cleared"
