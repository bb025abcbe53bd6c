"""From a band to a list: two people, twelve gates, and no way around them."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.casebook.book import Casebook
from pipeline.home import SHIPPED_CONFIG
from pipeline.outreach.clusters import clusters
from pipeline.outreach.lanes import queue, safeguarding, urgent
from pipeline.outreach.settings import OutreachSettings
from pipeline.outreach.visit_list import make_list
from pipeline.store import sql
from pipeline.strict import build

NOW = datetime(2026, 11, 23, 9)
SEEN = NOW - timedelta(days=1)
ROW_FIELDS = {
    "row", "case", "lane", "band", "municipality", "venue_type", "channel", "safe_wording", "last_seen", "expected_to_leave", "why", "not_known",
    "alternatives", "interpreter", "people_possible", "children_possible", "person_safety", "team_safety", "participants", "offers", "previous",
    "dnc_checked_at", "approvals", "legal", "follow_up",
}  # fmt: skip
WHOLE = {"channel": "visit", "person_safety": "ingen ensam", "team_safety": 1, "interpreter": "behövs inte", "legal": "SoL", "minor_check": True}


@pytest.fixture
def settings() -> OutreachSettings:
    faults: list[str] = []
    made = build(OutreachSettings, tomllib.loads((SHIPPED_CONFIG / "outreach.toml").read_text("utf-8")), where="outreach.toml", faults=faults)
    assert made is not None, faults
    return made


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(sql("schema"))
    made.execute("CREATE TABLE safeguarding (finding_id VARCHAR, ad_id BIGINT, site VARCHAR, url VARCHAR, first_seen TIMESTAMP, last_seen TIMESTAMP, "
                 "sentence_sv VARCHAR, sentence_en VARCHAR, field VARCHAR, shown VARCHAR)")  # fmt: skip
    for number, band in enumerate(("B", "A", None, "A"), start=1):
        cluster = f"k-{number}"
        for ad in (number * 10, number * 10 + 1):
            made.execute("INSERT INTO ad VALUES (?, 'exempel', ?, 'escort', ?, ?, 'listed', 1)", [ad, f"u{ad}", SEEN, SEEN])
            made.execute("INSERT INTO cluster_member VALUES (?, ?)", [ad, cluster])
            made.execute("INSERT INTO contact VALUES (1, ?, 'phone', ?, 1.0, 'phones', 0, 0, 0, '•••605')", [ad, f"c{number}"])
            made.execute("INSERT INTO persona VALUES (?, ?, ?, true)", [ad, f"c{number}", f"p{ad}"])
            made.execute("INSERT INTO place VALUES (1, ?, '1283', 'city', 0, 0, true)", [ad])
        made.execute("INSERT INTO cluster VALUES (?, ?, ?, 2, 3)", [cluster, SEEN, SEEN])
        made.execute(
            "INSERT INTO cluster_priority VALUES (?, ?, 6, 0.8, ?, ?, '{}', ?, 'x')", [cluster, band, band is not None, "duo" if number == 4 else "", NOW]
        )
        made.execute(
            "INSERT INTO finding VALUES (?, 'shared_phone_multi_persona', ?, 'x', 'strong', ?, 'Samma telefon.', 'One phone.')", [f"f{number}", cluster, SEEN]
        )
        made.execute("INSERT INTO finding_evidence VALUES (?, ?, 'phone', '•••605')", [f"f{number}", number * 10])
    made.execute("INSERT INTO finding VALUES ('f9', 'coercion_debt_help_cue', NULL, 'ad:10', 'route', ?, 'Läs idag.', 'Read today.')", [SEEN])
    made.execute("INSERT INTO finding_evidence VALUES ('f9', 10, 'text', 'citat')")
    return made


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.db", key=secrets.token_hex(32), audit_key=secrets.token_hex(32)) as opened:
        for name in ("anna", "bertil"):
            opened.add_user(name, role="coordinator", organisation="Exempel", password="ett långt lösenord", note_signed=True, now=NOW)
        yield opened


def let_through(book: Casebook, cluster: str = "k-2", **change: Any) -> None:
    book.decide("anna", cluster, "approve", alternative="Vänner", reason="Mall", assessment={**WHOLE, **change}, run="r", now=NOW)
    book.approve("bertil", cluster, now=NOW)


def test_the_queue_is_in_reading_order_without_held_or_unbanded(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    rows = queue(con, book, settings, NOW)
    assert [(row["rank"], row["cluster"], row["band"], row["lane"], row["why"]) for row in rows] == [
        (1, "k-2", "A", "R2", ["Samma telefon."]),
        (2, "k-1", "B", "R2", ["Samma telefon."]),
    ]


def test_what_is_probably_a_scam_is_read_last_whatever_its_band(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    con.execute("INSERT INTO counter_evidence (cluster_id, counter, sentence_sv, sentence_en) VALUES ('k-2', 'stock_photo_or_scam', 'Lånade bilder.', 'x')")
    rows = queue(con, book, settings, NOW)
    assert [(row["rank"], row["cluster"], row["band"], row["lane"], row["blocked_by"]) for row in rows] == [
        (1, "k-1", "B", "R2", []),
        (2, "k-2", "A", "R5", ["Annonserna kan vara en bluff."]),
    ]


def test_what_was_decided_leaves_the_queue(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    book.decide("anna", "k-1", "dismiss", alternative="En person", reason="Läst", assessment={}, run="r", now=NOW)
    book.decide("anna", "k-2", "approve", alternative="Vänner", reason="Mall", assessment=WHOLE, run="r", now=NOW)
    assert [(row["cluster"], row["blocked_by"]) for row in queue(con, book, settings, NOW)] == [("k-2", ["Väntar på en andra persons godkännande."])]
    book.approve("bertil", "k-2", now=NOW)
    assert queue(con, book, settings, NOW) == []


def test_two_people_and_every_gate_make_a_row(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    let_through(book)
    body = make_list(con, book, settings, NOW, who="anna")
    row = body["rows"][0]
    assert (len(body["rows"]), set(row), row["municipality"], len(row["approvals"]), row["why"]) == (1, ROW_FIELDS, "1283", 2, ["Samma telefon."])
    assert make_list(con, book, settings, NOW, who="anna") == body
    assert book.con.execute("SELECT count(*) FROM outreach_row").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"minor_check": False}, "Kontrollen att inget barn annonseras är inte gjord."),
        ({"person_safety": ""}, "Bedömningen av personens säkerhet saknas."),
        ({"team_safety": 3}, "Teamets säkerhet kräver en ny plan."),
        ({"interpreter": ""}, "Tolk är inte ordnad."),
        ({"legal": ""}, "Laglig grund och deltagarnas roller är inte nedskrivna."),
    ],
)
def test_a_gate_that_stops_a_row_says_so(
    con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings, change: dict[str, Any], message: str
) -> None:
    let_through(book, **change)
    body = make_list(con, book, settings, NOW, who="anna")
    assert (body["rows"], body["waiting"][message]) == ([], 1)


@pytest.mark.parametrize(
    ("days", "outcome", "answered", "declined", "agency", "message"),
    [
        (10, "no_answer", 0, 0, "Uppsökande", "Inget svar för 10 dagar sedan; vänta 30 dagar."),
        (60, "declined_now", 1, 1, "Uppsökande", "Avböjde för 60 dagar sedan; vänta 90 dagar."),
        (20, "contact_talk", 1, 0, "Annan", "En annan verksamhet tog kontakt för 20 dagar sedan."),
        (900, "no_contact_requested", 1, 1, "Uppsökande", "Personen har sagt att hen inte vill bli kontaktad igen."),
    ],
)
def test_a_cooldown_stops_a_row(
    con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings,
    days: int, outcome: str, answered: int, declined: int, agency: str, message: str,
) -> None:  # fmt: skip
    let_through(book)
    values = ("k-2", outcome, answered, declined, agency, (NOW - timedelta(days=days)).isoformat())
    book.con.execute("INSERT INTO visit (cluster, outcome, answered, declined, agency, at) VALUES (?, ?, ?, ?, ?, ?)", values)
    assert make_list(con, book, settings, NOW, who="anna")["waiting"][message] == 1


def test_a_no_contact_wish_beats_any_band(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    let_through(book)
    book.add_do_not_contact("c2", kind="phone", reason="sagt vid besök", who="anna", now=NOW)
    assert make_list(con, book, settings, NOW, who="anna")["rows"] == []
    book.add_do_not_contact("c1", kind="phone", reason="sagt vid besök", who="anna", now=NOW)
    assert [(row["cluster"], row["lane"], row["why"]) for row in queue(con, book, settings, NOW)] == [("k-1", "R5", ["Spärrad."])]


def test_an_old_sighting_and_a_missing_band_stop_a_row(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    let_through(book)
    let_through(book, "k-3")
    waiting = make_list(con, book, settings, NOW + timedelta(days=20), who="anna")["waiting"]
    assert waiting["Inte sedd på mer än 14 dagar."] == 4
    assert waiting["Når inte poänggrinden, och ingen samordnare har nominerat den med skriftligt skäl."] == 1


def test_a_single_ad_with_a_cue_is_read_today_until_somebody_has(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> None:
    rows = urgent(con, book, settings)
    assert [(row["lane"], row["cluster"], row["url"], row["sentence"]) for row in rows] == [("R1", None, "u10", "Läs idag.")]
    book.confirm_cue("f9", confirmed=True, who="anna", now=NOW)
    assert (urgent(con, book, settings), book.confirmed_cues()) == ([], {"f9"})


def test_a_row_is_one_contact_in_the_municipality_where_it_was_last_seen(
    con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings
) -> None:
    let_through(book)
    rows = ((22, "c2", "1280", 7, SEEN), (23, "c9", "1281", 8, SEEN), (24, "c8", "1281", 9, SEEN - timedelta(days=40)))
    for ad, contact, municipality, version, seen in rows:
        con.execute("INSERT INTO ad VALUES (?, 'exempel', ?, 'escort', ?, ?, 'listed', ?)", [ad, f"u{ad}", seen, seen, version])
        con.execute("INSERT INTO cluster_member VALUES (?, 'k-2')", [ad])
        con.execute("INSERT INTO persona VALUES (?, ?, ?, true)", [ad, contact, f"p{ad}"])
        con.execute("INSERT INTO place VALUES (?, ?, ?, 'city', 0, 0, true)", [version, ad, municipality])
    con.execute("UPDATE ad SET last_seen = ? WHERE ad_id IN (20, 21)", [SEEN - timedelta(days=2)])
    rows = make_list(con, book, settings, NOW, who="anna")["rows"]
    assert sorted((row["municipality"], row["people_possible"]) for row in rows) == [("1280", 3), ("1281", 1)]
    assert len({row["case"] for row in rows}) == 2


def test_the_officer_sees_ads_of_possible_minors(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("INSERT INTO safeguarding VALUES ('f8', 5, 'exempel', 'u5', ?, ?, 'Möjligt barn.', 'x', 'age', '17')", [SEEN, SEEN])
    assert [(row["lane"], row["url"], row["sentence"]) for row in safeguarding(con)] == [("R0", "u5", "Möjligt barn.")]


def test_clusters_have_the_shape_that_scripts_rely_on(con: duckdb.DuckDBPyConnection) -> None:
    body = clusters(con, run="2026-11-23", band="B", language="en")
    assert body == {
        "run": "2026-11-23",
        "clusters": [
            {
                "cluster": "k-1", "band": "B", "coverage": 0.8, "first_seen": SEEN.isoformat() + "Z", "last_seen": SEEN.isoformat() + "Z", "personas": 3,
                "municipalities": ["1283"], "ads": [{"site": "exempel", "url": "u10"}, {"site": "exempel", "url": "u11"}],
                "findings": [{"indicator": "shared_phone_multi_persona", "strength": "strong", "sentence": "One phone.",
                              "evidence": [{"site": "exempel", "url": "u10", "field": "phone", "shown": "•••605"}]}],
                "counter": [],
            }
        ],
    }  # fmt: skip
