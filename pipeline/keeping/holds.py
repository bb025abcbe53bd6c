"""Ads of possible minors that were handed over: purge leaves them alone until they are released, and a clock tells how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure
from pipeline.keeping.disclosures import write_disclosure
from pipeline.outreach.lanes import safeguarding


def hand_over(book: Casebook, ad_id: int, *, receiver: str, ground: str, how: str, who: str, now: datetime) -> None:
    """Hold one ad that is handed over, and write the disclosure: both or neither.

    Args:
        receiver: social services of a municipality, or the police, with the person who took it.
        how: by which report or call.

    Raises:
        Failure: something is left out, or the ad is held already (7).
    """
    if book.con.execute("SELECT 1 FROM hold WHERE ad_id = ?", (ad_id,)).fetchone():
        raise Failure(Exit.POLICY, "The ad is held already. Release it first if it is to be handed over anew.")
    given, subject = "one ad: address, text, when it was seen", f"ad {ad_id}"
    with book.changing(who=who, action="handed over and held", subject=subject, now=now) as con:
        write_disclosure(con, receiver=receiver, asked=how, ground=ground, answer="given", given=given, subject=subject, who=who, now=now)
        con.execute("INSERT INTO hold VALUES (?, ?, ?, ?)", (ad_id, f"{receiver}: {how}", who, now.isoformat()))


def release(book: Casebook, ad_id: int, *, reason: str, who: str, now: datetime) -> None:
    """Let an ad go the way of every other: the receiver has what it needs, or it was none of theirs.

    Raises:
        Failure: it is not held (4), or no reason (7).
    """
    if not reason.strip():
        raise Failure(Exit.POLICY, "Write why the ad is released: who has what they need, or what it turned out to be.")
    if not book.con.execute("SELECT 1 FROM hold WHERE ad_id = ?", (ad_id,)).fetchone():
        raise Failure(Exit.NOTHING, "That ad is not held.")
    book.change("DELETE FROM hold WHERE ad_id = ?", (ad_id,), who=who, action=f"released: {reason}"[:200], subject=f"ad {ad_id}", now=now)


def waiting(book: Casebook, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> list[dict[str, Any]]:
    """Return the child route's rows with the clock of each: held since when and by whom, and hours from the first sight to the hand-over, or to now.

    Args:
        rows: as the snapshot has them, with `ad_id` and `first_seen` (ISO 8601, UTC).
    """
    held = {row[0]: row[1:] for row in book.con.execute("SELECT ad_id, at, by_user, reason FROM hold").fetchall()}
    found = []
    for row in rows:
        at, by, to = held.get(row["ad_id"], ("", "", ""))
        until = datetime.fromisoformat(at) if at else now
        hours = (until - datetime.fromisoformat(str(row["first_seen"]).removesuffix("Z"))).total_seconds() / 3600
        found.append({**row, "handed_over": at + "Z" if at else "", "by": by, "to": to, "hours": round(max(hours, 0.0), 1)})
    return found


def children(con: duckdb.DuckDBPyConnection, book: Casebook, *, now: datetime, language: str = "sv") -> list[dict[str, Any]]:
    """Return the child route's rows with the ad of each and its clock, from a review snapshot. The caller checks who asks, and audits."""
    ads = {(finding, url): ad_id for finding, url, ad_id in con.execute("SELECT finding_id, url, ad_id FROM safeguarding").fetchall()}
    return waiting(book, [{**row, "ad_id": ads[row["finding"], row["url"]]} for row in safeguarding(con, language)], now=now)
