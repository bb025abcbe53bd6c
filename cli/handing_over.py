"""What stands behind `lykta handover`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cli.desk import open_book
from pipeline.home import Home
from pipeline.outreach.elsewhere import hand_over
from pipeline.publish import open_snapshot
from pipeline.settings import read_settings


def hand_over_as(home: Home, user: str, password: str, cluster: str, *, organisation: str, receiver: str, ground: str, at: datetime) -> dict[str, Any]:
    """Record the decision under an account, and return what is given (2 when there is no such cluster elsewhere, 7 when the account may not)."""
    served = read_settings(home).outreach.municipalities
    with open_book(home) as book:
        book.log_in(user, password, now=at)
        snapshot, run, _ = open_snapshot(home, "review")
        try:
            return hand_over(snapshot, book, served, cluster, organisation=organisation, receiver=receiver, ground=ground, user=user, run=run, now=at)
        finally:
            snapshot.close()
