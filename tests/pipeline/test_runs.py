"""Each crawl is kept in numbers, compared with its site's own history, and held when it is unlike it; no ad is called gone by a guess."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from crawler.records.ad import Ad, PageFetch, Rejected
from crawler.records.landing import LandingWriter
from crawler.records.site import Expectations
from pipeline import ingest
from pipeline.failure import Failure
from pipeline.health.facts import Facts, Outside
from pipeline.health.lines import site_lines, verdict
from pipeline.ingest_runs import history_of, keep_runs, stored_run
from pipeline.known_ads import known_ads
from pipeline.settings import Machine, read_site
from pipeline.store import open_store
from simulator.modes import MODES
from simulator.serve import _site, up_on_last_night
from simulator.town import Plan, town_of
from tests.crawler.driven import drive, town_site
from tests.pipeline.conftest import KEY, Land

NIGHT = datetime(2026, 11, 20, 2)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once: its comments alone take longer than a test of it."""
    path = tmp_path_factory.mktemp("empty") / "store.duckdb"
    open_store(path, key=KEY, spill=path.parent, memory_limit="512MB", threads=1).close()
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    shutil.copy(empty, tmp_path / "store.duckdb")
    con = open_store(tmp_path / "store.duckdb", key=KEY, spill=tmp_path / "spill", memory_limit="512MB", threads=1)
    yield con
    con.close()


def settings(tmp_path: Path, **expect: Expectations) -> ingest.IngestSettings:
    return ingest.IngestSettings(landing=tmp_path / "landing", key=KEY, expectations=expect, languages=("sv", "en"))


def ad(number: int, at: datetime, **fields: object) -> Ad:
    values: dict[str, object] = {"title": f"Annons {number}", "body": "Ring mig gärna på kvällen, jag bor i stan", "phones": ("070-174 06 05",), **fields}
    return Ad(site="exempel", url=f"https://exempel.example/{number}", seen_at=at, **values)  # type: ignore[arg-type]


def usual(site: str, at: datetime, **change: object) -> Facts:
    """Return an ordinary night of a site of 30 ads, of which 3 are new and 3 are gone."""
    facts = Facts(
        landing_file=f"{site}-{at:%Y%m%dT%H%M%S}-crawl.duckdb", site=site, started_at=at, finished_at=at, lists_whole=True, complete=True, pages=33, listed=30,
        ads=30, unchanged=0, new_ads=3, known=30, absent=3, gone=1, rejected=0, rates={"title": 1.0, "body": 1.0, "phones": 0.8},
        languages={"sv": 0.9, "en": 0.1}, dates={"9-9-9a9:9": 1.0}, statuses={"200": 32, "404": 1}, ad_bytes=2000, list_bytes=9000,
    )  # fmt: skip
    return replace(facts, **change)  # type: ignore[arg-type]


def remember(con: duckdb.DuckDBPyConnection, site: str, *, nights: int = 10) -> None:
    keep_runs(con, [usual(site, NIGHT - timedelta(days=back), listed=30 + back % 3) for back in range(1, nights + 1)])


def states(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute("SELECT url[-1:], state FROM ad ORDER BY url").fetchall()


def frontier(land: LandingWriter, *rows: tuple[str, str, str]) -> None:
    for page, kind, why in rows:
        land.note_frontier(f"https://exempel.example/{page}", kind, "done", why)


def night(tmp_path: Path, day: int, records: list[object], *pages: tuple[str, str, str], complete: bool = True) -> str:
    at = NIGHT + timedelta(days=day)
    path = tmp_path / "landing" / f"exempel-{at:%Y%m%dT%H%M%S}-crawl.duckdb"
    with LandingWriter(path, key=KEY, site="exempel", source="crawl", started_at=at) as land:
        frontier(land, *pages)
        for record in records:
            land.add(record)  # type: ignore[arg-type]
            if isinstance(record, Ad):
                land.note_validator(record.url, f'"{record.title}"', "")
        land.note_outcome(trouble="", failed="")
        land.finish(finished_at=at, complete=complete)
    return path.name


def test_a_page_that_says_gone_is_proof_and_an_ad_that_is_listed_but_not_understood_stays(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    night(tmp_path, 0, [ad(number, NIGHT) for number in (1, 2, 3)])
    ingest.run(store, settings(tmp_path), NIGHT)
    odd = Rejected(site="exempel", url="https://exempel.example/2", reason="no title", seen_at=NIGHT)
    for day in (1, 2):
        at = NIGHT + timedelta(days=day)
        night(tmp_path, day, [ad(3, at), odd], ("", "list", ""), ("1", "ad", "410"), ("2", "ad", "no title"), ("3", "ad", ""))
    ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=2))
    assert states(store) == [("1", "gone"), ("2", "listed"), ("3", "listed")]
    assert store.execute("SELECT proof, gone_at FROM ad_gone").fetchall() == [("410", NIGHT + timedelta(days=2))]
    assert store.execute("SELECT count(*) FROM sighting JOIN ad USING (ad_id) WHERE url LIKE '%2'").fetchall() == [(1,)]


