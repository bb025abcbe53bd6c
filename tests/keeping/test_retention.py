"""Kept as long as the config says, not a day longer, in every cell of every store; and the search that says so finds what is not let go of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.casebook.book import Casebook
from pipeline.keeping import purge
from pipeline.keeping.casebook_purge import KEPT
from pipeline.keeping.erasure import copy_tables
from pipeline.keeping.wishes import open_wishes
from pipeline.night import purge_settings
from pipeline.store import open_store
from tests.keeping.world import START, Installation, ad, phone_of, ring

PASSWORD = "ett ganska långt lösenord"
# which ads carry which fate: markers of one ad each
UNFLAGGED, APPROVED, DISMISSED, HELD = "marke-1x", "marke-20x", "marke-30x", "marke-40x"


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation after its first night, with one ring approved, one dismissed, one ad of a minor on hold."""
    town = Installation(tmp_path_factory.mktemp("retention") / "home")
    ads = [ad(1, START), *ring(20, START, phone=phone_of(50)), *ring(30, START, phone=phone_of(51)), ad(40, START, age="16")]
    town.night(START, *ads)
    with open_wishes(town.home) as book:
        for name in ("anna", "bertil"):
            book.add_user(name, role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=START)
        _decide(town, book)
    return town


def _decide(town: Installation, book: Casebook) -> None:
    con = store_of(town)
    cluster = dict(con.execute("SELECT url, cluster_id FROM ad JOIN cluster_member USING (ad_id)").fetchall())
    minor = con.execute("SELECT ad_id FROM observed WHERE minor").fetchall()[0][0]
    con.close()
    values = {"alternative": "vänner", "reason": "skäl-som-ska-bort", "assessment": {}, "run": "2026-09-01", "now": day(1)}
    book.decide("anna", cluster["https://exempel.example/marke-20x"], "approve", **values)  # type: ignore[arg-type]
    book.approve("bertil", cluster["https://exempel.example/marke-20x"], now=day(1))
    book.decide("anna", cluster["https://exempel.example/marke-30x"], "dismiss", **values)  # type: ignore[arg-type]
    book.con.execute("INSERT INTO hold VALUES (?, 'överlämnad', 'barn', ?)", (minor, day(1).isoformat()))


def store_of(town: Installation) -> duckdb.DuckDBPyConnection:
    return open_store(town.home.store, key=town.home.key("store"), spill=town.home.spill, memory_limit="512MB", threads=1)


def simulate(town: Installation, days: range) -> Iterator[tuple[int, duckdb.DuckDBPyConnection]]:
    """Run the purge stage on each day; what it left is looked at in between."""
    con = store_of(town)
    try:
        for number in days:
            settings = purge_settings(town.home, town.settings, day(number))
            con.execute("BEGIN")
            report = purge.run(con, settings, day(number))
            con.execute("COMMIT")
            assert "clock" not in report.note
            assert con.execute("SELECT overdue FROM purged ORDER BY purged_at DESC LIMIT 1").fetchall() == [(0,)]
            yield number, con
    finally:
        con.close()


