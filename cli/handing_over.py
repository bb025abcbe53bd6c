"""What stands behind `lykta handover`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.home import Home
from pipeline.keeping.disclosures import disclose
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach.elsewhere import hand_over
from pipeline.publish import open_snapshot
from pipeline.settings import read_settings


def hand_over_as(home: Home, user: str, password: str, cluster: str, *, organisation: str, receiver: str, ground: str, at: datetime) -> dict[str, Any]:
    """Record the decision under an account and the disclosure, and return what is given.

    Raises:
        Failure: no such cluster elsewhere, or something left out (2); the account may not (7).
    """
    served = read_settings(home).outreach.municipalities
    with open_wishes(home) as book:
        book.log_in(user, password, now=at)
        snapshot, run, _ = open_snapshot(home, "review")
        try:
            given = hand_over(snapshot, book, served, cluster, organisation=organisation, receiver=receiver, ground=ground, user=user, run=run, now=at)
        finally:
            snapshot.close()
        disclose(
            book, receiver=f"{organisation}, {receiver}", asked="a cluster outside our municipalities, handed over by us", ground=ground, answer="given",
            given="counts, dates, municipalities and signs of one cluster", subject=cluster, who=user, now=at,
        )  # fmt: skip
    return given
