"""One installation with three rings of made-up ads; every module of tests gets a copy of its own, served on loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from cli.crawling import find_chromium
from pipeline.home import find_home
from tests.cli.world import run
from tests.review.world import Site, hire, other_ads, ring_ads, served, write_lines

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo installation after its night, with colleagues and the truth beside it. Read it, do not change it."""
    folder = tmp_path_factory.mktemp("town")
    ads = [*ring_ads(), *other_ads()]
    write_lines(folder / "ads.jsonl", ads)
    for command in (["init", str(folder / "home"), "--for", "demo"], ["import", str(folder / "ads.jsonl")], ["night", "--no-crawl"]):
        code, _, err = run(*command, *(["--home", str(folder / "home")] if command[0] != "init" else []))
        assert code == 0, err
    hire(find_home(folder / "home"))
    (folder / "home-town").mkdir()
    truth = [{"site": ad["site"], "url": ad["url"], "group": ad["url"][:26], "controlled": "/0/" in ad["url"]} for ad in ads]
    (folder / "home-town" / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in truth), "utf-8")
    return folder


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
