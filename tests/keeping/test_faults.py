"""What breaks in life, in short: flipped bits are all named, a full disk is survived and said plainly. The long counts are in benchmarks/faults."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
import sqlcipher3

from benchmarks.faults.flips import flip_bits
from pipeline import night, observe
from pipeline.failure import Exit, Failure
from pipeline.full_disk import plain_when_full
from pipeline.keeping.deep import damages
from pipeline.publish import open_snapshot
from tests.keeping.world import START, Installation, ad

LATER = START + timedelta(days=1)


def test_every_flipped_bit_is_named_and_a_whole_installation_has_none(after_a_night: Installation, tmp_path: Path) -> None:
    town = after_a_night.copy(tmp_path / "home")
    for path in (town.home.store, *town.home.published.glob("*.duckdb")):
        shutil.copystat(after_a_night.home.root / path.relative_to(town.home.root), path)
    assert flip_bits(town.home, 10) == {"flips": 10, "found": 10, "missed": [], "after": []}


def test_a_snapshot_that_is_gone_is_named(after_a_night: Installation, tmp_path: Path) -> None:
    town = after_a_night.copy(tmp_path / "home")
    gone = next(town.home.published.glob("review*.duckdb"))
    gone.unlink()
    assert damages(town.home) == [f"{gone}: is missing. Publish anew: lykta night --no-crawl"]


def test_a_disk_that_is_nearly_full_refuses_the_night_before_anything_is_opened(
    after_a_night: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    town = after_a_night.copy(tmp_path / "home")
    monkeypatch.setattr(night.shutil, "disk_usage", lambda path: namedtuple("usage", "total used free")(0, 0, 100 << 20))
    with pytest.raises(Failure, match="100 MB free") as refused:
        town.night(LATER, ad(3, LATER))
    assert refused.value.code == Exit.POLICY


def test_a_disk_that_fills_up_in_the_night_is_said_plainly_and_the_next_night_finishes(
    after_a_night: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    town = after_a_night.copy(tmp_path / "home")

    def full(*arguments: object) -> None:
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(observe, "run", full)
        with pytest.raises(Failure, match="The disk is full"):
            town.night(LATER, ad(3, LATER))
    snapshot, run, _ = open_snapshot(town.home, "review")
    snapshot.close()
    assert run == "2026-09-01"
    town.night(LATER)
    assert {"store.ad: marke-3x", "store.ad_version: marke-3x"} <= set(town.holds("marke-3x"))
    assert damages(town.home) == []


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(28, "No space left on device"), True),
        (sqlcipher3.OperationalError("database or disk is full"), True),
        (duckdb.IOException("Checkpoint failed. Original error: Could not write file: No space left on device"), True),
        (duckdb.IOException("Could not read from file"), False),
    ],
)
def test_a_full_disk_is_told_in_one_sentence_whoever_noticed_it_and_whatever_followed_from_it(error: Exception, full: bool) -> None:
    def fails() -> None:
        with plain_when_full("stage ingest"):
            try:
                raise error
            finally:
                raise duckdb.TransactionException("cannot rollback - no transaction is active")  # hides what led to it

    with pytest.raises(Failure if full else duckdb.TransactionException) as told:
        fails()
    said = "The disk is full (stage ingest). The old snapshot is served. Make room, then run the night again."
    assert str(told.value) == (said if full else "cannot rollback - no transaction is active")
