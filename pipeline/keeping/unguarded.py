"""A moment in which the casebook lets rows go: the triggers that keep them step aside for one transaction, and stand again after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.casebook.book import Casebook


@contextmanager
def unguarded(book: Casebook, guards: str) -> Iterator[Any]:
    """Give the connection, in one transaction; what is deleted in it is overwritten in the file too.

    Args:
        guards: a query for (name, sql) of the triggers that step aside.
    """
    con: Any = book.con
    con.execute("PRAGMA secure_delete = ON")
    con.execute("BEGIN IMMEDIATE")
    try:
        con.execute("PRAGMA defer_foreign_keys = ON")
        found = con.execute(guards).fetchall()
        for name, _ in found:
            con.execute(f'DROP TRIGGER "{name}"')  # names come from the schema, not from data
        yield con
        for _, text in found:
            con.execute(text)
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