def texts(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {url.rsplit("/", 1)[1] for (url,) in con.execute("SELECT url FROM ad WHERE url <> ''").fetchall()}


def numbers(con: duckdb.DuckDBPyConnection) -> int:
    return len(con.execute("SELECT ad_id FROM ad").fetchall())


def test_P05_four_hundred_days_leave_what_may_be_left_and_the_same_search_without_purge_finds_it(lived: Installation) -> None:
    assert {hit.split(": ")[1] for hit in lived.holds(UNFLAGGED, APPROVED, DISMISSED, HELD)} == {UNFLAGGED, APPROVED, DISMISSED, HELD}, "before any purge"
    last_text: dict[str, int] = {}
    last_ad = {}
    for number, con in simulate(lived, range(1, 402, 8)):
        last_text |= dict.fromkeys(texts(con), number)
        last_ad[numbers(con)] = number
    margin, step = purge.MARGIN.days, 8
    for mark, days in ((UNFLAGGED, 30), (APPROVED, 181), (DISMISSED, 1 + 14)):
        assert days - margin - step <= last_text[mark] <= days, mark
    assert last_text[HELD] == 401, "what was handed over stays until it is released"
    assert [last_ad[many] for many in sorted(last_ad)][0] == 401 and 197 - step <= last_ad[10 - 4] <= 200, "all but the held ad are gone after linking's time"
    assert lived.rewrite(), "the file was written anew"
    lived.night(day(401))
    lived.night(day(402))
    with open_wishes(lived.home) as book:
        assert book.con.execute("SELECT count(*) FROM judgement").fetchone()[0] == 0
        book.con.execute("DELETE FROM hold")
    assert lived.holds(UNFLAGGED, APPROVED, DISMISSED, "skäl-som-ska-bort", "740655", "740656") == []
    lived.night(day(403))
    lived.night(day(404))
    assert lived.holds("marke", "skäl-som-ska-bort") == []


def test_a_jump_of_the_clock_deletes_nothing_until_a_person_has_looked(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    town.night(START, ad(1, START))
    con = store_of(town)
    for clock, said in ((day(100), "100 days after the last purge"), (START - timedelta(hours=3), "before what was done last")):
        report = purge.run(con, purge_settings(town.home, town.settings, clock), clock)
        assert said in report.note
        assert texts(con) == {"marke-1x"}
    assert purge.run(con, purge_settings(town.home, town.settings, day(4)), day(4)).note == "", "a weekend is no jump"
    purge.run(con, purge_settings(town.home, town.settings, day(100), confirmed=True), day(100))
    assert texts(con) == set()
    con.close()


def test_an_ad_that_comes_back_after_its_text_went_is_whole_again(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    town.night(START, ad(1, START))
    con = store_of(town)
    purge.run(con, purge_settings(town.home, town.settings, day(40), confirmed=True), day(40))
    assert [con.execute("SELECT count(*) FROM " + table).fetchall()[0][0] for table in ("ad", "contact", "ad_version", "contact_vault")] == [1, 2, 0, 0]
    con.close()
    town.night(day(41), ad(1, day(41)))
    con = store_of(town)
    assert [con.execute("SELECT count(*) FROM " + table).fetchall()[0][0] for table in ("ad", "contact", "ad_version", "contact_vault")] == [1, 2, 1, 1]
    con.close()


def test_a_research_installation_counts_from_the_import(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home", kind="research")
    town.night(START, ad(1, day(-900)))
    con = store_of(town)
    for clock, left in ((day(1), 1), (day(364 - purge.MARGIN.days), 1), (day(364), 0)):
        purge.run(con, purge_settings(town.home, town.settings, clock, confirmed=True), clock)
        assert numbers(con) == left
    con.close()


def test_freed_blocks_hold_nothing_after_a_rewrite(tmp_path: Path) -> None:
    con = duckdb.connect()
    con.execute("SET force_compression = 'uncompressed'")
    for name in ("old", "new"):
        con.execute(f"ATTACH '{tmp_path / name}.duckdb' AS {name}")
        con.execute(f"CREATE TABLE {name}.ad_version (body VARCHAR)")
    con.execute("INSERT INTO old.ad_version SELECT 'marke-' || range || repeat('y', 40) FROM range(20000)")
    con.execute("CHECKPOINT old")
    con.execute("DELETE FROM old.ad_version WHERE body LIKE 'marke-77%'")
    con.execute("CHECKPOINT old")
    assert copy_tables(con, "old", "new") == {"ad_version": con.execute("SELECT count(*) FROM old.ad_version").fetchall()[0][0]}
    con.execute("CHECKPOINT new")
    con.close()
    assert b"marke-7777y" in (tmp_path / "old.duckdb").read_bytes(), "deleting alone leaves the bytes: that is why the file is written anew"
    assert b"marke-7777y" not in (tmp_path / "new.duckdb").read_bytes()


def test_P05_every_table_of_the_casebook_says_how_long_it_is_kept(lived: Installation) -> None:
    with open_wishes(lived.home) as book:
        tables = {row[0] for row in book.con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()}
    assert tables == set(KEPT)
