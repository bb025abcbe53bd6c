"""Ads that a partner brings and ads that are crawled over HTTP come in through one door: the same clusters."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.world import ROOT, json_of, make_home, run, subprocess_run

TOWN = ("--seed", "2", "--ads", "600", "--limit", "100", "--until", "2026-11-24")


@contextmanager
def served(folder: Path) -> Iterator[Path]:
    """Serve the town's last night; gives the folder of the sites' configs."""
    child = subprocess.Popen([sys.executable, "-m", "cli", "simulate", str(folder), "--serve", *TOWN], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not (folder / "ready.json").is_file():
            assert child.poll() is None and time.monotonic() < until, "the sites did not start"
            time.sleep(0.1)
        yield folder / "sites"
    finally:
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=20) == 0


def partition(home: Path) -> set[frozenset[str]]:
    """Return the clusters as sets of addresses."""
    return {frozenset(ad["url"] for ad in cluster["ads"]) for cluster in json_of("clusters", "--home", str(home))["clusters"]}


@pytest.mark.xdist_group("browser")
def test_an_import_gives_the_same_clusters_as_a_crawl(tmp_path: Path) -> None:
    brought, crawled = make_home(tmp_path / "brought"), make_home(tmp_path / "crawled", kind="demo")
    assert subprocess_run("simulate", str(tmp_path / "file"), "--import", *TOWN).returncode == 0
    code, _, err = run("import", str(tmp_path / "file" / "import.jsonl"), "--images", str(tmp_path / "file" / "pictures"), "--home", str(brought))
    assert code == 0, err
    assert run("night", "--no-crawl", "--home", str(brought))[0] == 0
    with served(tmp_path / "served") as sites:
        for config in sites.glob("*.toml"):
            shutil.copy(config, crawled / "config" / "sites" / config.name)
        done = subprocess_run("night", "--home", str(crawled), "--json")
    assert done.returncode == 0, done.stderr
    expected = partition(brought)
    assert expected and partition(crawled) == expected
