"""Publish a run: three new encrypted files with a key each, then one atomic change of the `current` pointer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping.suppression import leave_out
from pipeline.masking import Masker, without_spans
from pipeline.report import Report
from pipeline.store import sql

POINTER = "current.json"
KEPT_RUNS = 2  # the one that is served and the one before it


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """Where snapshots go, the key of each kind, and what masks the texts that reviewers see."""

    folder: Path
    keys: dict[str, str]
    masker: Masker


def run(con: duckdb.DuckDBPyConnection, settings: PublishSettings, as_of: datetime) -> Report:
    """Build the three snapshots beside the old ones; `swap` makes them the current ones."""
    name = run_name(as_of)
    rows = 0
    for kind in ("analyst", "review", "vault"):
        path = new_file(settings.folder, kind, name)
        path.unlink(missing_ok=True)
        attach(con, path, name="out", key=settings.keys[kind])
        try:
            _execute(con, f"publish_{kind}", {"run": name, "as_of": as_of})
            if kind == "analyst":
                con.begin()
                con.execute(sql("publish_analyst_comments"))
                con.commit()
            if kind == "review":
                rows = _write_texts(con, settings.masker)
            con.execute("CHECKPOINT out")
        finally:
            con.execute("DETACH out")
        _fsync(path)
    return Report(read=rows, written=3, note=f"run {name}")


def run_name(as_of: datetime) -> str:
    """Return a run's name: its date, 2026-11-23."""
    return as_of.strftime("%Y-%m-%d")


def new_file(folder: Path, kind: str, name: str) -> Path:
    """Return where a run's new snapshot of a kind is built, beside those that are served."""
    prefix = "lykta" if kind == "analyst" else kind
    return folder / f"{prefix}-{name}.duckdb.new"


def _execute(con: duckdb.DuckDBPyConnection, name: str, params: dict[str, object]) -> None:
    for statement in con.extract_statements(sql(name)):
        con.execute(statement, {key: params[key] for key in statement.named_parameters})


def _write_texts(con: duckdb.DuckDBPyConnection, masker: Masker) -> int:
    """Write the masked texts of the ads that reviewers read. Returns how many."""
    rows = con.execute(sql("publish_texts")).fetchall()
    masked = [(ad_id, _mask(title, spans, masker, 0), _mask(body, spans, masker, len(title) + 1)) for ad_id, title, body, spans in rows]
    texts = pa.table(
        {
            "ad_id": pa.array([row[0] for row in masked], pa.int64()),
            "title": pa.array([row[1] for row in masked], pa.string()),
            "body": pa.array([row[2] for row in masked], pa.string()),
        }
    )
    con.register("masked_texts", texts)
    con.execute("CREATE TABLE out.ad_text AS SELECT * FROM masked_texts ORDER BY ad_id")
    con.unregister("masked_texts")
    return len(masked)


def _mask(text: str, spans: list[dict[str, int]] | None, masker: Masker, offset: int) -> str:
    """Mask a title or body; spans count from the start of title, line break, body, so a body's begin at `offset`."""
    own = [(max(span["start_at"] - offset, 0), min(span["end_at"] - offset, len(text))) for span in spans or []]
    return masker.mask(without_spans(text, [(start, end) for start, end in own if start < end]))


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish_settings(home: Home, number_words: Iterable[str]) -> PublishSettings:
    """Return what publishing needs in an installation; `number_words` are masked in shown texts."""
    return PublishSettings(folder=home.published, keys={kind: home.key(kind) for kind in ("analyst", "review", "vault")}, masker=Masker(number_words))


def swap(folder: Path, as_of: datetime, *, keep_previous: bool = True) -> dict[str, str]:
    """Make the new snapshots the current ones: rename, fsync, then replace the pointer in one step; drop runs before the last two.

    After an erasure the one before goes as well.
    """
    name = run_name(as_of)
    stamp = as_of.strftime("%H%M%S")
    previous = pointer(folder)
    current: dict[str, str] = {"run": name, "as_of": as_of.isoformat()}
    for kind in ("analyst", "review", "vault"):
        new = new_file(folder, kind, name)
        serial = 0
        while (target := folder / new.name.replace(".duckdb.new", f"-{stamp}-{serial}.duckdb")).exists():
            serial += 1
        os.replace(new, target)
        current[kind] = target.name
    beside = folder / (POINTER + ".new")
    beside.write_text(json.dumps(current), "utf-8")
    _fsync(beside)
    os.replace(beside, folder / POINTER)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    keep = {current[kind] for kind in ("analyst", "review", "vault")} | (set(previous.values()) if keep_previous else set())
    for path in folder.glob("*.duckdb*"):
        if path.name not in keep and not path.name.startswith("suppressed"):
            path.unlink()
    return current


def pointer(folder: Path) -> dict[str, str]:
    path = folder / POINTER
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def open_snapshot(home: Home, kind: str) -> tuple[duckdb.DuckDBPyConnection, str, datetime]:
    """Open the current snapshot (`analyst`, `review` or `vault`), read-only. Returns the connection, the run's name and its moment.

    Whoever was erased since it was published is left out.

    Raises:
        Failure: nothing was published yet (4), or the file is damaged (6).
    """
    current = pointer(home.published)
    if not current:
        raise Failure(Exit.NOTHING, "Nothing is published yet. Run: lykta night")
    con = connect(memory_limit="1GB", threads=2)
    try:
        attach(con, home.published / current[kind], name="snapshot", key=home.key(kind), read_only=True)
    except duckdb.Error as error:
        con.close()
        raise Failure(Exit.INTEGRITY, f"{home.published / current[kind]}: cannot be opened with its key. Run lykta night to publish again.") from error
    con.execute("USE snapshot")
    leave_out(con, home)
    return con, current["run"], datetime.fromisoformat(current["as_of"])
