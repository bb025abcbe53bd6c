"""The disclosure record: who asked for what, on which ground, what was given, and who decided. Refusals stand in it too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

ANSWERS = ("given", "part", "refused")
COLUMNS = ("id", "at", "receiver", "asked", "ground", "answer", "given", "subject", "by")


def disclose(
    book: Casebook, *, receiver: str, asked: str, ground: str, answer: str, given: str, subject: str, who: str, now: datetime
) -> int:  # fmt: skip
    """Write one disclosure, or the refusal of one, into the record, with its row of the audit. Returns its number.

    Raises:
        Failure: as write_disclosure, or refused by the database (7).
    """
    with book.changing(who=who, action=f"disclosure: {answer}", subject=subject, now=now) as con:
        return write_disclosure(con, receiver=receiver, asked=asked, ground=ground, answer=answer, given=given, subject=subject, who=who, now=now)


def write_disclosure(
    con: Any, *, receiver: str, asked: str, ground: str, answer: str, given: str, subject: str, who: str, now: datetime
) -> int:  # fmt: skip
    """Write one disclosure in the caller's transaction: what is recorded beside it stands or falls with it. Returns its number.

    Args:
        con: what `Casebook.changing` gives.
        receiver: the organisation, and the person there who answers for it.
        asked: what was asked for, and how (a letter's number, a call).
        ground: the section of law that it is given or refused on.
        given: what was handed over, in kind and number, never the content itself; '' for a refusal.
        subject: what it is about: a list, a cluster, an ad's number, a request.

    Raises:
        Failure: an unknown answer (2), or something left out (7).
    """
    if answer not in ANSWERS:
        raise Failure(Exit.USAGE, f"{answer}: write one of {', '.join(ANSWERS)}.")
    lacks = [name for name, value in (("receiver", receiver), ("asked", asked), ("ground", ground)) if not value.strip()]
    if answer != "refused" and not given.strip():
        lacks.append("given")
    if lacks:
        raise Failure(Exit.POLICY, f"Not recorded: {', '.join(lacks)} left out. Write who asked for what, on which ground, and what was given.")
    values = (now.isoformat(), receiver, asked, ground, answer, given, subject, who)
    columns = "(at, receiver, asked, ground, answer, given, subject, by_user)"
    return int(con.execute("INSERT INTO disclosure " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid)


def disclosures(book: Casebook) -> list[dict[str, Any]]:
    """Return the record, the newest first."""
    rows = book.con.execute("SELECT id, at, receiver, asked, ground, answer, given, subject, by_user FROM disclosure ORDER BY at DESC, id DESC").fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
