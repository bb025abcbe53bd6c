"""Accounts as an administrator keeps them: a one-time link instead of a default password, active from the signed note on."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

import argon2

from pipeline.casebook.book import PASSWORD_MIN, Casebook
from pipeline.casebook.sessions import token_hash
from pipeline.failure import Exit, Failure

LINK_VALID = timedelta(hours=48)
NO_PASSWORD = "!"  # no argon2 hash: nobody can log in with it
NAME = re.compile(r"[a-zåäöéü][a-zåäöéü0-9._-]{1,39}")


def invite(book: Casebook, name: str, *, role: str, organisation: str, note_signed: bool, by: str, now: datetime) -> str:
    """Make an account without a password, and return the token of its one-time link.

    Raises:
        Failure: the name is not usable (2), or taken, or the role is unknown (7).
    """
    if not NAME.fullmatch(name) or not organisation.strip():
        raise Failure(Exit.USAGE, "A name has 2 to 40 small letters, digits, dots or hyphens; an organisation is required.")
    values = (name, role, organisation, NO_PASSWORD, now.isoformat() if note_signed else None, now.isoformat())
    book.change("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)", values, who=by, action=f"account made as {role}", subject=name, now=now)
    return new_link(book, name, by=by, now=now)


def new_link(book: Casebook, name: str, *, by: str, now: datetime) -> str:
    """Make a link by which a user sets a password once within 48 hours; earlier links of the user stop working."""
    token = secrets.token_urlsafe(32)
    with book.changing(who=by, action="one-time link made", subject=name, now=now) as con:
        con.execute("DELETE FROM one_time_link WHERE user = ? AND used_at IS NULL", (name,))
        con.execute("INSERT INTO one_time_link VALUES (?, ?, ?, ?, NULL)", (token_hash(token), name, by, (now + LINK_VALID).isoformat()))
    return token


def owner_of_link(book: Casebook, token: str, *, now: datetime) -> str:
    """Return whose link this is, '' when it is unknown, used or expired."""
    row = book.con.execute(
        "SELECT user FROM one_time_link WHERE token_hash = ? AND used_at IS NULL AND expires > ?", (token_hash(token), now.isoformat())
    ).fetchone()
    return str(row[0]) if row else ""


def set_password(book: Casebook, token: str, password: str, *, now: datetime) -> str:
    """Use a one-time link: set the password, end the link and every session and passkey of the user. Returns the user.

    Raises:
        Failure: the link does not work (7), or the password is too short (2).
    """
    user = owner_of_link(book, token, now=now)
    if not user:
        raise Failure(Exit.POLICY, "The link was used or has expired. Ask an administrator for a new one.")
    if len(password) < PASSWORD_MIN:
        raise Failure(Exit.USAGE, f"The password is too short: at least {PASSWORD_MIN} characters.")
    with book.changing(who=user, action="password set", subject=user, now=now) as con:
        con.execute("UPDATE user SET password = ? WHERE name = ?", (argon2.PasswordHasher().hash(password), user))
        con.execute("UPDATE one_time_link SET used_at = ? WHERE token_hash = ?", (now.isoformat(), token_hash(token)))
        con.execute("DELETE FROM session WHERE user = ?", (user,))
        con.execute("DELETE FROM passkey WHERE user = ?", (user,))  # who needs a new link may have lost what holds them
    return user


def sign_note(book: Casebook, name: str, *, by: str, now: datetime) -> None:
    """Record that the signed confidentiality note is kept on paper: the account is active from now on."""
    book.change("UPDATE user SET note_signed_at = ? WHERE name = ?", (now.isoformat(), name), who=by, action="note recorded", subject=name, now=now)


def close_account(book: Casebook, name: str, *, by: str, now: datetime) -> None:
    """Close an account, end its sessions and remove its passkeys; what its owner decided stays."""
    with book.changing(who=by, action="account closed", subject=name, now=now) as con:
        con.execute("INSERT INTO closed_account VALUES (?, ?, ?)", (name, by, now.isoformat()))
        con.execute("DELETE FROM session WHERE user = ?", (name,))
        con.execute("DELETE FROM passkey WHERE user = ?", (name,))


def accounts(book: Casebook) -> list[dict[str, Any]]:
    """Return every account with role, organisation, whether its note is recorded and whether it is closed."""
    rows = book.con.execute(
        "SELECT name, role, organisation, note_signed_at IS NOT NULL, password <> ?, name IN (SELECT user FROM closed_account) FROM user ORDER BY name",
        (NO_PASSWORD,),
    ).fetchall()
    return [dict(zip(("name", "role", "organisation", "active", "password_set", "closed"), row, strict=True)) for row in rows]
