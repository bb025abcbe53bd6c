"""One landing file: opened, counted, judged, and copied into temporary tables; or set aside, or held back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach
from crawler.records.landing import READABLE_VERSIONS, SCHEMA_VERSION
from crawler.records.site import Expectations
from pipeline.health.facts import Facts
from pipeline.health.sentences import said
from pipeline.ingest_runs import facts_of, history_of, judged, stored_run
from pipeline.store import sql

STAGING = """
CREATE OR REPLACE TEMP TABLE new_ad AS SELECT 0::UBIGINT AS ad_id, ''::VARCHAR AS site, ''::VARCHAR AS url, NULL::TIMESTAMP AS seen_at,
    ''::VARCHAR AS posted_at, ''::VARCHAR AS category, ''::VARCHAR AS title, ''::VARCHAR AS body, ''::VARCHAR AS name, ''::VARCHAR AS age,
    ''::VARCHAR AS city, ''::VARCHAR AS address, ''::VARCHAR AS venue, ''::VARCHAR AS price, []::VARCHAR[] AS phones, []::VARCHAR[] AS emails,
    []::STRUCT(kind VARCHAR, value VARCHAR)[] AS handles, []::VARCHAR[] AS payment, ''::VARCHAR AS account, []::VARCHAR[] AS comments,
    []::VARCHAR[] AS images WHERE false;
CREATE OR REPLACE TEMP TABLE new_image AS SELECT 0::UBIGINT AS ad_id, ''::VARCHAR AS image, NULL::TIMESTAMP AS seen_at, NULL::BLOB AS pdq,
    NULL::UTINYINT AS quality, ''::VARCHAR AS unreadable, []::STRUCT(kind VARCHAR, hash BLOB, quality UTINYINT)[] AS parts WHERE false;
CREATE OR REPLACE TEMP TABLE new_landed AS SELECT 0::UBIGINT AS ad_id, NULL::TIMESTAMP AS landed_at WHERE false;
CREATE OR REPLACE TEMP TABLE new_rejected AS SELECT * FROM rejected WHERE false;
CREATE OR REPLACE TEMP TABLE new_run AS SELECT * FROM landed_run WHERE false;
CREATE OR REPLACE TEMP TABLE new_listed AS SELECT * FROM ad_listed WHERE false;
CREATE OR REPLACE TEMP TABLE new_read AS SELECT * FROM ad_read WHERE false;
CREATE OR REPLACE TEMP TABLE new_gone AS SELECT * FROM ad_gone WHERE false;
CREATE OR REPLACE TEMP TABLE new_stood AS SELECT 0::BIGINT AS ad_id, NULL::TIMESTAMP AS seen_at, ''::VARCHAR AS how WHERE false;
CREATE OR REPLACE TEMP TABLE last_listed AS SELECT 0::BIGINT AS ad_id WHERE false;
"""
TABLES = ("new_ad", "new_image", "new_landed", "new_rejected", "new_run", "new_listed", "new_read", "new_gone", "new_stood", "last_listed")
RUN = "SELECT schema_version, site, source, started_at, finished_at, complete FROM landing.run"
LANDED = "INSERT INTO new_run VALUES ($file, $site, $source, $started, $finished, $complete, $ads, $rejected, $suspect)"
COUNTS = "SELECT (SELECT count(*) FROM landing.ad_seen), (SELECT count(*) FROM landing.rejected)"
LAST_LISTED = """
CREATE OR REPLACE TEMP TABLE last_listed AS
SELECT ad_id FROM ad_listed
WHERE site = $site AND listed_at >= coalesce(
    (SELECT max(started_at) FROM site_run WHERE site = $site AND lists_whole AND (len(outside) = 0 OR accepted_by <> '')), TIMESTAMP '0001-01-01')
"""
LISTED_NOW = "CREATE OR REPLACE TEMP TABLE last_listed AS SELECT ad_id FROM tonight WHERE how <> 'gone'"


@dataclass(slots=True, kw_only=True)
class Staged:
    """What one night's files came to so far: the crawls judged, and the runs of the site that is being read."""

    languages: tuple[str, ...]
    runs: list[Facts]
    site: str = ""
    history: list[Facts] = field(default_factory=list)


def load(con: duckdb.DuckDBPyConnection, path: Path, *, key: str, expect: dict[str, Expectations], staged: Staged) -> str:
    """Load one file into the staging tables, or hold it back. Returns '' when done, `busy` while a crawl writes it, or why it was refused."""
    try:
        attach(con, path, name="landing", key=key, read_only=True)
    except duckdb.Error as error:
        return "busy" if "lock" in str(error).lower() else "cannot be opened: cut short, damaged, or written with another key"
    con.execute("BEGIN")
    why = _copied(con, path.name, expect, staged)
    con.execute("ROLLBACK" if why else "COMMIT")
    con.execute("DETACH landing")
    return why


def _copied(con: duckdb.DuckDBPyConnection, name: str, expect: dict[str, Expectations], staged: Staged) -> str:
    """Copy the attached file into the staging tables; '' when it went, otherwise why it did not."""
    try:
        rows = con.execute(RUN).fetchall()
        if len(rows) != 1 or rows[0][0] not in READABLE_VERSIONS:
            return f"schema version {rows[0][0] if rows else 'unknown'}, expected {SCHEMA_VERSION}"
        version, site, source, started_at, finished_at, complete = rows[0]
        con.execute(sql("ingest_tonight"))
        facts = _judge(con, name, version, site, expect, staged) if source == "crawl" else None
        if facts is None or not (facts.held and facts.ads):
            _load_statements(con, name, version)
        ads, rejected = con.execute(COUNTS).fetchall()[0]
        suspect = said(facts.outside, "en") if facts is not None and facts.held else ""
        row = {"file": name, "site": site, "source": source, "started": started_at, "finished": finished_at, "complete": complete}
        con.execute(LANDED, {**row, "ads": ads, "rejected": rejected, "suspect": suspect})
    except duckdb.CatalogException:
        return "holds other tables than a landing file"
    except duckdb.Error:
        return "damaged: a part of it cannot be read"
    if facts is not None:
        staged.runs.append(facts)
        staged.history.append(facts)
    return ""


def _judge(con: duckdb.DuckDBPyConnection, name: str, version: int, site: str, expect: dict[str, Expectations], staged: Staged) -> Facts:
    """Count a crawl and compare it with its site's runs; one that somebody accepted is taken as it is."""
    if staged.site != site:
        staged.site, staged.history = site, history_of(con, site)
        con.execute(LAST_LISTED, {"site": site})
    counted = facts_of(con, name, staged.languages, version=version)
    before = stored_run(con, name)
    if before is not None and before.accepted_by:
        kept = {"outside": before.outside, "accepted_by": before.accepted_by, "accepted_at": before.accepted_at, "because": before.because}
        facts = replace(counted, trouble=before.trouble, **kept)  # type: ignore[arg-type]
    else:
        facts = judged(counted, staged.history, expect.get(site, Expectations()))
    if facts.lists_whole and not facts.held:
        con.execute(LISTED_NOW)
    return facts


def _load_statements(con: duckdb.DuckDBPyConnection, name: str, version: int) -> None:
    for statement in con.extract_statements(sql("ingest_load")):
        con.execute(statement, dict.fromkeys(statement.named_parameters, name))
    if version > 1:
        con.execute(sql("ingest_load_read"))


def set_aside(path: Path) -> None:
    """Put a file that cannot be read where nobody stumbles over it."""
    folder = path.parent / "set-aside"
    folder.mkdir(exist_ok=True)
    path.rename(folder / path.name)
