"""Pictures as hashes: fetched in a second pass, after the texts have passed the minor check, and never kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from pipeline.report import Report
from pipeline.store import sql

Wanted = Mapping[str, list[tuple[str, str]]]
# site, ad, picture, when, hash and quality of the whole or None, why there is none, hashes of its parts
HashRow = tuple[str, str, str, datetime, bytes | None, int | None, str, list[dict[str, object]]]

PART = pa.struct([("kind", pa.string()), ("hash", pa.binary()), ("quality", pa.uint8())])
FETCHED = pa.schema(
    [
        ("site", pa.string()), ("url", pa.string()), ("image", pa.string()), ("seen_at", pa.timestamp("us")), ("pdq", pa.binary()), ("quality", pa.uint8()),
        ("unreadable", pa.string()), ("parts", pa.list_(PART)),
    ]
)  # fmt: skip
LAND = """
INSERT INTO landed_image
SELECT (md5_number_lower(site || chr(10) || url)::UBIGINT >> 1)::BIGINT, image, seen_at, pdq, quality, unreadable, parts FROM fetched
"""
# Pictures not hashed yet, of ads seen on the site since the given time that passed the minor check.
WANTED = """
SELECT ad.site, ad.url, image
FROM ad JOIN ad_version AS version ON version.version_id = ad.current_version, unnest(version.images) AS unnested(image)
WHERE ad.last_seen >= $since AND image <> ''
  AND ad.ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
  AND ad.ad_id NOT IN (SELECT evidence.ad_id FROM finding_evidence AS evidence JOIN finding USING (finding_id) WHERE finding.indicator LIKE 'minor%')
  AND ad.ad_id IN (SELECT ad_id FROM observed)
  AND (md5_number_lower(ad.ad_id::VARCHAR || chr(10) || image)::UBIGINT >> 1)::BIGINT NOT IN (SELECT photo_id FROM photo_hash)
  AND NOT EXISTS (SELECT 1 FROM landed_image WHERE landed_image.ad_id = ad.ad_id AND landed_image.image = unnested.image)
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSettings:
    """Where pictures come from: `fetch` takes what is wanted, by site, and returns rows of hashes; None fetches nothing.

    `sites` are those whose config allows pictures; `since` bounds the second pass to tonight's ads.
    """

    sites: frozenset[str]
    since: datetime | None
    fetch: Callable[[Wanted], list[HashRow]] | None


def run(con: duckdb.DuckDBPyConnection, settings: PhotoSettings, as_of: datetime) -> Report:
    """Fetch what is missing, then keep the hashes that ads without a stated age under 18 may have."""
    before = _hashes(con)
    if settings.fetch is not None and settings.since is not None:
        wanted: dict[str, list[tuple[str, str]]] = {}
        for site, url, image in con.execute(WANTED, {"since": settings.since}).fetchall():
            if site in settings.sites:
                wanted.setdefault(site, []).append((url, image))
        rows = settings.fetch(wanted) if wanted else []
        if rows:
            _land(con, rows)
    read = int(con.execute("SELECT count(*) FROM landed_image").fetchall()[0][0])
    con.execute(sql("photos"))
    unreadable = int(con.execute("SELECT count(*) FROM landed_image WHERE unreadable <> ''").fetchall()[0][0])
    con.execute("DELETE FROM landed_image")
    return Report(read=read, written=_hashes(con) - before, refused=unreadable)


def _land(con: duckdb.DuckDBPyConnection, rows: list[HashRow]) -> None:
    """Put rows of hashes in, by the column: as parameters, thirty hashes a picture would cost more than making them."""
    con.register("fetched", pa.Table.from_pylist([dict(zip(FETCHED.names, row, strict=True)) for row in rows], schema=FETCHED))
    con.execute(LAND)
    con.unregister("fetched")


def _hashes(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("SELECT count(*) FROM photo_hash").fetchall()[0][0])
