"""Landing files come in once, in any order; what cannot be read is set aside and named."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from crawler.records.ad import Ad, Handle, ImageSeen, Rejected
from crawler.records.duckdb_file import attach, connect
from crawler.records.site import Expectations
from pipeline import ingest
from pipeline.report import Report
from tests.pipeline.conftest import KEY, Land

AS_OF = datetime(2026, 11, 3, 6)


def ad(number: int, day: int, **fields: object) -> Ad:
    values: dict[str, object] = {"title": f"Annons {number}", "body": "Ring mig", **fields}
    return Ad(site="exempel", url=f"https://exempel.example/{number}", seen_at=datetime(2026, 11, day, 2, number), **values)  # type: ignore[arg-type]


def settings(tmp_path: Path, **expect: Expectations) -> ingest.IngestSettings:
    return ingest.IngestSettings(landing=tmp_path / "landing", key=KEY, expectations=expect)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()


def test_an_edit_is_a_new_version_and_a_second_look_a_sighting(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    land("a.duckdb", [ad(1, 1), ad(2, 1)])
    land("b.duckdb", [ad(1, 2), ad(2, 2, body="Ny text", handles=(Handle(kind="telegram", value="exempel_lina"),))])
    report = ingest.run(store, settings(tmp_path), AS_OF)
    assert report == Report(read=4, written=3)
    assert rows(store, "SELECT url[-1:], first_seen, last_seen, state FROM ad ORDER BY url") == [
        ("1", datetime(2026, 11, 1, 2, 1), datetime(2026, 11, 2, 2, 1), "listed"),
        ("2", datetime(2026, 11, 1, 2, 2), datetime(2026, 11, 2, 2, 2), "listed"),
    ]
    current = "SELECT body, handles FROM ad JOIN ad_version ON version_id = current_version WHERE url LIKE '%2'"
    assert rows(store, current) == [("Ny text", [{"kind": "telegram", "value": "exempel_lina"}])]
    assert rows(store, "SELECT count(*) FROM sighting") == [(4,)]


def test_the_order_of_the_files_does_not_matter(land: Land, tmp_path: Path, store: duckdb.DuckDBPyConnection) -> None:
    later, earlier = [ad(1, 2, body="Ny text")], [ad(1, 1)]
    land("later.duckdb", later)
    ingest.run(store, settings(tmp_path), AS_OF)
    land("earlier.duckdb", earlier)
    ingest.run(store, settings(tmp_path), AS_OF)
    assert rows(store, "SELECT body, first_seen, last_seen FROM ad JOIN ad_version ON version_id = current_version") == [
        ("Ny text", datetime(2026, 11, 1, 2, 1), datetime(2026, 11, 2, 2, 1))
    ]


def test_a_file_is_taken_in_once_and_deleted_only_when_committed(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    path = land("a.duckdb", [ad(1, 1)])
    ingest.run(store, settings(tmp_path), AS_OF)
    assert path.exists()
    assert ingest.run(store, settings(tmp_path), AS_OF) == Report(read=0, written=0)
    assert ingest.clear_ingested(store, tmp_path / "landing") == 1
    assert not path.exists()


def test_a_file_cut_short_is_set_aside_and_the_rest_ingested(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    path = land("cut.duckdb", [ad(1, 1)])
    path.write_bytes(path.read_bytes()[:5000])
    land("whole.duckdb", [ad(2, 1)])
    report = ingest.run(store, settings(tmp_path), AS_OF)
    assert (report.written, report.note.startswith("set aside: cut.duckdb: ")) == (1, True)
    assert (tmp_path / "landing" / "set-aside" / "cut.duckdb").exists()


def test_a_file_of_another_schema_is_set_aside(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    path = land("future.duckdb", [ad(1, 1)])
    con = connect(memory_limit="512MB", threads=1)
    attach(con, path, name="landing", key=KEY)
    con.execute("UPDATE landing.run SET schema_version = 99")
    con.close()
    report = ingest.run(store, settings(tmp_path), AS_OF)
    assert report == Report(read=0, written=0, note="set aside: future.duckdb: schema version 99, expected 2")


def test_an_ad_is_gone_after_two_complete_runs_without_it_and_never_after_a_failed_one(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    land("1.duckdb", [ad(1, 1), ad(2, 1)], at=datetime(2026, 11, 1, 2))
    land("2.duckdb", [ad(2, 2)], at=datetime(2026, 11, 2, 2))
    land("failed.duckdb", [], at=datetime(2026, 11, 3, 2), complete=False)
    ingest.run(store, settings(tmp_path), AS_OF)
    assert rows(store, "SELECT state FROM ad ORDER BY url") == [("listed",), ("listed",)]
    land("3.duckdb", [ad(2, 3)], at=datetime(2026, 11, 3, 3))
    ingest.run(store, settings(tmp_path), AS_OF)
    assert rows(store, "SELECT state FROM ad ORDER BY url") == [("gone",), ("listed",)]


def test_a_run_outside_its_bounds_is_kept_but_calls_nothing_gone(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        land(f"{day}.duckdb", [ad(1, 1)] if day == 1 else [], at=datetime(2026, 11, day, 2))
    ingest.run(store, settings(tmp_path, exempel=Expectations(ads_min=1)), AS_OF)
    assert rows(store, "SELECT state FROM ad") == [("listed",)]
    assert rows(store, "SELECT suspect_why FROM landed_run ORDER BY started_at")[1:] == [("0 ads, at least 1 expected",)] * 2


@pytest.mark.parametrize("quality", [0, 100])
def test_refused_pages_and_pictures_come_along(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path, quality: int) -> None:
    at = datetime(2026, 11, 1, 2)
    picture = ImageSeen(site="exempel", url="https://exempel.example/1", image="a.jpg", seen_at=at, hashes=(("whole", b"\x01" * 32, quality),))
    land("a.duckdb", [ad(1, 1), picture, Rejected(site="exempel", url="https://exempel.example/9", reason="no title", seen_at=at)])
    assert ingest.run(store, settings(tmp_path), AS_OF) == Report(read=1, written=1, refused=1)
    assert rows(store, "SELECT image, pdq, quality, unreadable FROM landed_image") == [("a.jpg", b"\x01" * 32, quality, "")]
    assert rows(store, "SELECT reason, landing_file FROM rejected") == [("no title", "a.duckdb")]
