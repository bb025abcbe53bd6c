"""Requests to see, to be erased, or not to be contacted: opened by anybody at the desk, settled by a person with an account.

A phone may belong to whoever controls others. So nothing is disclosed or deleted before a person has checked who asks; no contact goes
through the number meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

WHAT = ("access", "erase", "dnc")
MAY_SETTLE = ("dpo", "coordinator", "approver")
MEANWHILE = "en begäran prövas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One request. `personas`: people as advertised on the contact when it came; two or more means that it may be somebody else's."""

    id: str
    what: str
    contact_id: str
    kind: str
    key_epoch: int
    personas: int
    reason: str
    opened_at: datetime
    state: str


def open_wish(
    book: Casebook, what: str, *, contact_id: str, kind: str, key_epoch: int, personas: int, reason: str, who: str, now: datetime
) -> Wish:  # fmt: skip
    """Open a request and stop contact through the number until it is settled.

    Raises:
        Failure: an unknown request (2) or no reason (7).
    """
    if what not in WHAT:
        raise Failure(Exit.USAGE, f"{what}: choose one of {', '.join(WHAT)}.")
    if not reason.strip():
        raise Failure(Exit.POLICY, "Write who asked, and how: by letter, at a visit, by phone.")
    number = book.con.execute("SELECT count(*) FROM wish").fetchone()[0] + 1
    wish = Wish(
        id=f"W-{number}", what=what, contact_id=contact_id, kind=kind, key_epoch=key_epoch, personas=personas, reason=reason, opened_at=now, state="open"
    )  # fmt: skip
    book.change(
        "INSERT INTO wish (id, what, contact_id, kind, key_epoch, personas, reason, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (wish.id, what, contact_id, kind, key_epoch, personas, reason, who, now.isoformat()),
        who=who, action=f"request opened: {what}", subject=wish.id, now=now,
    )  # fmt: skip
    mark(book, wish, reason=f"{MEANWHILE}: {wish.id}")
    return wish


def mark(book: Casebook, wish: Wish, *, reason: str) -> None:
    """Stop contact through the contact; a mark that is there stays as it is."""
    values = (wish.contact_id, wish.kind, wish.key_epoch, reason, wish.opened_at.isoformat())
    book.con.execute("INSERT INTO do_not_contact VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id) DO NOTHING", values)


def wishes(book: Casebook, *, state: str | None = "open") -> list[Wish]:
    """Return requests, the oldest first; all of them with state None."""
    columns = "SELECT id, what, contact_id, kind, key_epoch, personas, reason, opened_at, state FROM wish"
    rows = book.con.execute(columns + " WHERE ? IS NULL OR state = ? ORDER BY opened_at, id", (state, state))
    return [Wish(**{**dict(zip(Wish.__dataclass_fields__, row, strict=True)), "opened_at": datetime.fromisoformat(row[7])}) for row in rows.fetchall()]


def wish_of(book: Casebook, name: str) -> Wish:
    """Return one request.

    Raises:
        Failure: there is none of that name (2).
    """
    for wish in wishes(book, state=None):
        if wish.id == name:
            return wish
    raise Failure(Exit.USAGE, f"{name}: no such request. `lykta request list` shows those that are open.")


def settle(book: Casebook, wish: Wish, *, granted: bool, identity: str, receipt: str, who: str, role: str, now: datetime) -> None:
    """Record what a person decided on a request, after checking who asks.

    A refused one leaves no mark; a granted access leaves none either; an erasure or a wish not to be contacted leaves it for good.

    Raises:
        Failure: another role, no word on how the identity was checked, or settled before (7).
    """
    if role not in MAY_SETTLE:
        raise Failure(Exit.POLICY, f"{who} may not settle a request: it needs an account as {' or '.join(MAY_SETTLE)}.")
    if wish.state != "open":
        raise Failure(Exit.POLICY, f"{wish.id} was {wish.state} before. Open a new request.")
    if not identity.strip():
        raise Failure(Exit.POLICY, "Write how the person's identity was checked, and that no secrecy towards others speaks against it.")
    state, meanwhile = "granted" if granted else "refused", f"{MEANWHILE}: {wish.id}"
    with book.changing(who=who, action=f"request {state}: {wish.what}", subject=wish.id, now=now) as con:
        values = (state, who, now.isoformat(), identity, receipt, wish.id)
        con.execute("UPDATE wish SET state = ?, settled_by = ?, settled_at = ?, identity = ?, receipt = ? WHERE id = ?", values)
        if granted and wish.what in ("erase", "dnc"):
            con.execute("UPDATE do_not_contact SET reason = ? WHERE contact_id = ? AND reason = ?", (f"begäran {wish.id} bifallen", wish.contact_id, meanwhile))
        else:
            con.execute("DELETE FROM do_not_contact WHERE contact_id = ? AND reason = ?", (wish.contact_id, meanwhile))
        if granted and wish.what == "erase":
            row = (wish.contact_id, wish.kind, wish.key_epoch, wish.id, now.isoformat())
            con.execute("INSERT INTO suppression VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id) DO NOTHING", row)
