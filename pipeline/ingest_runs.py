"""A crawl in numbers: taken from its landing file, compared with its site's last runs, kept as a row of `site_run`."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from crawler.records.site import Expectations
from crawler.records.troubles import BY_CODE, NOTE
from pipeline.health.bounds import HISTORY_MAX, new_dates, outside
from pipeline.health.facts import COLUMNS, Facts, from_row
from pipeline.reading.languages import language_reader
from pipeline.store import sql

FIELDS = (
    "title", "body", "posted_at", "name", "age", "city", "address", "venue", "price", "account", "phones", "emails", "handles", "payment", "images",
)  # fmt: skip
SAMPLE = "SELECT coalesce(title, '') || chr(10) || coalesce(body, '') FROM landing.ad_seen ORDER BY md5_number_lower(url) LIMIT 30"
SHARES, PAGES = pa.map_(pa.string(), pa.float64()), pa.map_(pa.string(), pa.int32())
TIME = pa.timestamp("us")
KINDS: dict[str, pa.DataType] = {
    **dict.fromkeys(COLUMNS, pa.int32()),
    **dict.fromkeys(("landing_file", "site", "trouble", "failed", "accepted_by", "because"), pa.string()),
    **dict.fromkeys(("started_at", "finished_at", "accepted_at"), TIME),
    **dict.fromkeys(("lists_whole", "complete"), pa.bool_()),
    **dict.fromkeys(("rates", "languages", "dates"), SHARES),
    "statuses": PAGES,
    "outside": pa.list_(pa.struct([("measure", pa.string()), *((name, pa.float64()) for name in ("found", "low", "high", "usual"))])),
}
STORED = "SELECT * EXCLUDE (run) FROM site_run"
HISTORY = STORED + " WHERE site = $site ORDER BY started_at DESC LIMIT $most"
ONE = STORED + " WHERE landing_file = $file"
KEEP = "INSERT OR REPLACE INTO site_run BY NAME SELECT *, strftime(started_at, '%Y%m%dT%H%M%S') AS run FROM kept_runs"


def facts_of(con: duckdb.DuckDBPyConnection, file: str, languages: tuple[str, ...], *, version: int) -> Facts:
    """Count the attached landing file, whose ads stand in the temporary table `tonight`.

    Args:
        languages: those that ads are written in; none leaves them uncounted.
        version: of the landing file; files of version 1 do not say how the run ended.
    """
    row: dict[str, Any] = {}
    for statement in con.extract_statements(sql("ingest_facts")):
        counted = con.execute(statement)
        row |= zip((column[0] for column in counted.description or ()), counted.fetchall()[0], strict=True)
    lists, whole = row.pop("lists"), row.pop("whole")
    row["lists_whole"] = row["complete"] or (0 < lists == whole and row["listed"] > 0)  # lists that name nothing at all prove nothing
    shown, ads = row.pop("shown"), max(1, row["ads"])
    row["rates"] = {name: count / ads for name, count in zip(FIELDS, shown, strict=True) if count}
    row["dates"] = {form: count / ads for form, count in row["dates"].items()}
    row["languages"] = _languages(con, languages) if languages and row["ads"] else {}
    said = con.execute("SELECT trouble, failed FROM landing.outcome").fetchall() if version > 1 else []
    trouble, failed = said[0] if said else ("" if row["finished_at"] else "interrupted", "")
    return Facts(landing_file=file, trouble=trouble, failed=failed, **row)


def _languages(con: duckdb.DuckDBPyConnection, languages: tuple[str, ...]) -> dict[str, float]:
    texts = [row[0] for row in con.execute(SAMPLE).fetchall()]
    main = Counter(found[0].code for text in texts if (found := language_reader(languages).read(text)))
    return {code: count / len(texts) for code, count in main.items()}


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


def keep_runs(con: duckdb.DuckDBPyConnection, runs: Sequence[Facts]) -> None:
    """Write the rows of crawls, in the place of earlier ones of the same landing files."""
    if not runs:
        return
    columns = {name: pa.array([_cell(getattr(run, name)) for run in runs], kind) for name, kind in KINDS.items()}
    con.register("kept_runs", pa.table(columns))
    con.execute(KEEP)
    con.unregister("kept_runs")


def _cell(value: object) -> object:
    """Return a field as Arrow takes it: a map as pairs, what lies outside as structs."""
    if isinstance(value, Mapping):
        return sorted(value.items())
    return [dataclasses.asdict(one) for one in value] if isinstance(value, tuple) else value
