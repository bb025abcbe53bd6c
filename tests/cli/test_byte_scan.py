"""After a whole run no number, name, text or picture stands outside encrypted files, and inside them only where it must."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.home import find_home
from tests.cli.scan import cells, opened_hits, picture_hashes, raw_hits
from tests.cli.world import json_of, make_home, run, subprocess_run

NUMBERS = ("701740605", "701740620", "701740630", "701740640")
WRITTEN = ("+46701740605", "070-174 06 05", "0701740605", "noll sju noll ett", "070-174 06 20", "070-174 06 30", "070-174 06 40")
TEXTS = ("långa samtal vid ett fönster", "Jag måste betala tillbaka", "bestämmer mina egna tider")
NAMES = ("Lina i Lund", "Eleonora", "Gabriella")


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, partner: Path) -> tuple[Path, Path]:
    """An installation whose commands ran as processes of their own, and the temp folder that they were given."""
    folder = tmp_path_factory.mktemp("scanned")
    home, temp = make_home(folder / "home"), folder / "tmp"
    temp.mkdir()
    given = {**os.environ, "TMPDIR": str(temp)}
    done = subprocess_run("import", str(partner / "ads.jsonl"), "--images", str(partner / "pictures"), "--home", str(home), env=given)
    assert done.returncode == 0, done.stderr
    landing = subprocess_run("night", "--no-crawl", "--home", str(home), env=given)
    assert landing.returncode == 0, landing.stderr
    for command in ("queue", "urgent", "clusters", "list"):
        subprocess_run(command, "--home", str(home), env=given)
    return home, temp


def test_P01_no_file_holds_a_number_a_text_a_picture_or_its_hash_in_plain_bytes(scanned: tuple[Path, Path]) -> None:
    home, temp = scanned
    hashes = picture_hashes(find_home(home))
    assert len(hashes) > 2
    assert raw_hits([home / "data", home / "keys", temp], [*WRITTEN, *TEXTS, *NAMES], hashes) == []


def test_opened_stores_hold_numbers_only_in_the_ads_own_text(scanned: tuple[Path, Path]) -> None:
    home, _ = scanned
    assert opened_hits(home, NUMBERS, WRITTEN) == []


def test_published_snapshots_hold_no_name_and_the_analysts_no_text_or_address(scanned: tuple[Path, Path]) -> None:
    home, _ = scanned
    published = [(kind, table, text) for kind, table, text in cells(find_home(home)) if kind in ("lykta", "review", "vault")]
    assert [row[:2] for row in published if any(name == row[2] for name in ("Lina", "Mia", "Eleonora", "Gabriella"))] == []
    analyst = [text for kind, _, text in published if kind == "lykta"]
    assert [text for text in analyst if "https://" in text or any(line in text for line in TEXTS)] == []


def test_P19_a_hash_of_a_picture_is_in_no_snapshot_and_no_answer(scanned: tuple[Path, Path]) -> None:
    home, at = scanned[0], ["--home", str(scanned[0])]
    hashes = {form.decode() for form in picture_hashes(find_home(home)) if len(form) == 64}
    assert len(hashes) > 1
    published = "\n".join(text for kind, _, text in cells(find_home(home)) if kind in ("lykta", "review", "vault"))
    assert len(published) > 10_000 and not [digits for digits in hashes if digits[:16] in published]
    said = [run(*command, *at)[1] for command in (["clusters", "--json"], ["queue", "--json"], ["urgent", "--json"], ["list", "--json"])]
    said += [run("explain", row["cluster"], "--json", *at)[1] for row in json_of("queue", *at)["rows"]]
    assert all(said) and not [one for one in said for digits in hashes if digits[:16] in one]


def test_the_scan_itself_finds_what_is_planted(tmp_path: Path, partner: Path) -> None:
    home = make_home(tmp_path / "home")
    (home / "data" / "log" / "planted.log").write_text("ringde 070-174 06 05", "utf-8")
    (home / "data" / "planted.bin").write_bytes(b"... \xff\xd8\xff\xe0\x00\x10JFIF\x00 and so on")
    (home / "data" / "planted.txt").write_text("ab" * 32, "utf-8")
    assert [hit.split(":")[0] for hit in raw_hits([home / "data"], WRITTEN, [b"ab" * 32])] == ["planted.log", "planted.bin", "planted.txt"]
    with pytest.raises(ValueError, match="6 bytes or more"):
        raw_hits([home / "data"], ["Lina"])
    run("import", str(partner / "ads.jsonl"), "--home", str(home))
    assert opened_hits(home, [], WRITTEN[-1:]) == ["landing.ad_seen: 070-174 06 40"]
