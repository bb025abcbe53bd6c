"""What the casebook keeps for five years: the audit, whose chain goes on from a sealed checkpoint, the records of what left the house, and closed accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlcipher3

from pipeline.casebook.book import Casebook
from pipeline.keeping.unguarded import unguarded

KEPT = timedelta(days=5 * 365 + 1)
RECORDS = (
    "DELETE FROM reveal WHERE at < ?",
    "DELETE FROM wish WHERE state <> 'open' AND settled_at < ?",
    "DELETE FROM disclosure WHERE at < ?",
    "DELETE FROM handover WHERE at < ?",
)
GUARDS = """
SELECT name, sql FROM sqlite_master
WHERE type = 'trigger' AND tbl_name IN ('audit', 'disclosure', 'handover') AND name LIKE '%\\_is\\_kept' ESCAPE '\\'
"""
CLOSED = "SELECT user FROM closed_account WHERE at < ? ORDER BY user"
# what is an account's own; every other row that names it says what a person decided, and has its own time
ACCOUNT = (
    "DELETE FROM session WHERE user = ?", "DELETE FROM one_time_link WHERE user = ?", "DELETE FROM kept_place WHERE user = ?",
    "DELETE FROM training_answer WHERE user = ?", "DELETE FROM closed_account WHERE user = ?", "DELETE FROM user WHERE name = ?",
)  # fmt: skip


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
        gone = book.shorten_audit(before=limit, now=clock)
    _drop_old_accounts(book, limit)
    return gone


def _drop_old_accounts(book: Casebook, limit: str) -> None:
    """Delete accounts that were closed before a moment (ISO 8601), whole: without the note that it is closed an account would be open again.

    One that a kept record still names stays closed until that record goes; the database itself refuses to let it go before.
    """
    for (name,) in book.con.execute(CLOSED, (limit,)).fetchall():
        book.con.execute("BEGIN IMMEDIATE")
        try:
            for statement in ACCOUNT:
                book.con.execute(statement, (name,))
            book.con.execute("COMMIT")
        except sqlcipher3.IntegrityError:
            book.con.execute("ROLLBACK")
