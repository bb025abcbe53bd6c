"""The disclosure record: what others asked for, and what they were given or refused."""

from __future__ import annotations

from pipeline.keeping.disclosures import ANSWERS, disclose, disclosures
from pipeline.keeping.wishes import open_wishes
from review.shown import without_numbers
from review.visit import Answer, Refused, Shown, Visit, to


def record(visit: Visit) -> Answer:
    """Show the record, and the form for a new line to who may write one."""
    visit.audit("read the disclosure record")
    with open_wishes(visit.place.home) as book:
        rows = disclosures(book)
    return Shown(template="disclosures.html", values={"rows": rows, "answers": ANSWERS})


def send(visit: Visit) -> Answer:
    """Write one disclosure, or the refusal of one, into the record."""
    if visit.sent("answer") not in ANSWERS:
        raise Refused(400, "not_whole")
    told = {name: without_numbers(visit.sent(name, 500)) for name in ("receiver", "asked", "ground", "given", "subject")}
    with open_wishes(visit.place.home) as book:
        disclose(book, **told, answer=visit.sent("answer"), who=visit.user, now=visit.now)
    return to("/utlamnat")
