"""Installations of a made-up town in a temporary folder, for benchmarks."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from pipeline import setup
from pipeline.home import Home, create_home
from pipeline.night import StageReport, run_stages
from pipeline.settings import read_settings
from simulator import command

UNTIL = date(2026, 11, 23)
AS_OF = datetime.combine(UNTIL, time(6, 0))


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a temporary folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lykta-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def town_home(folder: Path, *, seed: int, ads: int, nights: int = 30) -> tuple[Home, Path]:
    """Make a demo installation with the landed nights of a town. Returns it and the truth file."""
    home = create_home(folder / "home", kind="demo")
    setup.write_legal_basis(home, controller="", officer="", import_days=365, today=datetime.now(UTC).date())
    command.simulate(
        folder / "town",
        seed=seed,
        ads=ads,
        nights=nights,
        until=UNTIL.isoformat(),
        as_import=False,
        serve=False,
        limit=0,
        modes=[],
        key=home.key("landing"),
        say=lambda line: None,
    )
    for path in sorted((folder / "town").glob("landing/*.duckdb")):
        path.rename(home.landing / path.name)
    return home, folder / "town" / "truth.jsonl"


def run_night(home: Home) -> list[StageReport]:
    """Run all stages over what has landed."""
    settings = read_settings(home)
    settings = dataclasses.replace(settings, sites=())
    return run_stages(home, settings, AS_OF, fetch_photos=None, photos_since=None)
