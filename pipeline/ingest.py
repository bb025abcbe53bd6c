"""Take landing files in: each once, in any order, also while another crawl writes; a crawl unlike its site is held until somebody accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from crawler.records.site import Expectations
from pipeline.failure import Exit, Failure
from pipeline.health.facts import Facts
from pipeline.ingest_files import STAGING, TABLES, Staged, load, set_aside
from pipeline.ingest_runs import keep_runs, stored_run
from pipeline.report import Report
from pipeline.store import sql

HELD = "held"  # the folder below landing in which files wait that are unlike their site
WAITING = "SELECT landing_file FROM site_run WHERE len(outside) > 0 AND accepted_by = ''"
TAKEN = """
SELECT 1 FROM landed_run LEFT JOIN site_run USING (landing_file)
WHERE landing_file = $file AND NOT (landed_run.suspect_why <> '' AND coalesce(site_run.accepted_by, '') <> '')
"""
ACCEPT = "UPDATE site_run SET accepted_by = $who, accepted_at = $at, because = $because WHERE landing_file = $file"
UNSUSPECT = "UPDATE landed_run SET suspect_why = '' WHERE landing_file = $file"
DROPPED = ("versioned", "returned", "newest", "tonight", "proved")


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """Where landing files arrive, the key they are written with, and what an ordinary run of each site looks like.

    Attributes:
        languages: those that ads are written in, to notice a change; none leaves them uncounted.
        held_days: how long a crawl that nobody accepts waits before its file is deleted.
    """

    landing: Path
    key: str
    expectations: Mapping[str, Expectations]
    languages: tuple[str, ...] = ()
    held_days: int = 30


def run(con: duckdb.DuckDBPyConnection, settings: IngestSettings, as_of: datetime) -> Report:
    """Merge every landing file that nobody writes any more; set aside those that cannot be read, and name them.

    Files are first copied into temporary tables, each whole or not at all, because a file cannot be let go inside a transaction that read
    it; then all is merged in one transaction. Files are deleted, or put with the held ones, by `clear_ingested` after that, never before.
    """
    con.execute(STAGING)
    _return_accepted(con, settings.landing)
    aside: list[str] = []
    staged = Staged(languages=settings.languages, runs=[])
    for path in sorted(settings.landing.glob("*.duckdb")):
        if con.execute(TAKEN, {"file": path.name}).fetchall():
            continue
        why = load(con, path, key=settings.key, expect=dict(settings.expectations), staged=staged)
        if why and why != "busy":
            aside.append(f"{path.name}: {why}")
            set_aside(path)
    loaded, rejected = _count(con, "SELECT count(*) FROM new_ad"), _count(con, "SELECT count(*) FROM new_rejected")
    before = _count(con, "SELECT count(*) FROM ad_version")
    _merge(con, staged.runs)
    written = _count(con, "SELECT count(*) FROM ad_version") - before
    for table in (*TABLES, *DROPPED):
        con.execute("DROP TABLE IF EXISTS " + table)
    _let_go(con, settings, as_of)
    return Report(read=loaded, written=written, refused=rejected, note=_note(aside, staged.runs))


def _merge(con: duckdb.DuckDBPyConnection, runs: list[Facts]) -> None:
    con.execute("BEGIN")
    try:
        con.execute(sql("ingest_merge"))
        keep_runs(con, runs)
        con.execute(sql("ingest_gone"))
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def _note(aside: list[str], runs: list[Facts]) -> str:
    held = [f"{facts.site} {facts.run}" for facts in runs if facts.held and facts.ads]
    told = [f"set aside: {'; '.join(aside)}"] if aside else []
    return ". ".join([*told, *([f"held until accepted: {', '.join(held)}"] if held else [])])


def _count(con: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(con.execute(question).fetchall()[0][0])


def _return_accepted(con: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Put held files that were accepted back where they are taken in."""
    waiting = {row[0] for row in con.execute(WAITING).fetchall()}
    for path in (landing / HELD).glob("*.duckdb"):
        if path.name not in waiting:
            path.rename(landing / path.name)


def _let_go(con: duckdb.DuckDBPyConnection, settings: IngestSettings, as_of: datetime) -> None:
    """Delete held files that nobody accepted in time: their texts may be kept no longer than others."""
    old = "SELECT landing_file FROM landed_run WHERE started_at < $before"
    for (name,) in con.execute(old, {"before": as_of - timedelta(days=settings.held_days)}).fetchall():
        (settings.landing / HELD / name).unlink(missing_ok=True)


def accept(con: duckdb.DuckDBPyConnection, landing: Path, site: str, run: str, *, who: str, because: str, now: datetime) -> Facts | None:
    """Let a crawl count although it lies outside its bounds; the next night takes its ads in. Returns None when it counted already.

    Raises:
        Failure: no such run (2), with those that wait.
    """
    rows = con.execute("SELECT landing_file FROM site_run WHERE site = $site AND run = $run", {"site": site, "run": run}).fetchall()
    if not rows:
        waiting = con.execute("SELECT site || ' ' || run FROM site_run WHERE len(outside) > 0 AND accepted_by = '' ORDER BY started_at").fetchall()
        raise Failure(Exit.USAGE, f"{site} has no run {run}. Waiting: {', '.join(row[0] for row in waiting) or 'none'}.")
    file = rows[0][0]
    before = stored_run(con, file)
    if before is None or not before.held:
        return None
    con.execute("BEGIN")
    con.execute(ACCEPT, {"file": file, "who": who, "at": now, "because": because})
    if not (landing / HELD / file).exists():
        con.execute(UNSUSPECT, {"file": file})
    con.execute("COMMIT")
    return before


def clear_ingested(con: duckdb.DuckDBPyConnection, landing: Path) -> int:
    """Delete the landing files that the store has committed, and put held ones aside until they are accepted. Returns how many went."""
    names = {row[0] for row in con.execute("SELECT landing_file FROM landed_run").fetchall()}
    waiting = {row[0] for row in con.execute(WAITING + " AND ads > 0").fetchall()}
    gone = [path for path in landing.glob("*.duckdb") if path.name in names]
    for path in gone:
        if path.name in waiting:
            (landing / HELD).mkdir(exist_ok=True, mode=0o700)
            path.rename(landing / HELD / path.name)
        else:
            path.unlink()
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
    return len(gone)
