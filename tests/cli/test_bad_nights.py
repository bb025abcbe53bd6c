"""A night that is killed, locked out, misconfigured, or fed with broken files: what was published stands, and nothing is lost."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.home import find_home
from pipeline.night import night_lock
from tests.cli.world import ROOT, json_of, make_home, other_ads, ring_ads, run, write_lines


def clusters(home: Path) -> object:
    return json_of("clusters", "--home", str(home))["clusters"]


def test_a_missing_key_is_8_and_nothing_is_written_in_plain_text(home: Path) -> None:
    (home / "keys" / "store.key").unlink()
    before = sorted(path.name for path in (home / "data").iterdir())
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert (code, "store.key" in err, "Put the key back" in err) == (8, True, True)
    assert {path.name for path in (home / "data").iterdir()} - set(before) <= {"night.lock"}


def test_a_missing_key_of_a_new_installation_names_the_command_that_makes_one(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    (home / "keys" / "landing.key").unlink()
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert (code, "--keys-only" in err) == (8, True)
    assert run("init", str(home), "--keys-only")[0] == 0
    assert run("night", "--no-crawl", "--home", str(home))[0] == 0


def test_all_config_mistakes_are_listed_at_once(home: Path) -> None:
    outreach, linking = home / "config" / "outreach.toml", home / "config" / "linking.toml"
    outreach.write_text(outreach.read_text("utf-8").replace("list_rows ", "list_rowz "), "utf-8")
    linking.write_text(linking.read_text("utf-8").replace("quality_min     = 50", 'quality_min = "high"'), "utf-8")
    (home / "config" / "sites").mkdir(exist_ok=True)
    (home / "config" / "sites" / "exempel.toml").write_text('site = "exempel"\nfetcher = "carrier pigeon"\n', "utf-8")
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert code == 8
    for said in ("outreach.toml: list_rowz is not a key here; did you mean list_rows?", "quality_min", "exempel.toml"):
        assert said in err, said


def test_two_nights_at_once_are_5_and_say_who(home: Path) -> None:
    with night_lock(find_home(home), who="lykta night by anna", now=datetime(2026, 9, 20, 2)):
        code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert (code, "lykta night by anna" in err, "2026-09-20 02:00" in err) == (5, True, True)


def test_a_landing_file_cut_short_is_set_aside_and_named(home: Path, partner: Path) -> None:
    ads = [{**ad, "url": ad["url"] + "-2"} for ad in ring_ads()[:3]]
    run("import", str(write_lines(home / "more.jsonl", ads)), "--home", str(home))
    whole = next((home / "data" / "landing").glob("import-*.duckdb"))
    cut = whole.with_name("cut-20260920-crawl.duckdb")
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    (home / "data" / "landing" / "noise.duckdb").write_bytes(b"not a database at all")
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert (code, "cut-20260920-crawl.duckdb" in err, "noise.duckdb" in err) == (0, True, True)
    assert {path.name for path in (home / "data" / "landing" / "set-aside").iterdir()} == {cut.name, "noise.duckdb"}
    assert len(clusters(home)[0]["ads"]) == 15  # type: ignore[index]


def test_a_killed_night_leaves_the_old_snapshot_and_the_next_run_finishes(home: Path, tmp_path: Path) -> None:
    before, pointer = clusters(home), (home / "data" / "published" / "current.json").read_text("utf-8")
    more = [{**ad, "url": ad["url"] + "-2", "seen": [day.replace("-09-", "-10-") for day in ad["seen"]]} for ad in [*ring_ads(), *other_ads()]]
    run("import", str(write_lines(tmp_path / "more.jsonl", more)), "--home", str(home))
    twin = Path(shutil.copytree(home, tmp_path / "twin"))
    assert run("night", "--no-crawl", "--home", str(twin))[0] == 0
    chance = random.Random(7)
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-m", "cli", "night", "--no-crawl", "--home", str(home)], cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 2.5))
        killed = child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        now = (home / "data" / "published" / "current.json").read_text("utf-8")
        assert clusters(home) in (before, clusters(twin))
        if killed and now == pointer:
            assert clusters(home) == before
    assert run("night", "--no-crawl", "--home", str(home))[0] in (0, 4)
    assert clusters(home) == clusters(twin)
    assert json.loads((home / "data" / "published" / "current.json").read_text("utf-8"))["run"] == "2026-10-19"


def test_a_night_without_a_named_officer_refuses(home: Path) -> None:
    config = home / "config" / "lykta.toml"
    config.write_text(config.read_text("utf-8").replace('officer = "Exempelstads kommun"', 'officer = ""'), "utf-8")
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert (code, "officer is empty" in err) == (8, True)


@pytest.mark.parametrize("inside", ["sub", "data/other"])
def test_no_installation_lies_inside_another(home: Path, inside: str) -> None:
    assert run("init", str(home / inside), "--for", "research")[0] == 7
