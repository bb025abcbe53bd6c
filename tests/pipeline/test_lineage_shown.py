"""From where a cluster came stands beside its arithmetic and in the list of clusters."""

from __future__ import annotations

import duckdb
import pytest

from cli.tables import print_clusters, print_explanation
from pipeline.explain import lineage
from pipeline.outreach.sentences import came
from pipeline.store import sql

REASONS = ("merged", "joined", "split", "parted", "cut", "moved", "dissolved")
BODY = {"band": "C", "families": [], "counter": [], "total": 4.5, "gate": []}
CLUSTER = {"cluster": "k-1", "band": "C", "ads": [], "personas": 3, "findings": [], "counter": []}


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    con.execute(sql("schema"))
    rows = [("2026-11-20", "k-1", "k-2", "merged"), ("2026-11-22", "k-1", "k-3", "split"), ("2026-11-22", "k-4", "k-1", "parted")]
    con.executemany("INSERT INTO cluster_lineage VALUES (?, ?, ?, ?)", rows)
    return con


def test_every_cluster_says_what_it_came_from_the_latest_night_first(con: duckdb.DuckDBPyConnection) -> None:
    first = ["2026-11-22: k-1 skildes från k-3: det som höll ihop dem gäller inte längre", "2026-11-20: k-2 gick upp i k-1"]
    assert lineage(con) == {"k-1": first, "k-4": ["2026-11-22: k-4 skildes från k-1: en person bedömde att de inte hör ihop"]}
    assert lineage(con, "k-1") == {"k-1": first} and lineage(con, "k-2") == {}


def test_every_reason_that_is_kept_can_be_said(con: duckdb.DuckDBPyConnection) -> None:
    for why in REASONS:
        con.execute("INSERT INTO cluster_lineage VALUES ('2026-11-23', 'k-9', 'k-8', ?)", [why])
    said = lineage(con, "k-9")["k-9"] + [came("en", why, "k-9", "k-8") for why in REASONS]
    assert len(set(said)) == 2 * len(REASONS) and all("k-9" in line for line in said) and came("en", "unheard", "k-9", "k-8") == "unheard"


def test_the_tables_show_it_and_say_nothing_where_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_explanation("k-1", BODY, ["2026-11-20: k-2 gick upp i klustret"])
    print_clusters([CLUSTER], {"k-1": ["2026-11-20: k-2"]})
    assert "k-2 gick upp i klustret" in (shown := capsys.readouterr().out) and shown.count("Ursprung") == 2 and "2026-11-20: k-2" in shown
    print_explanation("k-1", BODY, [])
    assert "Ursprung" not in capsys.readouterr().out
