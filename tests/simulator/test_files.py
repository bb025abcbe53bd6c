"""What is written: the same for the same seed, and readable by the house."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from crawler.records.duckdb_file import attach, connect
from pipeline import ingest, store
from pipeline.importing import ads_from
from simulator.command import simulate
from simulator.land import land_town
from simulator.listing import Listing
from simulator.picture_hashes import hash_jpeg
from simulator.pictures import jpeg
from simulator.serve import up_on_last_night
from simulator.town import Plan, town_of

KEY = "5e" * 32
TABLES = ("run", "ad_seen", "image_seen", "page_fetch", "rejected", "frontier")


def said(line: str) -> None:
    """Take what a command says and do nothing with it."""


def make(out: Path, *, seed: int = 31, ads: int = 90, as_import: bool = False, limit: int = 0, without_last: bool = False, nights: int = 3) -> None:
    simulate(
        out, seed=seed, ads=ads, nights=nights, until="2026-11-23", as_import=as_import, serve=False, limit=limit, modes=[],
        key=None if as_import else KEY, say=said, without_last=without_last,
    )  # fmt: skip


def landed(folder: Path, table: str) -> list[tuple[object, ...]]:
    """Return the sorted rows of a table over all landing files of a folder."""
    rows: list[tuple[object, ...]] = []
    con = connect(threads=1)
    for path in sorted(folder.glob("*.duckdb")):
        attach(con, path, name="landing", key=KEY, read_only=True)
        rows += [(path.name, *map(str, row)) for row in con.execute({name: f"SELECT * FROM landing.{name}" for name in TABLES}[table]).fetchall()]
        con.execute("DETACH landing")
    con.close()
    return sorted(rows)


def digest(folder: Path) -> dict[str, str]:
    """Return a hash of every file below a folder but landing files, and of the sorted rows of those."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".duckdb"}
    found |= {table: repr(landed(folder / "landing", table)).encode() for table in TABLES}
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


