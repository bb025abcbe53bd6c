"""Clusters outside the municipalities that the team serves: shown as counts, and handed to a regional coordinator with a recorded decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure
from pipeline.keeping.disclosures import write_disclosure
from pipeline.outreach.candidates import outreach_sql

NAMES = ("cluster", "band", "municipalities", "ads", "personas", "first_seen", "last_seen", "indicators")
# as the disclosure record says it
ASKED = "a cluster outside our municipalities, handed over by us"
GIVEN = "counts, dates, municipalities and signs of one cluster"


def elsewhere(con: duckdb.DuckDBPyConnection, book: Casebook, served: Sequence[str]) -> list[dict[str, Any]]:
    """Return clusters with a band that touch no municipality served, and to whom each was handed over ('' for nobody). No text, no contact."""
    handed = dict(book.con.execute("SELECT cluster, organisation FROM handover ORDER BY id").fetchall())
    rows = con.execute(outreach_sql("elsewhere"), {"served": list(served)}).fetchall()
    return [{**_shape(row), "handed_to": handed.get(row[0], "")} for row in rows]


def _shape(row: Sequence[Any]) -> dict[str, Any]:
    shape = dict(zip(NAMES, row, strict=True))
    return {**shape, "first_seen": shape["first_seen"].isoformat() + "Z", "last_seen": shape["last_seen"].isoformat() + "Z"}


def hand_over(
    con: duckdb.DuckDBPyConnection, book: Casebook, served: Sequence[str], cluster: str, *, organisation: str, receiver: str, ground: str, user: str, run: str,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Record that a cluster elsewhere is handed to another organisation, and return what is given: counts, dates, municipalities and signs.

    The decision and its line of the disclosure record are written together or not at all.

    Raises:
        Failure: the cluster is not one of those elsewhere, or organisation, receiver or ground is missing (2), or the account may not (7).
    """
    given = next((row for row in elsewhere(con, book, served) if row["cluster"] == cluster), None)
    if given is None:
        raise Failure(Exit.USAGE, f"{cluster}: no cluster with a band outside the municipalities served has that name. `lykta elsewhere` lists them.")
    if not organisation.strip() or not receiver.strip() or not ground.strip():
        raise Failure(Exit.USAGE, "Write to which organisation and whom it is handed, and on what ground.")
    del given["handed_to"]
    columns = "(cluster, run, organisation, receiver, ground, given, by_user, at)"
    values = (cluster, run, organisation, receiver, ground, json.dumps(given, ensure_ascii=False), user, now.isoformat())
    with book.changing(who=user, action="handed over", subject=cluster, now=now) as changed:
        changed.execute("INSERT INTO handover " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        write_disclosure(
            changed, receiver=f"{organisation}, {receiver}", asked=ASKED, ground=ground, answer="given", given=GIVEN, subject=cluster, who=user, now=now
        )
    return given
