"""The landing file: one encrypted DuckDB file that one run of one site writes, batch by batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

import duckdb

from crawler.records.ad import PageFetch
from crawler.records.duckdb_file import attach, connect
from crawler.records.rows import FRONTIER, SIGN, VALIDATOR, Record, write_records, write_rows

SCHEMA_VERSION = 2
MEMORY = "192MB"  # DuckDB keeps in memory what it wrote until this is full, beside some 150 MB of the crawl itself
FRONTIER_MAX = 1000  # addresses of the open batch
READABLE_VERSIONS = (1, 2)  # 1 has no landing.sign, landing.outcome and landing.validator

# `schema_version` first: ingest sets aside a file whose version it does not know.
SCHEMA = """
CREATE TABLE IF NOT EXISTS landing.run (
    schema_version INTEGER, site VARCHAR, source VARCHAR, started_at TIMESTAMP, finished_at TIMESTAMP, complete BOOLEAN);
CREATE TABLE IF NOT EXISTS landing.page_fetch (
    url VARCHAR, kind VARCHAR, fetched_at TIMESTAMP, status INTEGER, bytes BIGINT, allowed_by VARCHAR, error VARCHAR);
CREATE TABLE IF NOT EXISTS landing.ad_seen (
    site VARCHAR, url VARCHAR, seen_at TIMESTAMP, posted_at VARCHAR, category VARCHAR, title VARCHAR, body VARCHAR,
    name VARCHAR, age VARCHAR, city VARCHAR, address VARCHAR, venue VARCHAR, price VARCHAR, phones VARCHAR[],
    emails VARCHAR[], handles STRUCT(kind VARCHAR, value VARCHAR)[], payment VARCHAR[], account VARCHAR,
    comments VARCHAR[], images VARCHAR[]);
CREATE TABLE IF NOT EXISTS landing.image_seen (
    site VARCHAR, url VARCHAR, image VARCHAR, seen_at TIMESTAMP,
    hashes STRUCT(kind VARCHAR, hash BLOB, quality UTINYINT)[], unreadable VARCHAR);
CREATE TABLE IF NOT EXISTS landing.rejected (
    site VARCHAR, url VARCHAR, reason VARCHAR, seen_at TIMESTAMP, line INTEGER);
