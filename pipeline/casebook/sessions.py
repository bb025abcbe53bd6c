"""Who is logged in: sessions of fifteen idle minutes and eight hours at most, kept by the hash of their token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.casebook.book import Casebook

IDLE, WHOLE = timedelta(minutes=15), timedelta(hours=8)
SEEN_EVERY = timedelta(seconds=30)  # how often a session's last use is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A user who is logged in. `csrf` is the token that every form carries."""

    user: str
    role: str
    organisation: str
    csrf: str


def token_hash(token: str) -> str:
    """Return what is kept of a token: SHA-256 in hex; the token itself has 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(book: Casebook, user: str, *, now: datetime) -> str:
    """Start a session under a new token and return the token; what was there under an old one is not carried over."""
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    book.change(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?)", (token_hash(token), user, csrf, now.isoformat(), now.isoformat()),
        who=user, action="logged in", subject="", now=now,
    )  # fmt: skip
    return token


def session_of(book: Casebook, token: str, *, now: datetime) -> Session | None:
    """Return whose session a token opens, or None when it is unknown, idle too long, too old, or the account is closed."""
    row = book.con.execute(
        "SELECT user, role, organisation, csrf, made_at, seen_at FROM session JOIN user ON user.name = session.user "
        "WHERE token_hash = ? AND note_signed_at IS NOT NULL AND user NOT IN (SELECT user FROM closed_account)",
        (token_hash(token),),
    ).fetchone()
    if row is None:
        return None
    made, seen = datetime.fromisoformat(row[4]), datetime.fromisoformat(row[5])
    if now - seen > IDLE or now - made > WHOLE:
        book.con.execute("DELETE FROM session WHERE token_hash = ?", (token_hash(token),))
        return None
    if now - seen > SEEN_EVERY:
        book.con.execute("UPDATE session SET seen_at = ? WHERE token_hash = ?", (now.isoformat(), token_hash(token)))
    return Session(user=row[0], role=row[1], organisation=row[2], csrf=row[3])


def end_session(book: Casebook, token: str, *, user: str, now: datetime) -> None:
    """Log out."""
    book.change("DELETE FROM session WHERE token_hash = ?", (token_hash(token),), who=user, action="logged out", subject="", now=now)
