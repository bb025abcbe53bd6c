"""Where the team works: of ads elsewhere little is kept, shown as counts, and handed over with a recorded decision."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.failure import Failure
from pipeline.home import create_home
from pipeline.keeping import purge
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach.elsewhere import elsewhere, hand_over
from pipeline.settings import Retention
from pipeline.store import make_tables

START = datetime(2026, 11, 1, 2)
KEPT = Retention(raw_text_days=30, linking_days=200, undecided_days=90, dismissed_days=14, approved_days=180, fetch_log_days=90, import_days=365)
HERE, THERE = "1283", "0180"
PLACES = {1: HERE, 2: THERE, 3: THERE, 4: THERE, 5: THERE, 6: ""}  # 1 and 2 are one cluster, 3 and 4 another, 5 and 6 stand alone


@pytest.fixture
def store() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    make_tables(con)
    for number, municipality in PLACES.items():
        con.execute("INSERT INTO ad VALUES (?, 'exempel', 'u/' || ?, 'escort', ?, ?, 'listed', ?)", [number, number, START, START, number])
        con.execute("INSERT INTO ad_version (version_id, ad_id, seen_at, body) VALUES (?, ?, ?, 'Hej')", [number, number, START])
        con.execute("INSERT INTO sighting VALUES (?, ?, ?)", [number, number, START])
        con.execute("INSERT INTO observed VALUES (?, ?, false, '', false)", [number, number])
        con.execute("INSERT INTO contact VALUES (?, ?, 'phone', 'p' || ?, 1.0, 'body', 0, 9, 0, '')", [number, number, (number + 1) // 2])
        if municipality:
            con.execute("INSERT INTO place VALUES (?, ?, ?, 'city', 0, 4, true)", [number, number, municipality])
    for name, ads in (("k-here", (1, 2)), ("k-there", (3, 4))):
        con.execute("INSERT INTO cluster VALUES (?, ?, ?, 2, 1)", [name, START, START])
        con.execute("INSERT INTO cluster_priority VALUES (?, 'B', 4.0, 1.0, true, '', '{}', ?, 'v')", [name, START])
        con.executemany("INSERT INTO cluster_member VALUES (?, ?)", [[ad, name] for ad in ads])
    return con


@pytest.mark.parametrize(("served", "texts"), [((HERE,), {1, 2, 6}), ((), {1, 2, 3, 4, 5, 6})])
def test_texts_elsewhere_go_soon_and_what_linking_needs_of_them_stays(store: duckdb.DuckDBPyConnection, served: tuple[str, ...], texts: set[int]) -> None:
    later = START + timedelta(days=10)
    purge.run(store, purge.PurgeSettings(retention=KEPT, clock=later, served=served, elsewhere_text_days=7), later)
    assert {row[0] for row in store.execute("SELECT ad_id FROM ad_version").fetchall()} == texts
    for table in ("contact", "observed", "ad"):
        assert {row[0] for row in store.table(table).select("ad_id").fetchall()} == set(PLACES), table


def test_clusters_elsewhere_are_counts_and_one_is_handed_over_by_a_recorded_decision(store: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with open_wishes(create_home(tmp_path / "home", kind="demo")) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password="ett långt lösenord", note_signed=True, now=START)
        given = {
            "cluster": "k-there", "band": "B", "municipalities": [THERE], "ads": 2, "personas": 1, "first_seen": "2026-11-01T02:00:00Z",
            "last_seen": "2026-11-01T02:00:00Z", "indicators": [],
        }  # fmt: skip
        assert elsewhere(store, book, (HERE,)) == [{**given, "handed_to": ""}]
        assert elsewhere(store, book, ()) == []
        order = {"organisation": "Region Exempel", "receiver": "Eva", "ground": "OSL 25:11", "user": "anna", "run": "r", "now": START}
        for cluster, change, words in (
            ("k-here", {}, "outside the municipalities"), ("k-there", {"ground": " "}, "on what ground"), ("k-there", {"user": "x"}, "no active account")
        ):  # fmt: skip
            with pytest.raises(Failure, match=words):
                hand_over(store, book, (HERE,), cluster, **{**order, **change})  # type: ignore[arg-type]
        assert hand_over(store, book, (HERE,), "k-there", **order) == given  # type: ignore[arg-type]
        assert elsewhere(store, book, (HERE,)) == [{**given, "handed_to": "Region Exempel"}]
        rows = book.con.execute("SELECT cluster, organisation, receiver, ground, given, by_user FROM handover").fetchall()
        assert [(*row[:4], json.loads(row[4]), row[5]) for row in rows] == [("k-there", "Region Exempel", "Eva", "OSL 25:11", given, "anna")]
