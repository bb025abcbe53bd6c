"""Landing files, night by night, written by the column instead of the row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from crawler.records.duckdb_file import attach, connect
from crawler.records.landing import SCHEMA, SCHEMA_VERSION
from simulator.nights import SPAN_S, night_start

RUN = "INSERT INTO landing.run VALUES ($version, $site, 'crawl', $started, $finished, true)"
ADS = """
INSERT INTO landing.ad_seen
SELECT site, url, $started::TIMESTAMP + to_seconds(second), posted_at, category, title, body, name, age, city, address, venue, price, phones, emails,
       handles, payment, account, comments, images
FROM tonight
"""
IMAGES = """
INSERT INTO landing.image_seen
SELECT site, url, image, $started::TIMESTAMP + to_seconds(second), [{'kind': 'whole', 'hash': pdq, 'quality': quality}], ''
FROM tonight
"""


def write_nights(folder: Path, ads: pa.Table, images: pa.Table, *, site: str, nights: Sequence[int], window: int, until: date, key: str) -> list[Path]:
    """Write what one site showed in some nights as encrypted landing files, one for each night.

    Args:
        ads, images: the columns of this site, in the order in which rows are to stand.
        nights: the nights to write, counted from the window's first, of `window` in all.
        key: 64 hex digits.

    Returns:
        the files, named after the site and the date.
    """
    con = connect(memory_limit="1GB", threads=1)
    try:
        written = []
        for night in nights:
            started = night_start(until, window, night)
            path = folder / f"{site}-{started:%Y%m%d}.duckdb"
            path.unlink(missing_ok=True)
            up = pc.and_(pc.less_equal(ads["first"], night), pc.greater_equal(ads["last"], night))
            _write_one(con, path, ads.filter(up), images.filter(pc.equal(images["first"], night)), site=site, started=started, key=key)
            written.append(path)
        return written
    finally:
        con.close()


def _write_one(con: duckdb.DuckDBPyConnection, path: Path, ads: pa.Table, images: pa.Table, *, site: str, started: datetime, key: str) -> None:
    attach(con, path, name="landing", key=key)
    con.execute("BEGIN")
    con.execute(SCHEMA)
    con.execute(RUN, {"version": SCHEMA_VERSION, "site": site, "started": started, "finished": started + timedelta(seconds=SPAN_S)})
    _insert(con, ADS, ads, started)
    _insert(con, IMAGES, images, started)
    con.execute("COMMIT")
    con.execute("DETACH landing")


def _insert(con: duckdb.DuckDBPyConnection, statement: str, tonight: pa.Table, started: datetime) -> None:
    con.register("tonight", tonight)
    con.execute(statement, {"started": started})
    con.unregister("tonight")
