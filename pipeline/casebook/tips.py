"""What the network tells the team: tips with a retention of their own, and nominations with a written reason. A tip raises no band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

KEPT = timedelta(days=90)
SOURCES = ("hotel", "housing", "shelter", "street", "health", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What was told: by which kind of organisation, where, what was seen; the contact as pseudonym and mask, the cluster it touches or ''."""

    source_kind: str
    municipality: str
    venue: str
    contact_id: str
    contact_shown: str
    seen: str
    cluster: str


def add_tip(book: Casebook, tip: Tip, *, by: str, now: datetime) -> int:
    """Keep a tip and return its number.

    Raises:
        Failure: nothing was written of what was seen, or an unknown kind of source (2).
    """
    if not tip.seen.strip() or tip.source_kind not in SOURCES:
        raise Failure(Exit.USAGE, "Choose who told it, and write what was seen.")
    values = (
        tip.source_kind,
        tip.municipality,
        tip.venue,
        tip.contact_id,
        tip.contact_shown,
        tip.seen,
        tip.cluster,
        by,
        now.isoformat(),
        (now + KEPT).isoformat(),
    )
    columns = "(source_kind, municipality, venue, contact_id, contact_shown, seen, cluster, by_user, at, expires)"
    return book.change(
        "INSERT INTO tip " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values, who=by, action="tip entered", subject=tip.cluster, now=now
    )


def tips(book: Casebook, *, now: datetime, cluster: str = "") -> list[Mapping[str, Any]]:
    """Return the tips that are still kept, those of one cluster when named; what is past its day is deleted first."""
    if book.con.execute("SELECT 1 FROM tip WHERE expires <= ? LIMIT 1", (now.isoformat(),)).fetchone():  # a reader waits for no writer
        book.con.execute("DELETE FROM tip WHERE expires <= ? AND id NOT IN (SELECT tip FROM nomination WHERE tip IS NOT NULL)", (now.isoformat(),))
    rows = book.con.execute(
        "SELECT id, source_kind, municipality, venue, contact_shown, seen, cluster, by_user, at, expires FROM tip WHERE ? IN ('', cluster) ORDER BY id DESC",
        (cluster,),
    ).fetchall()
    names = ("id", "source_kind", "municipality", "venue", "contact_shown", "seen", "cluster", "by", "at", "expires")
    return [dict(zip(names, row, strict=True)) for row in rows]


def nominate(book: Casebook, cluster: str, reason: str, *, tip: int | None, by: str, now: datetime) -> None:
    """Put a cluster before two people though its signs do not reach the gate.

    Raises:
        Failure: no written reason (7).
    """
    if not reason.strip():
        raise Failure(Exit.POLICY, "A nomination needs a written reason.")
    values = (cluster, tip, reason, by, now.isoformat())
    book.change(
        "INSERT INTO nomination (cluster, tip, reason, by_user, at) VALUES (?, ?, ?, ?, ?)", values, who=by, action="nominated", subject=cluster, now=now
    )


def nominations(book: Casebook) -> dict[str, str]:
    """Return the reason for which each cluster was nominated, the latest."""
    return {str(row[0]): str(row[1]) for row in book.con.execute("SELECT cluster, reason FROM nomination ORDER BY id").fetchall()}
