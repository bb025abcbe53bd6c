"""The landing file: one encrypted DuckDB file that one run of one site writes, batch by batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

import duckdb

from crawler.records.ad import Ad, ImageSeen, PageFetch, Rejected
from crawler.records.duckdb_file import attach, connect

SCHEMA_VERSION = 1

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
"""

INSERT = {
    Ad: "INSERT INTO landing.ad_seen VALUES ($site, $url, $seen_at, $posted_at, $category, $title, $body, $name, $age, "
    "$city, $address, $venue, $price, $phones, $emails, $handles, $payment, $account, $comments, $images)",
    ImageSeen: "INSERT INTO landing.image_seen VALUES ($site, $url, $image, $seen_at, $hashes, $unreadable)",
    PageFetch: "INSERT INTO landing.page_fetch VALUES ($url, $kind, $fetched_at, $status, $bytes, $allowed_by, $error)",
    Rejected: "INSERT INTO landing.rejected VALUES ($site, $url, $reason, $seen_at, $line)",
}
# one statement for the thousands of addresses of a list: row by row they would hold up the crawl for seconds
FRONTIER = "INSERT INTO landing.frontier SELECT unnest($urls::VARCHAR[]), unnest($kinds::VARCHAR[]), unnest($states::VARCHAR[]), unnest($whys::VARCHAR[])"
Record = Ad | ImageSeen | PageFetch | Rejected


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(record, name) for name in record.__dataclass_fields__}
    if isinstance(record, Ad):
        row["handles"] = [{"kind": handle.kind, "value": handle.value} for handle in record.handles]
        for name in ("phones", "emails", "payment", "comments", "images"):
            row[name] = list(getattr(record, name))
    if isinstance(record, ImageSeen):
        row["hashes"] = [{"kind": kind, "hash": bits, "quality": quality} for kind, bits, quality in record.hashes]
    return row


class LandingWriter:
    """Write records in transactions of at most `batch` records or `every_s` seconds, whichever comes first.

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
        self._con: duckdb.DuckDBPyConnection = connect(memory_limit="512MB", threads=1)
        attach(self._con, path, name="landing", key=key)
        self._con.execute(SCHEMA)
        if not self._con.execute("SELECT count(*) FROM landing.run").fetchall()[0][0]:
            self._con.execute(
                "INSERT INTO landing.run VALUES ($version, $site, $source, $started_at, NULL, false)",
                {"version": SCHEMA_VERSION, "site": site, "source": source, "started_at": started_at},
            )
        self._open: list[Record] = []
        self._frontier: list[tuple[str, str, str, str]] = []
        self._opened_at = self._clock()

    def __enter__(self) -> LandingWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def add(self, record: Record) -> None:
        """Put a record into the open batch, and commit the batch when it is full or old."""
        self._open.append(record)
        if len(self._open) >= self._batch or self._clock() - self._opened_at >= self._every_s:
            self.commit()

    def note_frontier(self, url: str, kind: str, state: str, why: str = "") -> None:
        """Remember that a page is `known` or `done`; committed together with the records of the open batch."""
        self._frontier.append((url, kind, state, why))

    def frontier(self) -> dict[str, tuple[str, str]]:
        """Return what was committed: address to (kind, last state)."""
        rows = self._con.execute("SELECT url, kind, state FROM landing.frontier ORDER BY rowid").fetchall()
        return {url: (kind, state) for url, kind, state in rows}

    def counts(self) -> tuple[int, int]:
        """Return how many ads and how many refusals were committed, by earlier runs of this file too."""
        ads, rejected = self._con.execute("SELECT (SELECT count(*) FROM landing.ad_seen), (SELECT count(*) FROM landing.rejected)").fetchall()[0]
        return int(ads), int(rejected)

    def commit_if_old(self) -> None:
        """Commit the open batch when its time is over, for callers that wait for something else than records."""
        if self._clock() - self._opened_at >= self._every_s:
            self.commit()

    def commit(self) -> None:
        """Write the open batch in one transaction."""
        if self._open or self._frontier:
            self._con.execute("BEGIN")
            for record in self._open:
                self._con.execute(INSERT[type(record)], _row(record))
            if self._frontier:
                self._con.execute(FRONTIER, dict(zip(("urls", "kinds", "states", "whys"), zip(*self._frontier, strict=True), strict=True)))
            self._con.execute("COMMIT")
            self._open.clear()
            self._frontier.clear()
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
