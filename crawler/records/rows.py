"""A batch of records as rows of a landing file: one statement a table however many rows, because planning a statement costs more than a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import duckdb

from crawler.records.ad import Ad, ImageSeen, PageFetch, Rejected

ROWS_MAX = 5000  # of one statement: more would hold up whoever shares the process
Record = Ad | ImageSeen | PageFetch | Rejected

# The rows come as one JSON text: as lists of values each value would be looked at by Python's side of DuckDB, which takes ten times as long.
AD = """
INSERT INTO landing.ad_seen SELECT r.* FROM (SELECT unnest(from_json($rows, '[{
    "site": "VARCHAR", "url": "VARCHAR", "seen_at": "TIMESTAMP", "posted_at": "VARCHAR", "category": "VARCHAR", "title": "VARCHAR", "body": "VARCHAR",
    "name": "VARCHAR", "age": "VARCHAR", "city": "VARCHAR", "address": "VARCHAR", "venue": "VARCHAR", "price": "VARCHAR", "phones": ["VARCHAR"],
    "emails": ["VARCHAR"], "handles": [{"kind": "VARCHAR", "value": "VARCHAR"}], "payment": ["VARCHAR"], "account": "VARCHAR",
    "comments": ["VARCHAR"], "images": ["VARCHAR"]}]')) AS r)
"""
PAGE_FETCH = """
INSERT INTO landing.page_fetch SELECT r.* FROM (SELECT unnest(from_json($rows, '[{
    "url": "VARCHAR", "kind": "VARCHAR", "fetched_at": "TIMESTAMP", "status": "INTEGER", "bytes": "BIGINT", "allowed_by": "VARCHAR", "error": "VARCHAR"
    }]')) AS r)
"""
REJECTED = """
INSERT INTO landing.rejected SELECT r.* FROM (SELECT unnest(from_json($rows, '[{
    "site": "VARCHAR", "url": "VARCHAR", "reason": "VARCHAR", "seen_at": "TIMESTAMP", "line": "INTEGER"}]')) AS r)
"""
IMAGE_SEEN = "INSERT INTO landing.image_seen VALUES ($site, $url, $image, $seen_at, $hashes, $unreadable)"
FRONTIER = "INSERT INTO landing.frontier SELECT r[1], r[2], r[3], r[4] FROM (SELECT unnest(from_json($rows, '[[\"VARCHAR\"]]')) AS r)"
SIGN = "INSERT INTO landing.sign SELECT r[1], r[2] FROM (SELECT unnest(from_json($rows, '[[\"VARCHAR\"]]')) AS r)"
VALIDATOR = "INSERT INTO landing.validator SELECT r[1], r[2], r[3] FROM (SELECT unnest(from_json($rows, '[[\"VARCHAR\"]]')) AS r)"
BY_KIND = ((Ad, AD), (PageFetch, PAGE_FETCH), (Rejected, REJECTED))


def write_records(con: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> None:
    """Write records to their tables, in their order within a table."""
    for kind, statement in BY_KIND:
        write_rows(con, statement, [_row(record) for record in records if isinstance(record, kind)])
    for record in records:
        if isinstance(record, ImageSeen):  # hashes are bytes, which JSON has none of; pictures come one in a while
            con.execute(IMAGE_SEEN, _image_row(record))


def write_rows(con: duckdb.DuckDBPyConnection, statement: str, rows: Sequence[Mapping[str, object] | Sequence[str]]) -> None:
    """Write rows by one of the statements above; nothing for no rows. Half a character, which UTF-8 cannot say, becomes a question mark."""
    for first in range(0, len(rows), ROWS_MAX):
        text = json.dumps(rows[first : first + ROWS_MAX], ensure_ascii=False, default=_plain, separators=(",", ":"))
        con.execute(statement, {"rows": text.encode("utf-8", "replace").decode("utf-8")})


def _row(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def _plain(value: object) -> object:
    """Turn what JSON has no word for into what it has: moments, and records within records."""
    return value.isoformat(" ") if isinstance(value, datetime) else {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def _image_row(record: ImageSeen) -> dict[str, object]:
    return {**_row(record), "hashes": _hashes(record.hashes)}


def _hashes(hashes: Iterable[tuple[str, bytes, int]]) -> list[dict[str, object]]:
    return [{"kind": kind, "hash": bits, "quality": quality} for kind, bits, quality in hashes]
