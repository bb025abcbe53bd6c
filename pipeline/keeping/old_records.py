"""What the casebook keeps for five years: the audit, whose chain goes on from a sealed checkpoint, and the records of reveals, requests and disclosures."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.casebook.book import Casebook
from pipeline.keeping.unguarded import unguarded

KEPT = timedelta(days=5 * 365 + 1)
RECORDS = (
    "DELETE FROM reveal WHERE at < ?",
    "DELETE FROM wish WHERE state <> 'open' AND settled_at < ?",
    "DELETE FROM disclosure WHERE at < ?",
)
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'disclosure') AND name LIKE '%\\_is\\_kept' ESCAPE '\\'"


def drop_old_records(book: Casebook, clock: datetime) -> int:
    """Delete what is older than five years, and seal where the audit's chain goes on. Returns how many rows of the audit went.

    Guards step aside for this one transaction. A chain that is broken is left as it is: what it proves must stay to be looked at.
    """
    limit = (clock - KEPT).isoformat()
    if book.first_broken_row() is not None:
        return 0
    with unguarded(book, GUARDS) as con:
        for statement in RECORDS:
            con.execute(statement, (limit,))
        return book.shorten_audit(before=limit, now=clock)