CREATE TABLE IF NOT EXISTS landing.frontier (url VARCHAR, kind VARCHAR, state VARCHAR, why VARCHAR);
CREATE TABLE IF NOT EXISTS landing.sign (code VARCHAR, kind VARCHAR);
CREATE TABLE IF NOT EXISTS landing.validator (url VARCHAR, etag VARCHAR, last_modified VARCHAR);
CREATE TABLE IF NOT EXISTS landing.outcome (trouble VARCHAR, failed VARCHAR);
"""


class LandingWriter:
    """Write records in transactions of at most `batch` records or `every_s` seconds, whichever comes first; fetched pages are counted for themselves.

    What is committed is whole: a killed run loses at most its open batch. `finish` states whether the run saw
    everything it set out to see; without it the file counts as incomplete, and no ad is called gone because of it.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: str,
        site: str,
        source: str,
        started_at: datetime,
        batch: int = 100,
        every_s: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path, self._batch, self._every_s, self._clock = path, batch, every_s, clock
        self._con: duckdb.DuckDBPyConnection = connect(memory_limit=MEMORY, threads=1)
        attach(self._con, path, name="landing", key=key)
        self._con.execute(SCHEMA)
        if not self._con.execute("SELECT count(*) FROM landing.run").fetchall()[0][0]:
            self._con.execute(
                "INSERT INTO landing.run VALUES ($version, $site, $source, $started_at, NULL, false)",
                {"version": SCHEMA_VERSION, "site": site, "source": source, "started_at": started_at},
            )
        self._open: list[Record] = []
        self._fetches = 0  # of the open batch
        self._frontier: list[tuple[str, str, str, str]] = []
        self._signs: list[tuple[str, str]] = []
        self._validators: list[tuple[str, str, str]] = []
        self._opened_at = self._clock()

    def __enter__(self) -> LandingWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def add(self, record: Record) -> None:
        """Put a record into the open batch, and commit the batch when it is full or old."""
        self._open.append(record)
        self._fetches += isinstance(record, PageFetch)
        if max(self._fetches, len(self._open) - self._fetches) >= self._batch or self._clock() - self._opened_at >= self._every_s:
            self.commit()

    def note_frontier(self, url: str, kind: str, state: str, why: str = "") -> None:
        """Remember that a page is `known` or `done`; committed together with the records of the open batch."""
        self._frontier.append((url, kind, state, why))

    def note_sign(self, code: str, kind: str) -> None:
        """Remember that a page of a kind showed a trouble; committed with the open batch."""
        self._signs.append((code, kind))

    def note_validator(self, url: str, etag: str, last_modified: str) -> None:
        """Remember by what the site can tell whether an ad has changed; committed with the open batch."""
        self._validators.append((url, etag, last_modified))

    def note_outcome(self, *, trouble: str, failed: str) -> None:
        """Commit, and write how the run ended: a code of `crawler.records.troubles` and a sentence, '' for none."""
        self.commit()
        self._con.execute("DELETE FROM landing.outcome")
        self._con.execute("INSERT INTO landing.outcome VALUES ($trouble, $failed)", {"trouble": trouble, "failed": failed})

    def signs(self) -> dict[str, int]:
        """Return what was committed: code to how many pages showed it, in earlier runs of this file too."""
        return {code: int(pages) for code, pages in self._con.execute("SELECT code, count(*) FROM landing.sign GROUP BY code").fetchall()}

    def frontier(self) -> dict[str, tuple[str, str, str]]:
        """Return what was committed: address to (kind, last state, why)."""
        rows = self._con.execute("SELECT url, kind, state, why FROM landing.frontier ORDER BY rowid").fetchall()
        return {url: (kind, state, why) for url, kind, state, why in rows}

    def counts(self) -> tuple[int, int]:
        """Return how many ads and how many refusals were committed, by earlier runs of this file too."""
        ads, rejected = self._con.execute("SELECT (SELECT count(*) FROM landing.ad_seen), (SELECT count(*) FROM landing.rejected)").fetchall()[0]
        return int(ads), int(rejected)

    def commit_if_old(self) -> None:
        """Commit the open batch when its time is over, for callers that wait for something else than records."""
        if self._clock() - self._opened_at >= self._every_s:
            self.commit()

    def commit_if_large(self) -> None:
        """Commit the open batch when a page named thousands of others, which the next record's commit would otherwise write."""
        if len(self._frontier) >= FRONTIER_MAX:
            self.commit()

    def commit(self) -> None:
        """Write the open batch in one transaction."""
        if self._open or self._frontier or self._signs or self._validators:
            self._con.execute("BEGIN")
            write_records(self._con, self._open)
            for statement, rows in ((FRONTIER, self._frontier), (SIGN, self._signs), (VALIDATOR, self._validators)):
                write_rows(self._con, statement, rows)
            self._con.execute("COMMIT")
            for batch in (self._open, self._frontier, self._signs, self._validators):
                batch.clear()
            self._fetches = 0
        self._opened_at = self._clock()

    def finish(self, *, finished_at: datetime, complete: bool) -> None:
        """Commit, and record when the run ended and whether it saw all it set out to see."""
        self.commit()
        self._con.execute("UPDATE landing.run SET finished_at = $at, complete = $complete", {"at": finished_at, "complete": complete})

    def close(self) -> None:
        """Commit what is open and close the file."""
        self.commit()
        self._con.close()


def is_unfinished(path: Path, *, key: str) -> bool:
    """Tell whether a landing file belongs to a crawl that did not see all it set out to see, so that it can be gone on with.

    A file that cannot be opened (cut short, another key, another process writes it) is not one.
    """
    con = connect(memory_limit="128MB", threads=1)
    try:
        attach(con, path, name="landing", key=key, read_only=True)
        rows = con.execute("SELECT schema_version, complete FROM landing.run WHERE source = 'crawl'").fetchall()
        return rows == [(SCHEMA_VERSION, False)]
    except duckdb.Error:
        return False
    finally:
        con.close()
