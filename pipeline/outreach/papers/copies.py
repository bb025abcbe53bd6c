"""A numbered copy of a list, as the page and the command line take it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.casebook.visits import take_out
from pipeline.outreach.local_time import read_moment
from pipeline.outreach.papers.layout import Copy

UNNUMBERED = 0  # a copy that somebody without an account made, as a demo allows


def new_copy(book: Casebook, body: Mapping[str, Any], form: str, *, by: str, now: datetime, made_up: bool, language: str) -> Copy:
    """Number a copy of a list for who takes it out, in the casebook and its audit.

    Args:
        form: csv, xlsx, pdf or ics.
        now: the moment in UTC; the copy shows it as the clock in Sweden.
    """
    if book.con.execute("SELECT 1 FROM user WHERE name = ?", (by,)).fetchone():
        number = take_out(book, str(body["list_id"]), form, by=by, now=now)
    else:
        number = UNNUMBERED
        book.audit(who=by, action=f"took out {form}", subject=str(body["list_id"]), now=now)
    return Copy(number=number, by=by, at=f"{read_moment(now):%Y-%m-%d %H:%M}", made_up=made_up, language=language)
