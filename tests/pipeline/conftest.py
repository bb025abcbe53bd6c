"""A store in a temporary folder, and landing files to feed it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from crawler.records.ad import Ad, ImageSeen, Rejected
from crawler.records.landing import LandingWriter
from pipeline.store import open_store

KEY = secrets.token_hex(32)
Land = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    con = open_store(tmp_path / "store.duckdb", key=KEY, spill=tmp_path / "spill", memory_limit="512MB", threads=1)
    yield con
    con.close()


@pytest.fixture
def land(tmp_path: Path) -> Land:
    folder = tmp_path / "landing"
    folder.mkdir()

    def write(
        name: str, records: list[Ad | ImageSeen | Rejected], *, site: str = "exempel", at: datetime = datetime(2026, 11, 1, 2), complete: bool = True
    ) -> Path:
        with LandingWriter(folder / name, key=KEY, site=site, source="crawl", started_at=at) as writer:
            for record in records:
                writer.add(record)
            writer.finish(finished_at=at, complete=complete)
        return folder / name

    return write
