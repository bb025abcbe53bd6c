"""Take landing files in: each once, in any order, also while another crawl writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach
from crawler.records.landing import SCHEMA_VERSION
from crawler.records.site import Expectations
from pipeline.report import Report
from pipeline.store import sql

STAGING = """
CREATE OR REPLACE TEMP TABLE new_ad AS SELECT 0::UBIGINT AS ad_id, ''::VARCHAR AS site, ''::VARCHAR AS url, NULL::TIMESTAMP AS seen_at,
    ''::VARCHAR AS posted_at, ''::VARCHAR AS category, ''::VARCHAR AS title, ''::VARCHAR AS body, ''::VARCHAR AS name, ''::VARCHAR AS age,
    ''::VARCHAR AS city, ''::VARCHAR AS address, ''::VARCHAR AS venue, ''::VARCHAR AS price, []::VARCHAR[] AS phones, []::VARCHAR[] AS emails,
    []::STRUCT(kind VARCHAR, value VARCHAR)[] AS handles, []::VARCHAR[] AS payment, ''::VARCHAR AS account, []::VARCHAR[] AS comments,
    []::VARCHAR[] AS images WHERE false;
CREATE OR REPLACE TEMP TABLE new_image AS SELECT 0::UBIGINT AS ad_id, ''::VARCHAR AS image, NULL::TIMESTAMP AS seen_at, NULL::BLOB AS pdq,
    NULL::UTINYINT AS quality, ''::VARCHAR AS unreadable WHERE false;
CREATE OR REPLACE TEMP TABLE new_landed AS SELECT 0::UBIGINT AS ad_id, NULL::TIMESTAMP AS landed_at WHERE false;
CREATE OR REPLACE TEMP TABLE new_rejected AS SELECT * FROM rejected WHERE false;
CREATE OR REPLACE TEMP TABLE new_run AS SELECT * FROM landed_run WHERE false;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """Where landing files arrive, the key they are written with, and what an ordinary run of each site looks like."""

    landing: Path
    key: str
    expectations: Mapping[str, Expectations]


def run(con: duckdb.DuckDBPyConnection, settings: IngestSettings, as_of: datetime) -> Report:
    """Merge every landing file that nobody writes any more; set aside those that cannot be read, and name them.

    Files are first copied into temporary tables, each whole or not at all, because a file cannot be let go inside a transaction that read
    it; then all is merged in one transaction. Files are deleted by `clear_ingested` after that, never before.
    """
    con.execute(STAGING)
    aside: list[str] = []
    for path in sorted(settings.landing.glob("*.duckdb")):
        known = con.execute("SELECT 1 FROM landed_run WHERE landing_file = $file", {"file": path.name}).fetchall()
        if known:
            continue
        why = _load(con, path, settings)
        if why == "busy":
            continue
        if why:
            aside.append(f"{path.name}: {why}")
            _set_aside(path)
    loaded, rejected = _count(con, "SELECT count(*) FROM new_ad"), _count(con, "SELECT count(*) FROM new_rejected")
    before = _count(con, "SELECT count(*) FROM ad_version")
    con.execute("BEGIN")
    try:
        con.execute(sql("ingest_merge"))
        con.execute(sql("ingest_gone"))
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    written = _count(con, "SELECT count(*) FROM ad_version") - before
    for table in ("new_ad", "new_image", "new_landed", "new_rejected", "new_run", "versioned", "returned", "newest"):
        con.execute("DROP TABLE " + table)
    return Report(read=loaded, written=written, refused=rejected, note="set aside: " + "; ".join(aside) if aside else "")


def _count(con: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(con.execute(question).fetchall()[0][0])


def _load(con: duckdb.DuckDBPyConnection, path: Path, settings: IngestSettings) -> str:
    """Load one file into the staging tables. Returns '' when done, `busy` while a crawl writes it, or why it was refused."""
    try:
        attach(con, path, name="landing", key=settings.key, read_only=True)
    except duckdb.Error as error:
        return "busy" if "lock" in str(error).lower() else "cannot be opened: cut short, damaged, or written with another key"
    con.execute("BEGIN")
    why = _copied(con, path, settings)
    con.execute("ROLLBACK" if why else "COMMIT")
    con.execute("DETACH landing")
    return why


def _copied(con: duckdb.DuckDBPyConnection, path: Path, settings: IngestSettings) -> str:
    """Copy the attached file into the staging tables; '' when it went, otherwise why it did not."""
    try:
        rows = con.execute("SELECT schema_version, site, source, started_at, finished_at, complete FROM landing.run").fetchall()
        if len(rows) != 1 or rows[0][0] != SCHEMA_VERSION:
            return f"schema version {rows[0][0] if rows else 'unknown'}, expected {SCHEMA_VERSION}"
        _load_statements(con, path.name)
        _, site, source, started_at, finished_at, complete = rows[0]
        counts = con.execute("SELECT count(*), count(*) FILTER (len(phones) > 0) FROM landing.ad_seen").fetchall()[0]
        refused = con.execute("SELECT count(*) FROM landing.rejected").fetchall()[0][0]
        suspect = _suspect(settings.expectations.get(site), ads=counts[0], with_phone=counts[1]) if source == "crawl" else ""
        con.execute(
            "INSERT INTO new_run VALUES ($file, $site, $source, $started, $finished, $complete, $ads, $rejected, $suspect)",
            {
                "file": path.name,
                "site": site,
                "source": source,
                "started": started_at,
                "finished": finished_at,
                "complete": complete,
                "ads": counts[0],
                "rejected": refused,
                "suspect": suspect,
            },
        )
        return ""
    except duckdb.CatalogException:
        return "holds other tables than a landing file"
    except duckdb.Error:
        return "damaged: a part of it cannot be read"


def _load_statements(con: duckdb.DuckDBPyConnection, name: str) -> None:
    for statement in con.extract_statements(sql("ingest_load")):
        con.execute(statement, dict.fromkeys(statement.named_parameters, name))


def _suspect(expect: Expectations | None, *, ads: int, with_phone: int) -> str:
    """Say why a crawl looks unlike the site, or return '' when it looks as it should."""
    if expect is None:
        return ""
    if ads < expect.ads_min:
        return f"{ads} ads, at least {expect.ads_min} expected"
    if ads and with_phone / ads < expect.phone_rate_min:
        return f"{with_phone} of {ads} ads with a phone, at least {expect.phone_rate_min:.0%} expected"
    return ""


def _set_aside(path: Path) -> None:
    folder = path.parent / "set-aside"
    folder.mkdir(exist_ok=True)
    path.rename(folder / path.name)


def clear_ingested(con: duckdb.DuckDBPyConnection, landing: Path) -> int:
    """Delete the landing files that the store has committed. Returns how many went."""
    names = {row[0] for row in con.execute("SELECT landing_file FROM landed_run").fetchall()}
    gone = [path for path in landing.glob("*.duckdb") if path.name in names]
    for path in gone:
        path.unlink()
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
    return len(gone)
