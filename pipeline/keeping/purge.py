"""Purge: let go of what has been kept long enough. A stage of the night, between observe and photos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from pipeline.keeping.erasure import Gone, forget, forget_contacts
from pipeline.keeping.wishes import NO_WISHES, Wishes
from pipeline.report import Report
from pipeline.settings import Retention
from pipeline.store import keeping_sql

# A snapshot is served for a night and kept for another: what falls due before it is replaced is let go of tonight.
MARGIN = timedelta(days=2)
JUMP = timedelta(days=14)  # a machine that was off over a weekend or a holiday is no jump of the clock
BACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeSettings:
    """How long things stay, what people decided and asked for, and whether everything counts from its import.

    `clock` is the present moment, by which retention counts; `confirmed` says that a person has looked at the clock. `served` are the
    municipalities that the team serves (none: all); texts of ads elsewhere are kept for `elsewhere_text_days`.
    """

    retention: Retention
    clock: datetime
    wishes: Wishes = NO_WISHES
    from_import: bool = False
    confirmed: bool = False
    served: tuple[str, ...] = ()
    elsewhere_text_days: int = 0


def run(con: duckdb.DuckDBPyConnection, settings: PurgeSettings, as_of: datetime) -> Report:
    """Delete what is due within the next two nights, and every ad of those who were erased.

    After a jump of the clock nothing is deleted for its age until a person confirms; erased people go all the same.
    """
    erased = forget_contacts(con, [row[0] for row in settings.wishes.erased])
    withheld = "" if settings.confirmed else clock_fault(con, settings.clock)
    gone = Gone(ads=0, texts=0) if withheld else _let_go(con, settings)
    overdue = count_overdue(con, settings, settings.clock)
    ads, texts = gone.ads + erased.ads, gone.texts + erased.texts
    con.execute(
        "INSERT INTO purged VALUES ($at, $ads, $texts, $overdue, $withheld, $rewritten)",
        {"at": settings.clock, "ads": ads, "texts": texts, "overdue": overdue, "withheld": withheld, "rewritten": not (ads or texts)},
    )
    return Report(read=_count(con, "SELECT count(*) FROM ad") + ads, written=0, refused=ads, note=withheld or _said(ads, texts))


def _said(ads: int, texts: int) -> str:
    return f"let go of {ads} ads and {texts} texts" if ads or texts else ""


def clock_fault(con: duckdb.DuckDBPyConnection, clock: datetime) -> str:
    """Say why the clock is not to be trusted with deleting, or return ''."""
    last = con.execute("SELECT max(purged_at) FROM purged WHERE withheld = ''").fetchall()[0][0]
    newest = con.execute("SELECT max(landed_at) FROM ad_landed").fetchall()[0][0]
    advice = "Nothing was deleted for its age. When the clock is right, run: lykta purge --clock-is-right"
    if last is not None and clock - last > JUMP:
        return f"The clock says {clock:%Y-%m-%d}, {(clock - last).days} days after the last purge. {advice}"
    behind = max((moment for moment in (last, newest) if moment is not None), default=clock)
    if behind - clock > BACK:
        return f"The clock says {clock:%Y-%m-%d %H:%M}, before what was done last ({behind:%Y-%m-%d %H:%M}). {advice}"
    return ""


def _let_go(con: duckdb.DuckDBPyConnection, settings: PurgeSettings) -> Gone:
    _find_due(con, settings)
    limit = settings.clock + MARGIN
    for statement in con.extract_statements(keeping_sql("due_now")):
        con.execute(statement, {"limit": limit} if "limit" in statement.named_parameters else {})
    gone = forget(con)
    days = settings.retention.linking_days if not settings.from_import else settings.retention.import_days
    log = limit - timedelta(days=settings.retention.fetch_log_days)
    for statement in con.extract_statements(keeping_sql("thin")):
        values = {"oldest": limit - timedelta(days=days), "log": log}
        con.execute(statement, {name: values[name] for name in statement.named_parameters})
    return gone


def _find_due(con: duckdb.DuckDBPyConnection, settings: PurgeSettings) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE decision (cluster_id VARCHAR, class VARCHAR, since TIMESTAMP)")
    con.execute("CREATE OR REPLACE TEMP TABLE held (ad_id BIGINT)")
    if settings.wishes.decided:
        con.executemany("INSERT INTO decision VALUES (?, ?, ?)", [list(row) for row in settings.wishes.decided])
    if settings.wishes.held:
        con.executemany("INSERT INTO held VALUES (?)", [[ad] for ad in settings.wishes.held])
    retention = settings.retention
    values: dict[str, Any] = {name: getattr(retention, name) for name in retention.__dataclass_fields__}
    values |= {"served": list(settings.served), "elsewhere_text_days": settings.elsewhere_text_days}
    for statement in con.extract_statements(keeping_sql("due_import" if settings.from_import else "due")):
        con.execute(statement, {name: values[name] for name in statement.named_parameters})


def count_overdue(con: duckdb.DuckDBPyConnection, settings: PurgeSettings, clock: datetime) -> int:
    """Return how many texts or versions are kept longer than they may be: the purge debt."""
    _find_due(con, settings)
    return int(con.execute(keeping_sql("overdue"), {"clock": clock}).fetchall()[0][0])


def _count(con: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(con.execute(question).fetchall()[0][0])