def test_an_ad_that_stood_unread_in_the_lists_is_seen_and_one_they_leave_out_twice_is_gone(
    store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path
) -> None:
    night(tmp_path, 0, [ad(number, NIGHT) for number in (1, 2, 3)])
    for day in (1, 2):
        night(tmp_path, day, [], ("", "list", ""), ("1", "ad", "listed"), ("2", "ad", "unchanged"))
    ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=2))
    last = NIGHT + timedelta(days=2)
    assert states(store) == [("1", "listed"), ("2", "listed"), ("3", "gone")]
    assert store.execute("SELECT last_seen FROM ad ORDER BY url").fetchall() == [(last,), (last,), (NIGHT,)]
    assert store.execute("SELECT url[-1:], read_at, etag FROM ad JOIN ad_read USING (ad_id) ORDER BY url").fetchall() == [
        ("1", NIGHT, '"Annons 1"'), ("2", last, '"Annons 2"'), ("3", NIGHT, '"Annons 3"'),
    ]  # fmt: skip
    assert store.execute("SELECT count(*) FROM sighting").fetchall() == [(7,)]
    night(tmp_path, 3, [ad(3, NIGHT + timedelta(days=3))])
    ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=3))
    assert states(store)[2] == ("3", "listed") and store.execute("SELECT * FROM ad_gone").fetchall() == []


def test_the_next_crawl_is_told_of_the_ads_that_were_read_and_are_still_there(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    night(tmp_path, 0, [ad(number, NIGHT) for number in (1, 2)])
    night(tmp_path, 1, [], ("", "list", ""), ("1", "ad", "404"), ("2", "ad", "unchanged"))
    ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=1))
    store.close()
    home = SimpleNamespace(store=tmp_path / "store.duckdb", spill=tmp_path / "spill", key=lambda name: KEY)
    told = known_ads(home, Machine(memory_limit="512MB", threads=1, workers=1))  # type: ignore[arg-type]
    one = {"first_seen": NIGHT, "read_at": NIGHT + timedelta(days=1), "etag": '"Annons 2"', "last_modified": ""}
    assert told == {"exempel": {"https://exempel.example/2": one}}


def test_lists_cut_short_prove_nothing(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    night(tmp_path, 0, [ad(1, NIGHT), ad(2, NIGHT)])
    for day, why in ((1, "endless"), (2, "answered 500"), (3, "endless")):
        night(tmp_path, day, [ad(2, NIGHT + timedelta(days=day))], ("", "list", why), ("2", "ad", ""), complete=False)
    ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=3))
    assert states(store) == [("1", "listed"), ("2", "listed")]