CHILD = """
import sys
from pathlib import Path
from tests.simulator.test_files import make
make(Path(sys.argv[1]), seed=int(sys.argv[2]))
make(Path(sys.argv[1]), seed=int(sys.argv[2]), as_import=True)
"""


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed_and_another_seed_others(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path / name), seed], env={**os.environ, "PYTHONHASHSEED": hash_seed})
        for name, seed, hash_seed in (("one", "31", "1"), ("two", "31", "2"), ("other", "32", "1"))
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    one, two, other = (digest(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert {"truth.jsonl", "import.jsonl", *TABLES} <= set(one)
    assert {name for name in ("truth.jsonl", "import.jsonl", "ad_seen", "image_seen") if one[name] == other[name]} == set()


SMALL = Plan(seed=22, ads=300, nights=8, until=date(2026, 11, 23))


def test_landing_files_hold_each_ad_on_each_night_that_it_is_up_and_the_truth_holds_all(tmp_path: Path) -> None:
    plan, town = SMALL, town_of(SMALL)
    land_town(tmp_path, plan, key=KEY, without_last=True, say=said)
    rows = landed(tmp_path / "landing", "ad_seen")
    expected = Counter((ad.site, ad.url) for listing in town for night in range(plan.nights - 1) if (ad := listing.on(night)))
    assert Counter((row[1], row[2]) for row in rows) == expected
    runs = landed(tmp_path / "landing", "run")
    assert len(runs) == 3 * 7
    assert {(row[1], row[3], row[6]) for row in runs} == {("2", "crawl", "True")}
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text("utf-8").splitlines()]
    assert {(row["site"], row["url"]) for row in truth} == {(listing.versions[0].ad.site, listing.versions[0].ad.url) for listing in town}
    assert set(truth[0]) == {"site", "url", "group", "controlled", "kind", "minor", "no_contact"}
    assert all(type(row["controlled"]) is bool for row in truth)


def test_pictures_are_landed_once_and_never_those_of_minors(tmp_path: Path) -> None:
    plan, town = SMALL, town_of(SMALL)
    land_town(tmp_path, plan, key=KEY, without_last=False, say=said)
    rows = landed(tmp_path / "landing", "image_seen")
    expected = Counter(shown.address for listing in town if not listing.minor for shown in listing.pictures)
    assert Counter(row[3] for row in rows) == expected
    assert set(expected.values()) == {1}
    con = connect(threads=1)
    shown_last = {shown.address: shown for listing in up_on_last_night(town, plan, 0) for shown in listing.pictures if not listing.minor}
    checked = 0
    for path in sorted((tmp_path / "landing").glob("*-20261123.duckdb")):
        attach(con, path, name="landing", key=KEY, read_only=True)
        for address, hashes in con.execute("SELECT image, hashes FROM landing.image_seen ORDER BY image LIMIT 8").fetchall():
            shown = shown_last[address]
            assert (hashes[0]["hash"], hashes[0]["quality"]) == hash_jpeg(jpeg(shown.identity, shown.variant, shown.turn, seed=plan.seed))
            checked += 1
        con.execute("DETACH landing")
    assert checked > 10


def test_a_small_town_is_ingested_and_read_without_a_refusal(tmp_path: Path) -> None:
    make(tmp_path)
    con = connect(threads=1)
    attach(con, tmp_path / "store.duckdb", name="store", key=KEY)
    con.execute("USE store")
    con.execute(store.sql("schema"))
    report = ingest.run(con, ingest.IngestSettings(landing=tmp_path / "landing", key=KEY, expectations={}), datetime(2026, 11, 23, 6))
    assert (report.refused, report.note) == (0, "")
    assert con.execute("SELECT count(*) FROM ad").fetchall() == [(90,)]
    assert con.execute("SELECT count(*) FROM rejected").fetchall() == [(0,)]
    con.close()


def test_an_import_file_is_what_the_last_night_showed(tmp_path: Path, town: list[Listing], plan: Plan) -> None:
    make(tmp_path, seed=plan.seed, ads=plan.ads, nights=plan.nights, as_import=True, limit=60)
    lines = [json.loads(line) for line in (tmp_path / "import.jsonl").read_text("utf-8").splitlines()]
    ads = [ad for line in lines for ad in ads_from(line)]
    up = up_on_last_night(town, plan, 60)
    assert len(lines) == len(ads) == len(up) == 60
    for ad, listing in zip(ads, up, strict=True):
        expected = listing.on(plan.nights - 1)
        assert expected is not None
        assert ad.seen_at.date() == date(2026, 11, 23)
        facts = [(item.seen_at, item.images) for item in (ad, expected)]
        assert [name.removeprefix(f"{ad.site}-") for name in facts[0][1]] == [address.rsplit("/", 1)[1] for address in facts[1][1]]
        assert {name: getattr(ad, name) for name in ad.__dataclass_fields__ if name not in ("seen_at", "images")} == {
            name: getattr(expected, name) for name in ad.__dataclass_fields__ if name not in ("seen_at", "images")
        }
    named = {name for line in lines for name in line.get("images", [])}
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == named


def test_a_large_town_is_made_by_several_processes_and_is_whole(tmp_path: Path) -> None:
    plan = Plan(seed=2, ads=250, nights=2, until=date(2026, 11, 23), part_max=100)
    land_town(tmp_path, plan, key=KEY, without_last=False, say=said)
    assert len((tmp_path / "truth.jsonl").read_text("utf-8").splitlines()) == 250
    expected = Counter((ad.site, ad.url) for listing in town_of(plan) for night in range(2) if (ad := listing.on(night)))
    assert Counter((row[1], row[2]) for row in landed(tmp_path / "landing", "ad_seen")) == expected
    assert len(expected) == 250
    assert sorted(path.name for path in tmp_path.iterdir()) == ["landing", "truth.jsonl"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"ads": 0}, "at least one ad"),
        ({"nights": 0}, "at least one ad"),
        ({"until": "23 nov"}, "isoformat"),
        ({"modes": ["torget=upside_down"]}, "torget=upside_down is not SITE=MODE; sites: torget, anslaget, fonstret"),
        ({"key": None}, "the key of the installation"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(tmp_path: Path, change: dict[str, object], why: str) -> None:
    wanted = {"seed": 1, "ads": 5, "nights": 2, "until": "2026-11-23", "as_import": False, "serve": False, "limit": 0, "modes": [], "key": KEY, "say": said}
    with pytest.raises(ValueError, match=why):
        simulate(tmp_path / "out", **{**wanted, **change})  # type: ignore[arg-type]
    assert not (tmp_path / "out" / "landing").exists()
