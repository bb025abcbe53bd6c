"""One installation that took in a partner's file and ran its night; tests that change it get a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.world import draw, make_home, other_ads, ring_ads, run, write_lines


@pytest.fixture(scope="session")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ads.jsonl and its pictures."""
    folder = tmp_path_factory.mktemp("partner")
    (folder / "pictures").mkdir()
    draw(folder / "pictures" / "a.jpg")
    write_lines(folder / "ads.jsonl", [*ring_ads(), *other_ads()])
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, partner: Path) -> Path:
    """An installation after its first night. Read it, do not change it."""
    home = make_home(tmp_path_factory.mktemp("finished") / "home")
    code, _, err = run("import", str(partner / "ads.jsonl"), "--images", str(partner / "pictures"), "--home", str(home))
    assert code == 0, err
    code, _, err = run("night", "--no-crawl", "--home", str(home))
    assert code == 0, err
    return home


@pytest.fixture
def home(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished installation that a test may change."""
    return Path(shutil.copytree(finished, tmp_path / "home"))
