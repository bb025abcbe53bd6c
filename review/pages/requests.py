"""What a person asks about themselves: opened by whoever meets them, decided by the data protection officer."""

from __future__ import annotations

from pipeline.casebook.requests import KINDS as WISHES
from pipeline.casebook.requests import SEVERAL, Request, close_request, open_request
from pipeline.casebook.requests import requests as all_requests
from pipeline.outreach.contacts import KINDS, named, touched
from review.shown import without_numbers
from review.visit import Answer, Refused, Shown, Visit, to


def requests(visit: Visit) -> Answer:
    """Show the requests and the form for a new one."""
    visit.audit("read the requests")
    return Shown(template="requests.html", values={"rows": all_requests(visit.book), "wishes": WISHES, "kinds": KINDS, "several": SEVERAL})


def request_send(visit: Visit) -> Answer:
    """Open a request: the contact becomes a pseudonym, and how many personas it carries is noted, for it may belong to who controls others."""
    kind, value = visit.sent("kind") if visit.sent("kind") in KINDS else "phone", visit.sent("contact", 200)
    if not value:
        raise Refused(400, "not_whole")
    contact = named(visit.place.home, kind, value)
    part = visit.place.snapshot().read(lambda con: touched(con, contact.contact_id))
    asked = without_numbers(visit.sent("asked"))
    request = Request(kind=visit.sent("wish"), contact_id=contact.contact_id, contact_shown=contact.shown, personas=part.personas, asked=asked)
    open_request(visit.book, request, by=visit.user, now=visit.now)
    return to("/registerutdrag")


def request_close(visit: Visit) -> Answer:
    """Carry out or refuse a request."""
    state = {"done": "carried out", "refused": "refused"}.get(visit.sent("state"), "")
    close_request(visit.book, visit.number("number"), state=state, note=without_numbers(visit.sent("note")), by=visit.user, now=visit.now)
    return to("/registerutdrag")
