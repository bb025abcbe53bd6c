"""What a person asks about themselves: access, erasure, no contact. Opened by anybody who meets them, carried out by the data protection officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

KINDS = ("access", "erase", "no_contact")
SEVERAL = 2  # personas on one contact from which it is never disclosed or blocked without a person's check: it may belong to who controls others
NAMES = ("id", "kind", "contact_id", "contact_shown", "personas", "asked", "state", "note", "by", "at", "closed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, for which contact (pseudonym and mask), how many personas it carries, and how the person asked."""

    kind: str
    contact_id: str
    contact_shown: str
    personas: int
    asked: str


def open_request(book: Casebook, request: Request, *, by: str, now: datetime) -> int:
    """Open a request; from now on no list goes through the contact.

    Raises:
        Failure: an unknown kind, or nothing written of how it was asked (2).
    """
    if request.kind not in KINDS or not request.asked.strip():
        raise Failure(Exit.USAGE, "Write who said so and how it was checked.")
    values = (request.kind, request.contact_id, request.contact_shown, request.personas, request.asked, "open", "", by, now.isoformat())
    columns = "(kind, contact_id, contact_shown, personas, asked, state, note, by_user, at)"
    statement = "INSERT INTO person_request " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    return book.change(statement, values, who=by, action=f"request opened: {request.kind}", subject=request.contact_id[:8], now=now)


def close_request(book: Casebook, number: int, *, state: str, note: str, by: str, now: datetime) -> Mapping[str, Any]:
    """Carry out or refuse a request, with what was checked. Returns the request.

    A wish for no contact that is carried out becomes a do-not-contact mark, which outlives everything else.

    Raises:
        Failure: no such open request, or nothing written of the check (2).
    """
    found = next((one for one in requests(book) if one["id"] == number and one["state"] == "open"), None)
    if found is None or state not in ("carried out", "refused") or not note.strip():
        raise Failure(Exit.USAGE, "Write who said so and how it was checked.")
    with book.changing(who=by, action=f"request {state}: {found['kind']}", subject=str(found["contact_id"])[:8], now=now) as con:
        con.execute("UPDATE person_request SET state = ?, note = ?, closed_at = ? WHERE id = ?", (state, note, now.isoformat(), number))
        if state == "carried out" and found["kind"] in ("no_contact", "erase"):
            con.execute(
                "INSERT INTO do_not_contact VALUES (?, 'contact', 1, ?, ?) ON CONFLICT (contact_id) DO NOTHING", (found["contact_id"], note, now.isoformat())
            )
    return found


def requests(book: Casebook) -> list[Mapping[str, Any]]:
    """Return all requests, those that are open first."""
    rows = book.con.execute(
        "SELECT id, kind, contact_id, contact_shown, personas, asked, state, note, by_user, at, closed_at FROM person_request ORDER BY state <> 'open', id DESC"
    ).fetchall()
    return [dict(zip(NAMES, row, strict=True)) for row in rows]
