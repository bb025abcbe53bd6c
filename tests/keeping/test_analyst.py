"""An analyst asks what she likes of the published snapshot, and of nothing else; what leaves the house names nobody."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from pipeline.failure import Exit, Failure
from pipeline.keeping.analyst import Answer, ask, open_sandbox, tables
from pipeline.keeping.exporting import as_bytes, fit_to_leave
from tests.keeping.world import Installation

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = re.findall(r"-- (\d+)\. (.+?)\n(.+?;)\n", (ROOT / "docs" / "questions.sql").read_text("utf-8") + "\n", re.DOTALL)


@pytest.fixture(scope="module")
def sandbox(after_a_night: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_sandbox(after_a_night.home) as con:
        yield con


def test_there_are_thirty_questions_numbered_in_order() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 31))


@pytest.mark.parametrize(("number", "title", "question"), QUESTIONS)
def test_a_ready_question_is_answered(sandbox: duckdb.DuckDBPyConnection, number: str, title: str, question: str) -> None:
    answer = ask(sandbox, question)
    assert answer.columns and not answer.cut and title.endswith("?")


ESCAPES = [
    "ATTACH '/tmp/lykta-escape.duckdb' AS x",
    "COPY ad TO '/tmp/lykta-escape.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT content FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "INSTALL json",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA memory_limit='9GB'",
    "CREATE TABLE x AS SELECT 1",
    "DELETE FROM ad",
    "UPDATE ad SET site = ''",
    "CREATE SECRET s (TYPE s3)",
    "EXPORT DATABASE '/tmp/lykta-escape'",
    "CALL force_checkpoint()",
    "SELECT 1; SELECT 2",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM read_parquet('https://exempel.example/x.parquet')",
    "DETACH snapshot",
    "USE memory",
    "CHECKPOINT",
    "EXPLAIN ANALYZE DELETE FROM ad",
    "EXPLAIN ANALYZE COPY ad TO '/tmp/lykta-escape.csv'",
    "FROM query('COPY ad TO ''/tmp/lykta-escape.csv''')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "IMPORT DATABASE '/tmp/lykta-escape'",
    "PREPARE p AS DELETE FROM ad",
    "VACUUM",
    # functions that a SELECT may call although the configuration is locked
    "FROM enable_logging('QueryLog', storage = 'file', storage_path = '/tmp/lykta-escape.log')",
    "FROM system.main.\"enable_logging\"/* ( */ (storage = 'stdout')",
    "EXPLAIN ANALYZE SELECT * FROM enable_profiling(save_location = '/tmp/lykta-escape.json')",
    "FROM\u3000enable_profiling\u00a0()",
    "FROM query('FROM enable_' || 'profiling()')",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "PRAGMA json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "PRAGMA database_list",
    "SELECT write_log('x')",
    "FROM truncate_duckdb_logs()",
    "FROM force_checkpoint()",
    "FROM duckdb_secrets()",
    "FROM which_secret('s3://x', 's3')",
    "FROM query_table(['ad', '/etc/passwd'])",
    "FROM pandas_scan(1)",
    "SELECT * FROM 'https://exempel.example/x.csv'",
    "WITH x AS (DELETE FROM ad RETURNING *) FROM x",
    "DESCRIBE SELECT * FROM read_text('/etc/passwd')",
    "SUMMARIZE '/etc/passwd'",
    "PIVOT '/etc/passwd' ON x",
    "/* SELECT */ COPY (SELECT 1) TO '/tmp/lykta-escape.csv'",
    "-- SELECT 1\n; ATTACH '/tmp/lykta-escape' AS y",
    "EXPLAIN EXECUTE p",
    "CREATE TEMP MACRO m(a) AS TABLE SELECT * FROM read_text(a)",
    "SET VARIABLE x = 1",
    "SELECT error('one' || chr(10) || 'two')",
]


@pytest.mark.parametrize("question", ESCAPES)
def test_an_escape_is_refused_in_one_line_and_leaves_nothing(sandbox: duckdb.DuckDBPyConnection, question: str) -> None:
    before = ask(sandbox, "SELECT count(*) FROM ad").rows
    with pytest.raises(Failure) as refused:
        ask(sandbox, question)
    assert refused.value.code in (Exit.POLICY, Exit.USAGE)
    assert len(refused.value.sentences) == 1 and "\n" not in refused.value.sentences[0]
    assert ask(sandbox, "SELECT count(*) FROM ad").rows == before == ((9,),)
    assert list(Path("/tmp").glob("lykta-escape*")) == []


def test_a_question_that_runs_over_its_limits_is_stopped(sandbox: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(Failure, match=r"Stopped after 0\.5 seconds"):
        ask(sandbox, "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b WHERE a.range * b.range % 7 = 1", seconds=0.5)
    with pytest.raises(Failure, match="Stopped: it needs more than"):
        ask(sandbox, "SELECT list(repeat('x', 1000000) || range) FROM range(100000)", seconds=20)
    assert ask(sandbox, "SELECT range FROM range(20000)").cut
    assert ask(sandbox, "SELECT count(*) FROM ad").rows == ((9,),), "it can be asked again afterwards"


def test_what_may_be_called_and_what_only_names_a_function_is_answered(sandbox: duckdb.DuckDBPyConnection) -> None:
    assert ask(sandbox, "SELECT range, 'FROM query(1)' AS query FROM range(2) -- enable_logging()").rows == ((0, "FROM query(1)"), (1, "FROM query(1)"))
    assert len(ask(sandbox, "DESCRIBE ad").rows) == len(ask(sandbox, "SUMMARIZE ad").rows) == 6


def test_one_enormous_value_is_refused_by_the_process_and_a_question_that_cannot_be_stopped_ends_it() -> None:
    capped = """
