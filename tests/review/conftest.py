"""One installation with three rings of made-up ads; every module of tests gets a copy of its own, served on loopback."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cli.crawling import find_chromium
from tests.review.world import Site, make_town, served

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A demo installation after its night, with colleagues and the truth beside it, made once for all workers. Read it, do not change it."""
    folder = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with (folder / "town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "town-made").exists():
            (folder / "town").mkdir()
            make_town(folder / "town")
            (folder / "town-made").touch()
    return folder / "town"


@pytest.fixture(scope="module")
def site(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the installation, served."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(town / "home", folder / "home")
    shutil.copytree(town / "home-town", folder / "home-town")
    with served(folder / "home") as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium that reaches loopback alone."""
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
        yield made
        made.close()


@pytest.fixture(scope="module")
def clusters(site: Site) -> list[str]:
    """The clusters of the queue, in reading order."""
    rows = site.client("anna").get("/ko").text
    return [part.split('"')[0] for part in rows.split('href="/kluster/')[1:]]
