"""Queue, urgent and safeguarding: what waits for whom. The shapes are those that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook, Judgement
from pipeline.outreach.candidates import Candidate, candidates, not_known, ordered, outreach_sql
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
    return queue_rows(candidates(con, settings), book, settings, as_of, keep_old=keep_old)


def queue_rows(
    found: Iterable[Candidate], book: Casebook, settings: OutreachSettings, as_of: datetime, *, keep_old: bool = False, nominated: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return the queue of candidates that were read before, as the page keeps them for one snapshot.

    Args:
        nominated: clusters that a coordinator put before two people with a written reason; they need no band, and come last.
    """
    judgements, unwanted, contacts = book.judgements(), book.do_not_contact(), book.contacts_made()
    waiting = [one for one in found if _waits(one, judgements.get(one.cluster), as_of, keep_old, one.cluster in nominated)]
    rows = []
    for rank, one in enumerate(ordered(waiting, contacts, as_of), start=1):
        stops = standing(one, contacts, settings, as_of, do_not_contact=unwanted)
        judgement = judgements.get(one.cluster)
        if judgement is not None and judgement.decision == "approve":
            stops = [*stops, said(settings.language, "second_person")]
        rows.append(_row(rank, one, stops, settings.language, suppressed=bool(one.contacts & unwanted)))
    return rows


def _waits(one: Candidate, judgement: Judgement | None, as_of: datetime, keep_old: bool, nominated: bool) -> bool:
    done = judgement is not None and (judgement.decision == "dismiss" or judgement.approver != "")
    if done or one.held_by or (one.band is None and not nominated):
        return False
    return keep_old or (as_of - one.last_seen).days <= REST_DAYS


def _row(rank: int, one: Candidate, stops: list[str], language: str, *, suppressed: bool) -> dict[str, Any]:
    lane = "R5" if suppressed else "R1" if one.urgent else "R2" if one.municipality else "R3"
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
    read = {row[0] for row in book.con.execute("SELECT finding FROM cue_confirmation").fetchall()}
    rows = con.execute(outreach_sql("urgent"), {"sv": settings.language == "sv"}).fetchall()
    names = ("finding", "cluster", "site", "url", "last_seen", "sentence", "field", "shown")
    found = [dict(zip(names, row, strict=True)) for row in rows if row[0] not in read]
    return [{"lane": "R1", **row, "last_seen": row["last_seen"].isoformat() + "Z"} for row in found]


def safeguarding(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return ads with a stated age under 18, for the named officer alone. The caller checks who asks, and audits."""
    rows = con.execute(outreach_sql("safeguarding")).fetchall()
    names = ("finding", "site", "url", "first_seen", "last_seen", "sentence", "field", "shown")
    return [
        {"lane": "R0", **row, "first_seen": row["first_seen"].isoformat() + "Z", "last_seen": row["last_seen"].isoformat() + "Z"}
        for row in (dict(zip(names, row, strict=True)) for row in rows)
    ]