def test_a_crawl_is_kept_in_numbers(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    night(tmp_path, 0, [ad(1, NIGHT), ad(2, NIGHT)])
    at = NIGHT + timedelta(days=1)
    fetches = [PageFetch(url="x", kind=kind, fetched_at=at, status=status, bytes=size, allowed_by="") for kind, status, size in (
        ("list", 200, 900), ("ad", 200, 300), ("ad", 404, 50), ("ad", 429, 10), ("robots", 200, 20))]  # fmt: skip
    odd = Rejected(site="exempel", url="https://exempel.example/4", reason="no title", seen_at=at)
    name = night(tmp_path, 1, [ad(3, at, phones=(), posted_at="2026-11-21 10:30"), odd, *fetches],
                 ("", "list", ""), ("1", "ad", "unchanged"), ("2", "ad", "404"), ("3", "ad", ""), ("4", "ad", "no title"))  # fmt: skip
    ingest.run(store, settings(tmp_path), at)
    assert stored_run(store, name) == Facts(
        landing_file=name, site="exempel", started_at=at, finished_at=at, lists_whole=True, complete=True, pages=5, listed=3, ads=1, unchanged=1, new_ads=2,
        known=2, absent=1, gone=1, rejected=1, rates={"title": 1.0, "body": 1.0, "posted_at": 1.0}, languages={"sv": 1.0}, dates={"9-9-9 9:9": 1.0},
        statuses={"200": 2, "404": 1, "429": 1}, ad_bytes=300, list_bytes=900,
    )  # fmt: skip


def test_a_crawl_unlike_its_site_is_held_until_somebody_accepts_it(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    remember(store, "exempel")
    name = night(tmp_path, 0, [ad(number, NIGHT) for number in range(5)])
    landing, held = tmp_path / "landing", tmp_path / "landing" / "held" / name
    report = ingest.run(store, settings(tmp_path), NIGHT)
    assert (report.written, report.note) == (0, "held until accepted: exempel 20261120T020000")
    assert store.execute("SELECT suspect_why FROM landed_run").fetchall() == [("5 ads, at least 15 expected (usually 31)",)]
    assert (ingest.clear_ingested(store, landing), held.exists(), list(landing.glob("*.duckdb"))) == (1, True, [])
    with pytest.raises(Failure, match="exempel has no run 2026. Waiting: exempel 20261120T020000"):
        ingest.accept(store, landing, "exempel", "2026", who="anna", because="rätt", now=NIGHT)
    assert ingest.run(store, settings(tmp_path), NIGHT).written == 0
    assert ingest.accept(store, landing, "exempel", "20261120T020000", who="anna", because="sajten tog bort en avdelning", now=NIGHT) is not None
    assert ingest.accept(store, landing, "exempel", "20261120T020000", who="anna", because="igen", now=NIGHT) is None
    assert ingest.run(store, settings(tmp_path), NIGHT).written == 5
    kept = stored_run(store, name)
    assert kept is not None and (kept.accepted_by, kept.because, kept.held) == ("anna", "sajten tog bort en avdelning", False)
    assert store.execute("SELECT suspect_why FROM landed_run").fetchall() == [("",)]
    assert (ingest.run(store, settings(tmp_path), NIGHT).read, ingest.clear_ingested(store, landing), held.exists()) == (0, 1, False)


def test_a_held_crawl_that_nobody_accepts_is_kept_no_longer_than_other_texts(store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path) -> None:
    remember(store, "exempel")
    name = night(tmp_path, 0, [ad(1, NIGHT)])
    held = tmp_path / "landing" / "held" / name
    for days, there in ((0, True), (31, False)):
        ingest.run(store, settings(tmp_path), NIGHT + timedelta(days=days))
        ingest.clear_ingested(store, tmp_path / "landing")
        assert held.exists() is there


def test_five_sites_that_misbehave_in_five_ways_are_understood_from_their_lines_alone(
    store: duckdb.DuckDBPyConnection, land: Land, tmp_path: Path
) -> None:
    plan = Plan(seed=31, ads=60, nights=3, until=date(2026, 11, 20))
    up = up_on_last_night(town_of(plan), plan, 24)
    ways = {
        "ett": ("torget", "blocked"), "fem": ("torget", "dateformat"), "fyra": ("anslaget", "empty"), "tre": ("torget", "redesigned"),
        "tva": ("anslaget", "login"),
    }  # fmt: skip
    for name, (kind, mode) in ways.items():
        site = _site(kind, up, plan)
        site.base = "http://127.0.0.1:9"
        (tmp_path / "site.toml").write_text(site.config(), "utf-8")
        config = replace(read_site(tmp_path / "site.toml"), site=name)
        for number, answer in enumerate((MODES[mode](), lambda site, request, answer: answer)):
            at = NIGHT - timedelta(days=number)
            path = tmp_path / "landing" / f"{name}-{at:%Y%m%dT%H%M%S}-crawl.duckdb"
            with LandingWriter(path, key=KEY, site=name, source="crawl", started_at=at) as landing:
                report = drive(config, town_site(site, config, answer), landing=landing, at=at)
                landing.finish(finished_at=at, complete=report.complete)
    ingest.run(store, settings(tmp_path), NIGHT)
    assert store.execute("SELECT count(*) FILTER (state = 'gone'), count(*) > 15 FROM ad").fetchall() == [(0, True)]
    lines = site_lines([run for name in ways for run in history_of(store, name)], ways, as_of=NIGHT + timedelta(hours=4))
    told = {line.site: (line.trouble, line.nights[-2:], line.state["sv"], line.todo["sv"]) for line in lines}
    assert told == {
        "ett": ("soft_block", "█×", "sajten visade en kontroll (är du en människa?) i stället för annonser",
                "Lös den inte. Höj delay_s i config/sites/ett.toml till det dubbla och vänta en natt; fråga annars sajten om lov."),
        "fem": ("date_format", "██", "sajten skriver datum på ett nytt sätt",
                "Kör lykta sites check fem och ändra posted_at i config/sites/fem.toml. Annonserna i övrigt lästes."),
        "fyra": ("empty_lists", "█×", "sajtens listor är tomma",
                 "Öppna sajten i en webbläsare. Är den tom även där: vänta en natt. Annars: lykta sites check fyra."),
        "tre": ("redesign", "█×", "sajten har byggts om: det vi läser finns inte där det fanns",
                "Kör lykta sites check tre och ändra config/sites/tre.toml efter vad den visar."),
        "tva": ("log_in_wall", "█×", "sajten kräver inloggning för att visa annonser",
                "Logga inte in: då är annonserna inte längre offentliga. Ta bort config/sites/tva.toml om det består."),
    }  # fmt: skip
    assert verdict(lines, "en") == (
        "Last night can be trusted except for ett, fyra, tre, tva: 1 of 5 sites were read whole. No ad is called gone because it could not be read."
    )


def test_a_kept_crawl_comes_back_as_it_was(store: duckdb.DuckDBPyConnection) -> None:
    odd = (Outside(measure="listed", found=3.0, low=15.0, usual=30.0),)
    facts = usual("exempel", NIGHT, outside=odd, accepted_by="anna", because="rätt", accepted_at=NIGHT)
    keep_runs(store, [facts])
    keep_runs(store, [facts])
    assert [dataclasses.asdict(run) for run in history_of(store, "exempel")] == [dataclasses.asdict(facts)]
