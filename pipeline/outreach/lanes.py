"""Queue, urgent and safeguarding: what waits for whom. The shapes are those that scripts rely on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook
from pipeline.outreach.candidates import Candidate, Contacts, candidates, likely_scam, not_known, ordered, outreach_sql
from pipeline.outreach.gates import standing
from pipeline.outreach.sentences import said
from pipeline.outreach.settings import OutreachSettings

WHY_MAX = 3
REST_DAYS = 21  # not seen for longer: the cluster rests


def queue(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings, as_of: datetime, *, keep_old: bool = False) -> list[dict[str, Any]]:
    """Return what waits for a person, in reading order.

    In the queue stands what has a band, is not held by counter-evidence, and is not decided on by two people or dismissed. Clusters not
    seen for three weeks rest (lane R5), unless `keep_old`, as in a research installation.
    """
    judgements, unwanted, contacts = book.judgements(), book.do_not_contact(), book.contacts_made()
    done = {name for name, one in judgements.items() if is_done(one.decision, one.approver)}
    asked = {name for name, one in judgements.items() if one.decision == "approve"}
    order = queue_order(candidates(con, settings), contacts, settings, as_of, done=done, keep_old=keep_old)
    return [queue_row(rank, one, contacts, unwanted, settings, as_of, asked=one.cluster in asked) for rank, one in enumerate(order, start=1)]


def is_done(decision: str, approver: str) -> bool:
    """Whether a cluster has left the queue: dismissed, or let through by two people."""
    return decision == "dismiss" or approver != ""


def queue_order(
    found: Iterable[Candidate],
    contacts: Contacts,
    settings: OutreachSettings,
    as_of: datetime,
    *,
    done: Collection[str],
    keep_old: bool = False,
    nominated: Collection[str] = (),
) -> list[Candidate]:
    """Return what waits of some candidates, in reading order; what is probably a scam is read last.

    Args:
        done: clusters that have left the queue.
        nominated: clusters that a coordinator put before two people with a written reason; they need no band, and come last.
    """
    waiting = [one for one in found if one.cluster not in done and not one.held_by and (one.band is not None or one.cluster in nominated)]
    order = ordered((one for one in waiting if keep_old or (as_of - one.last_seen).days <= REST_DAYS), contacts, as_of)
    return sorted(order, key=lambda one: likely_scam(one, settings))


def queue_row(
    rank: int, one: Candidate, contacts: Contacts, unwanted: frozenset[str], settings: OutreachSettings, as_of: datetime, *, asked: bool
) -> dict[str, Any]:
    """Return one row of the queue.

    Args:
        asked: whether one person let it through already, so that it waits for a second.
    """
    stops = standing(one, contacts, settings, as_of, do_not_contact=unwanted)
    if asked:
        stops = [*stops, said(settings.language, "second_person")]
    suppressed = bool(one.contacts & unwanted)
    lane = "R5" if suppressed or likely_scam(one, settings) else "R1" if one.urgent else "R2" if one.municipality else "R3"
    return _row(rank, one, stops, settings.language, lane=lane, suppressed=suppressed)


def _row(rank: int, one: Candidate, stops: list[str], language: str, *, lane: str, suppressed: bool) -> dict[str, Any]:
    return {
        "rank": rank,
        "cluster": one.cluster,
        "band": one.band,
        "lane": lane,
        "municipality": one.municipality,
        "last_seen": one.last_seen.isoformat() + "Z",
        "why": [said(language, "suppressed")] if suppressed else list(one.why[:WHY_MAX]),
        "not_known": not_known(one, language),
        "blocked_by": stops,
    }


def urgent(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings) -> list[dict[str, Any]]:
    """Return ads with a possible sign of coercion or a cry for help that nobody has read yet, clustered or not, the newest first."""
    return unread(urgent_found(con, settings), book)


def urgent_found(con: duckdb.DuckDBPyConnection, settings: OutreachSettings) -> list[dict[str, Any]]:
    """Return all such ads of a snapshot, read by somebody or not."""
    rows = con.execute(outreach_sql("urgent"), {"sv": settings.language == "sv"}).fetchall()
    names = ("finding", "cluster", "site", "url", "last_seen", "sentence", "field", "shown")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [{"lane": "R1", **row, "last_seen": row["last_seen"].isoformat() + "Z"} for row in found]


def unread(found: Iterable[dict[str, Any]], book: Casebook) -> list[dict[str, Any]]:
    """Return of such ads those that nobody has read yet."""
    read = {row[0] for row in book.con.execute("SELECT finding FROM cue_confirmation").fetchall()}
    return [row for row in found if row["finding"] not in read]


def safeguarding(con: duckdb.DuckDBPyConnection, language: str = "sv") -> list[dict[str, Any]]:
    """Return ads with a stated age under 18 and a sentence in a language, for the named officer alone. The caller checks who asks, and audits."""
    rows = con.execute(outreach_sql("safeguarding"), {"sv": language == "sv"}).fetchall()
    names = ("finding", "site", "url", "first_seen", "last_seen", "sentence", "field", "shown")
    return [
        {"lane": "R0", **row, "first_seen": row["first_seen"].isoformat() + "Z", "last_seen": row["last_seen"].isoformat() + "Z"}
        for row in (dict(zip(names, row, strict=True)) for row in rows)
    ]