import duckdb, resource
from pipeline.keeping.hard_limits import capped_memory
con = duckdb.connect()
con.execute("SELECT 1")
before = resource.getrlimit(resource.RLIMIT_AS)
with capped_memory(1 << 29):
    try:
        con.execute("SELECT repeat('x', 2000000000)").fetchall()
    except (duckdb.OutOfMemoryException, MemoryError):
        print("refused", con.execute("SELECT 1").fetchall())
print(resource.getrlimit(resource.RLIMIT_AS) == before)
"""
    ended = "import time; from pipeline.keeping.hard_limits import ended_after\nwith ended_after(0.1): time.sleep(60)"
    done = [subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60) for code in (capped, ended)]
    assert [(one.returncode, one.stdout.strip()) for one in done] == [(0, "refused [(1,)]\nTrue"), (7, "")]
    assert done[1].stderr == "Ended after 0.1 seconds: one value of this question is too large to be stopped in between. Ask for less.\n"


def test_the_tables_for_completion_are_those_of_the_snapshot(sandbox: duckdb.DuckDBPyConnection) -> None:
    found = tables(sandbox)
    assert set(found) == {
        "ad", "ad_contact", "ad_cue", "ad_place", "ad_price", "ad_template", "cluster", "cluster_member", "cluster_priority", "counter_evidence",
        "finding", "run",
    }  # fmt: skip
    assert found["ad"] == ["ad_id", "site", "category", "first_seen", "last_seen", "state"]


def answer_of(columns: str, *rows: tuple[object, ...]) -> Answer:
    names = tuple(columns.split())
    return Answer(columns=names, types=("",) * len(names), rows=rows, cut=False)


def test_P23_small_cells_and_the_one_that_would_give_them_back_are_blanked() -> None:
    asked = answer_of("municipality clusters median_sek", ("1280", 40, 900.0), ("1283", 3, 1500.0), ("1281", 9, 1100.0), ("1282", 12, 1000.0))
    left = fit_to_leave(asked, frozenset({"municipality"}))
    assert left.rows == (("1280", 40, 900.0), ("1283", None, None), ("1281", None, None), ("1282", 12, 1000.0))


def test_P23_names_become_numbers_of_one_file_and_days_become_months(tmp_path: Path) -> None:
    one, other = "ab" * 16, "cd" * 16
    asked = answer_of("contact_id last_seen site", (one, datetime(2026, 11, 23, 2), "=1+1"), (other, datetime(2026, 10, 1), "x"), (one, None, "x"))
    left = fit_to_leave(asked, frozenset(asked.columns))
    assert left.rows[0][0] == left.rows[2][0] != left.rows[1][0] and {row[0] for row in left.rows} == {1, 2}
    assert [row[1] for row in left.rows] == ["2026-11", "2026-10", None]
    (tmp_path / "x.parquet").write_bytes(as_bytes(left, "x.parquet"))
    assert pyarrow.parquet.read_table(tmp_path / "x.parquet").num_rows == 3
    (tmp_path / "x.csv").write_bytes(as_bytes(left, "x.csv"))
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["site"] for row in csv.DictReader(file)] == ["'=1+1", "x", "x"]
    with pytest.raises(Failure, match="ends in .parquet or .csv"):
        as_bytes(left, "x.xlsx")
