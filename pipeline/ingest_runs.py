"""A crawl in numbers: taken from its landing file, compared with its site's last runs, kept as a row of `site_run`."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from crawler.records.site import Expectations
from crawler.records.troubles import BY_CODE, NOTE
from pipeline.health.bounds import HISTORY_MAX, new_dates, outside
from pipeline.health.facts import COLUMNS, Facts, from_row
from pipeline.reading.languages import LanguageReader
from pipeline.store import sql

FIELDS = (
    "title", "body", "posted_at", "name", "age", "city", "address", "venue", "price", "account", "phones", "emails", "handles", "payment", "images",
)  # fmt: skip
SAMPLE = "SELECT coalesce(title, '') || chr(10) || coalesce(body, '') FROM landing.ad_seen ORDER BY md5_number_lower(url) LIMIT 30"
MAPS = {"rates": "DOUBLE", "languages": "DOUBLE", "dates": "DOUBLE", "statuses": "INTEGER"}
STORED = "SELECT * EXCLUDE (run) FROM site_run"
HISTORY = STORED + " WHERE site = $site ORDER BY started_at DESC LIMIT $most"
ONE = STORED + " WHERE landing_file = $file"
KEEP = """
INSERT OR REPLACE INTO site_run
SELECT $landing_file, $site, $run, $started_at, $finished_at, $lists_whole, $complete, $pages, $listed, $ads, $unchanged, $new_ads, $known, $absent, $gone,
       $rejected, map_from_entries($rates), map_from_entries($languages), map_from_entries($dates), map_from_entries($statuses), $ad_bytes, $list_bytes,
       $trouble, $failed, $outside, $accepted_by, $accepted_at, $because
"""


def facts_of(con: duckdb.DuckDBPyConnection, file: str, languages: tuple[str, ...], *, version: int) -> Facts:
    """Count the attached landing file, whose ads stand in the temporary table `tonight`.

    Args:
        languages: those that ads are written in; none leaves them uncounted.
        version: of the landing file; files of version 1 do not say how the run ended.
    """
    cursor = con.execute(sql("ingest_facts"))
    names = [column[0] for column in cursor.description or ()]
    row: dict[str, Any] = dict(zip(names, cursor.fetchall()[0], strict=True))
    shown, ads = row.pop("shown"), max(1, row["ads"])
    row["rates"] = {name: count / ads for name, count in zip(FIELDS, shown, strict=True) if count}
    row["dates"] = {form: count / ads for form, count in row["dates"].items()}
    row["languages"] = _languages(con, languages) if languages and row["ads"] else {}
    said = con.execute("SELECT trouble, failed FROM landing.outcome").fetchall() if version > 1 else []
    trouble, failed = said[0] if said else ("" if row["finished_at"] else "interrupted", "")
    return Facts(landing_file=file, trouble=trouble, failed=failed, **row)


def _languages(con: duckdb.DuckDBPyConnection, languages: tuple[str, ...]) -> dict[str, float]:
    texts = [row[0] for row in con.execute(SAMPLE).fetchall()]
    main = Counter(found[0].code for text in texts if (found := _reader(languages).read(text)))
    return {code: count / len(texts) for code, count in main.items()}


@functools.cache
def _reader(languages: tuple[str, ...]) -> LanguageReader:
    return LanguageReader(languages)


def judged(facts: Facts, history: Iterable[Facts], expect: Expectations) -> Facts:
    """Return a crawl with what lies outside its bounds and the name of its trouble."""
    earlier = [run for run in history if run.started_at < facts.started_at]
    found = outside(facts, earlier, expect)
    trouble = facts.trouble or ("date_format" if new_dates(facts, earlier) else "")
    if found and (not trouble or BY_CODE[trouble].grade == NOTE):
        trouble = "unlike"
    return dataclasses.replace(facts, outside=found, trouble=trouble)


def history_of(con: duckdb.DuckDBPyConnection, site: str) -> list[Facts]:
    """Return the last runs of a site, oldest first."""
    rows = con.execute(HISTORY, {"site": site, "most": 2 * HISTORY_MAX}).fetchall()
    return [from_row(row) for row in reversed(rows)]


def stored_run(con: duckdb.DuckDBPyConnection, file: str) -> Facts | None:
    """Return what is kept of a landing file; None when it never came."""
    rows = con.execute(ONE, {"file": file}).fetchall()
    return from_row(rows[0]) if rows else None


def keep_run(con: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    """Write a crawl's row, in the place of an earlier one of the same landing file."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in COLUMNS}
    for name in MAPS:
        values[name] = _entries(values[name])
    con.execute(KEEP, {**values, "run": facts.run, "outside": [dataclasses.asdict(one) for one in facts.outside]})


def _entries(shares: Mapping[str, float]) -> list[dict[str, object]]:
    return [{"k": name, "v": value} for name, value in sorted(shares.items())]
