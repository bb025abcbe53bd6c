"""Lists as they are taken along, what came of them, and reveals. An outcome is one code of the table beside this file."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

REVEALS_A_DAY = 20


@functools.cache
def outcome_codes() -> Mapping[str, Mapping[str, Any]]:
    """Return the outcome codes: label in Swedish and English, whether somebody answered, declined, took an offer, or was harmed."""
    return tomllib.loads((files("pipeline.casebook") / "outcomes.toml").read_text("utf-8"))


def lists(book: Casebook) -> list[dict[str, Any]]:
    """Return the lists that were made, the newest first, with how many rows each has and how many lack an outcome."""
    rows = book.con.execute(
        "SELECT list_id, created, expires, team, taken_by, (SELECT count(*) FROM outreach_row WHERE outreach_row.list_id = outreach_list.list_id), "
        "(SELECT count(*) FROM outreach_row WHERE outreach_row.list_id = outreach_list.list_id AND NOT EXISTS "
        "(SELECT 1 FROM outcome WHERE outcome.list_id = outreach_row.list_id AND outcome.row = outreach_row.row)) "
        "FROM outreach_list ORDER BY created DESC, list_id"
    ).fetchall()
    return [dict(zip(("list_id", "created", "expires", "team", "taken_by", "rows", "without_outcome"), row, strict=True)) for row in rows]


def list_body(book: Casebook, list_id: str) -> dict[str, Any] | None:
    """Return a list as it was made, with all rows, or None when there is none of that number."""
    head = book.con.execute("SELECT list_id, created, expires, team, taken_by FROM outreach_list WHERE list_id = ?", (list_id,)).fetchone()
    if head is None:
        return None
    rows = book.con.execute("SELECT body FROM outreach_row WHERE list_id = ? ORDER BY row", (list_id,)).fetchall()
    return {**dict(zip(("list_id", "created", "expires", "team", "taken_by"), head, strict=True)), "rows": [json.loads(row[0]) for row in rows]}


def expired(body: Mapping[str, Any], now: datetime) -> bool:
    """Whether a list may no longer be opened or taken out."""
    return datetime.fromisoformat(str(body["expires"]).removesuffix("Z")) <= now


def take_out(book: Casebook, list_id: str, form: str, *, by: str, now: datetime) -> int:
    """Number a copy that somebody takes out, and return the number."""
    with book.changing(who=by, action=f"took out {form}", subject=list_id, now=now) as con:
        number = int(con.execute("SELECT coalesce(max(number), 0) + 1 FROM taken_out WHERE list_id = ?", (list_id,)).fetchone()[0])
        con.execute("INSERT INTO taken_out VALUES (?, ?, ?, ?, ?)", (list_id, number, form, by, now.isoformat()))
    return number


def copies(book: Casebook, list_id: str) -> list[dict[str, Any]]:
    """Return who took out which copy of a list."""
    rows = book.con.execute("SELECT number, form, by_user, at FROM taken_out WHERE list_id = ? ORDER BY number", (list_id,)).fetchall()
    return [dict(zip(("number", "form", "by", "at"), row, strict=True)) for row in rows]


def cluster_of_row(book: Casebook, list_id: str, row: int) -> str:
    """Return the cluster behind a row of a list, '' when there is no such row."""
    found = book.con.execute(
        "SELECT cluster FROM outreach_row JOIN judgement ON judgement.id = outreach_row.judgement WHERE list_id = ? AND row = ?", (list_id, row)
    ).fetchone()
    return str(found[0]) if found else ""


def add_outcome(book: Casebook, list_id: str, row: int, code: str, *, offers: Sequence[str], harm: str, note: str, agency: str, by: str, now: datetime) -> None:
    """Record what came of a visit or message; it starts the cooldown that its code asks for.

    Raises:
        Failure: no such row or code (2), or harm without a description (7).
    """
    cluster, codes = cluster_of_row(book, list_id, row), outcome_codes()
    if not cluster or code not in codes:
        raise Failure(Exit.USAGE, "There is no such row, or no such outcome. Choose one from the list.")
    if code == "adverse_effect" and not harm.strip():
        raise Failure(Exit.POLICY, "Harm to the person is always described: write what happened.")
    meant = codes[code]
    with book.changing(who=by, action=f"outcome {code}", subject=f"{list_id}/{row}", now=now) as con:
        values = (list_id, row, cluster, code, json.dumps(list(offers), ensure_ascii=False), harm, note, by, now.isoformat())
        con.execute("INSERT INTO outcome (list_id, row, cluster, code, offers, harm, note, by_user, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        visit = (cluster, list_id, code, int(meant["answered"]), int(meant["declined"]), agency, now.isoformat())
        con.execute("INSERT INTO visit (cluster, list_id, outcome, answered, declined, agency, at) VALUES (?, ?, ?, ?, ?, ?, ?)", visit)


def outcomes(book: Casebook) -> list[dict[str, Any]]:
    """Return every outcome with its list, row, code, offers, and the day of the list."""
    rows = book.con.execute(
        "SELECT outcome.list_id, outcome.row, outcome.cluster, code, offers, harm, by_user, at, body, "
        "(SELECT at FROM judgement WHERE id = outreach_row.judgement) "
        "FROM outcome JOIN outreach_row ON outreach_row.list_id = outcome.list_id AND outreach_row.row = outcome.row ORDER BY outcome.id"
    ).fetchall()
    names = ("list_id", "row", "cluster", "code", "offers", "harm", "by", "at", "body", "decided_at")
    return [{**dict(zip(names, row, strict=True)), "offers": json.loads(row[4]), "body": json.loads(row[8])} for row in rows]


def reveal_allowed(book: Casebook, user: str, subject: str, purpose: str, *, now: datetime) -> int:
    """Note that a user opens one contact, and return how many reveals are left today.

    Raises:
        Failure: no purpose, or the day's twenty are used up (7).
    """
    if len(purpose.strip()) < 5:
        raise Failure(Exit.POLICY, "Write what the contact is needed for.")
    since = (now - timedelta(days=1)).isoformat()
    used = int(book.con.execute("SELECT count(*) FROM reveal WHERE user = ? AND at > ?", (user, since)).fetchone()[0])
    if used >= REVEALS_A_DAY:
        book.audit(who=user, action="refused: reveal", subject=subject, now=now)
        raise Failure(Exit.POLICY, f"{REVEALS_A_DAY} contacts were opened within a day. Go on tomorrow, or ask the data protection officer.")
    book.change(
        "INSERT INTO reveal (user, subject, purpose, at) VALUES (?, ?, ?, ?)", (user, subject, purpose, now.isoformat()),
        who=user, action="reveal", subject=subject, now=now,
    )  # fmt: skip
    return REVEALS_A_DAY - used - 1
