"""Pictures compared on the command line: also against those that never link in an installation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cli.pictures import hash_files
from pipeline.home import find_home
from pipeline.store import open_store
from tests.cli.world import json_of, run
from tests.crawler.test_photo_hash import drawn

STOP = "stolen or stock photo: 9 contacts, 7 names, 1 counties, 2 sites"


def test_compare_says_which_picture_never_links_in_an_installation_and_why(home: Path, tmp_path: Path) -> None:
    left, right = tmp_path / "a.png", tmp_path / "b.png"
    drawn(1).save(left)
    drawn(2).save(right)
    (whole, *_) = hash_files([left])[0]["a.png"]
    place = find_home(home)
    con = open_store(place.store, key=place.key("store"), spill=place.spill)
    con.execute("INSERT INTO photo_hash VALUES (1, 1, '', $bits, $quality, '', $at, [])", {"bits": whole[1], "quality": whole[2], "at": datetime(2026, 9, 1)})
    con.execute("INSERT INTO photo_group VALUES (1, 1, 1, $why)", {"why": STOP})
    con.close()
    said = json_of("photos", "compare", str(left), str(right), "--home", str(home))
    assert (said["groups"], said["links"], said["never_link"]) == ([["a.png"], ["b.png"]], [], [{"file": "a.png", "why": STOP}])
    assert run("photos", "compare", str(left), str(right), "--home", str(home))[1] == f"a.png: never links, {STOP}\n"


def test_read_says_up_to_where_a_long_text_was_read(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("å" * 20_005, "utf-8")
    assert json_of("read", str(long))["unread"] == [{"start": 20_000, "end": 20_005}]
    assert run("read", str(long))[1].startswith("Read up to character 20000 of 20005: a longer text is no ad.")
