"""What stands behind `lykta handover`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.home import Home
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach.elsewhere import hand_over
from pipeline.publish import open_snapshot
from pipeline.settings import read_settings


def hand_over_as(home: Home, user: str, password: str, cluster: str, *, organisation: str, receiver: str, ground: str, at: datetime) -> dict[str, Any]:
    """Record the decision and the disclosure under an account, and return what is given.

    Raises:
        Failure: no such cluster elsewhere, or something left out (2); the account may not (7).
    """
    served = read_settings(home).outreach.municipalities
    with open_wishes(home) as book:
        book.log_in(user, password, now=at)
        snapshot, run, _ = open_snapshot(home, "review")
        try:
            return hand_over(snapshot, book, served, cluster, organisation=organisation, receiver=receiver, ground=ground, user=user, run=run, now=at)
        finally:
            snapshot.close()
