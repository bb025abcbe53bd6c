"""Passkeys of accounts: kept by their public part, with the device's own count of uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

KEYS_MAX = 10  # of one account


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One key: its own name (base64url), whose it is, public part (COSE), uses counted by the device, and when it was last used ('' for never)."""

    credential: str
    user: str
    public_key: bytes
    counter: int
    label: str
    made_at: str
    used_at: str


def passkeys(book: Casebook, user: str) -> list[Passkey]:
    """Return a user's keys, the oldest first."""
    rows = book.con.execute("SELECT * FROM passkey WHERE user = ? ORDER BY made_at, credential", (user,)).fetchall()
    return [_passkey(row) for row in rows]


def passkey_of(book: Casebook, credential: str) -> Passkey | None:
    """Return the key of that name when its owner's account is open and active, else None."""
    row = book.con.execute(
        "SELECT passkey.* FROM passkey JOIN user ON user.name = passkey.user "
        "WHERE credential = ? AND note_signed_at IS NOT NULL AND user NOT IN (SELECT user FROM closed_account)",
        (credential,),
    ).fetchone()
    return _passkey(row) if row else None


def _passkey(row: tuple[str, str, str, int, str, str, str | None]) -> Passkey:
    credential, user, public_key, counter, label, made_at, used_at = row
    return Passkey(
        credential=credential, user=user, public_key=bytes.fromhex(public_key), counter=counter, label=label, made_at=made_at, used_at=used_at or ""
    )  # fmt: skip


def add_passkey(book: Casebook, user: str, credential: str, public_key: bytes, counter: int, *, label: str, now: datetime) -> None:
    """Keep a new key of a user.

    Raises:
        Failure: no label (2), too many keys, or the key is kept already (7).
    """
    if not label.strip():
        raise Failure(Exit.USAGE, "A passkey needs a label, such as the device that holds it.")
    if len(passkeys(book, user)) >= KEYS_MAX:
        raise Failure(Exit.POLICY, f"An account has at most {KEYS_MAX} passkeys. Remove one first.")
    values = (credential, user, public_key.hex(), counter, label.strip(), now.isoformat())
    book.change("INSERT INTO passkey VALUES (?, ?, ?, ?, ?, ?, NULL)", values, who=user, action="passkey added", subject=user, now=now)


def note_use(book: Casebook, key: Passkey, counter: int, *, now: datetime) -> None:
    """Keep the device's count after a log-in."""
    book.change(
        "UPDATE passkey SET counter = ?, used_at = ? WHERE credential = ?", (counter, now.isoformat(), key.credential),
        who=key.user, action="passkey used", subject=key.user, now=now,
    )  # fmt: skip


def remove_passkey(book: Casebook, user: str, credential: str, *, now: datetime) -> None:
    """Remove one of a user's own keys.

    Raises:
        Failure: the user has no such key (4).
    """
    if all(key.credential != credential for key in passkeys(book, user)):
        raise Failure(Exit.NOTHING, "You have no such passkey.")
    book.change("DELETE FROM passkey WHERE credential = ?", (credential,), who=user, action="passkey removed", subject=user, now=now)
