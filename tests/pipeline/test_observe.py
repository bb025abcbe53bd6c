"""Observe turns an ad into rows with spans, once, and keeps the number itself in the vault alone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from crawler.records.ad import Ad, Handle
from pipeline import ingest, observe
from pipeline.home import SHIPPED_CONFIG
from pipeline.pseudonyms import contact_id, unseal
from pipeline.report import Report
from tests.pipeline.conftest import KEY, Land
from tests.reading.conftest import shipped_lexicon, shipped_reading

PSEUDONYM, VAULT = b"p" * 32, b"v" * 32
AT = datetime(2026, 11, 1, 2)


@pytest.fixture
def settings() -> observe.ObserveSettings:
    return observe.ObserveSettings(
        lexicon=shipped_lexicon(SHIPPED_CONFIG), reading=shipped_reading(SHIPPED_CONFIG), pseudonym_key=PSEUDONYM, vault_key=VAULT, workers=1
    )


def take_in(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path, *ads: Ad) -> None:
    land("a.duckdb", list(ads))
    ingest.run(store, ingest.IngestSettings(landing=tmp_path / "landing", key=KEY, expectations={}), AT)


def test_an_ad_becomes_rows_and_is_read_once(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path, settings: observe.ObserveSettings) -> None:
    ad = Ad(
        site="exempel", url="u1", seen_at=AT, title="Massage i Lund", body="Jag är 24 år. Ring noll sju noll ett sju fyra noll sex noll fem, 1500 kr/h",
        name="Lina", city="Helsingborg", handles=(Handle(kind="Telegram", value="@Exempel_Lina"),), account="u-9",
    )  # fmt: skip
    take_in(store, land, tmp_path, ad)
    assert observe.run(store, settings, AT) == Report(read=1, written=1)
    assert observe.run(store, settings, AT) == Report(read=0, written=0)
    phone = contact_id(PSEUDONYM, "phone", "+46701740605")
    assert store.execute("SELECT kind, contact_id, field, start_at, end_at, shown FROM contact ORDER BY kind").fetchall() == [
        ("account", contact_id(PSEUDONYM, "account", "exempel/u-9"), "account", 0, 0, "•••"),
        ("phone", phone, "text", 34, 78, "•••605"),
        ("telegram", contact_id(PSEUDONYM, "telegram", "exempel_lina"), "handles", 0, 0, "•••"),
    ]
    sealed = store.execute("SELECT value FROM contact_vault WHERE contact_id = $id", {"id": phone}).fetchall()[0][0]
    assert unseal(VAULT, sealed) == "+46701740605"
    assert store.execute("SELECT municipality, field, main FROM place ORDER BY main DESC").fetchall() == [
        ("1283", "city", True),
        ("1281", "text", False),
    ]
    assert store.execute("SELECT age, minor, field FROM stated_age").fetchall() == [(24, False, "text")]
    assert store.execute("SELECT amount, currency, minutes FROM price").fetchall() == [(1500, "SEK", 60)]
    assert store.execute("SELECT minor, text_cut FROM observed").fetchall() == [(False, False)]


def test_the_towns_of_a_tour_are_kept_with_their_days(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path, settings: observe.ObserveSettings) -> None:
    seen, posted = Ad(site="exempel", url="u1", seen_at=AT, title="Malmö 3-7 januari", body="t.o.m. 12 december i Lund"), "2026-10-26 09:15"
    take_in(store, land, tmp_path, seen, Ad(site="exempel", url="u2", seen_at=AT, posted_at=posted, title="I Kiruna den här veckan", body=""))
    observe.run(store, settings, AT)
    assert store.execute("SELECT municipality, arrives, leaves, said, start_at, end_at FROM stated_stay ORDER BY municipality").fetchall() == [
        ("1280", date(2027, 1, 3), date(2027, 1, 7), "dates", 0, 17),
        ("1281", None, date(2026, 12, 12), "dates", 25, 43),
        ("2584", date(2026, 10, 26), date(2026, 11, 1), "this_week", 2, 23),
    ]


@pytest.mark.parametrize(
    ("age", "body", "minor"), [("17", "", True), ("", "Hon är 16 år", True), ("24", "inga under 18 år", False), ("", "10 års erfarenhet", False)]
)
def test_a_stated_age_under_eighteen_is_marked(
    store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path, settings: observe.ObserveSettings, age: str, body: str, minor: bool
) -> None:
    take_in(store, land, tmp_path, Ad(site="exempel", url="u1", seen_at=AT, title="Annons", body=body, age=age))
    observe.run(store, settings, AT)
    assert store.execute("SELECT minor FROM observed").fetchall() == [(minor,)]
