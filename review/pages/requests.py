"""What a person asks about themselves: opened by whoever meets them, settled by the data protection officer and carried out at once."""

from __future__ import annotations

import json

from pipeline.keeping import carry_out
from pipeline.keeping.requests import WHAT, open_wish, settle, wish_of, wishes
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach.contacts import KINDS, named, touched
from review.shown import without_numbers
from review.visit import Answer, Moved, Refused, Sent, Shown, Visit, to

SEVERAL = 2  # people on one contact from which it may belong to who controls others


def requests(visit: Visit) -> Answer:
    """Show the requests, those that are open first, and the form for a new one."""
    visit.audit("read the requests")
    with open_wishes(visit.place.home) as book:
        rows = sorted(wishes(book, state=None), key=lambda wish: (wish.state != "open", -wish.opened_at.timestamp()))
    return Shown(template="requests.html", values={"rows": rows, "wishes": WHAT, "kinds": KINDS, "several": SEVERAL})


def request_send(visit: Visit) -> Answer:
    """Open a request: the contact becomes a pseudonym, no list goes through it any more, and how many people it carries is noted."""
    kind, value = visit.sent("kind") if visit.sent("kind") in KINDS else "phone", visit.sent("contact", 200)
    if not value:
        raise Refused(400, "not_whole")
    home = visit.place.home
    contact = named(home, kind, value)
    people = visit.place.snapshot().read(lambda con: touched(con, contact.contact_id)).personas
    epoch, reason = home.epoch("pseudonym"), without_numbers(visit.sent("asked"))
    with open_wishes(home) as book:
        open_wish(
            book, visit.sent("wish"), contact_id=contact.contact_id, kind=kind, key_epoch=epoch, personas=people, reason=reason, who=visit.user, now=visit.now
        )
    return to("/registerutdrag")


def request_close(visit: Visit) -> Answer:
    """Grant or refuse a request. Access is a file to hand over; an erasure is obeyed by every reader at once and finished behind the answer."""
    home, answer = visit.place.home, visit.sent("answer")
    if answer not in ("grant", "refuse"):
        raise Refused(400, "not_whole")
    granted = answer == "grant"
    with open_wishes(home) as book:
        wish = wish_of(book, visit.fields["wish"])
        receipt = json.dumps({"request": wish.id, "wanted": wish.what, "answer": "granted" if granted else "refused", "by": visit.user})
        identity = without_numbers(visit.sent("identity"))
        settle(book, wish, granted=granted, identity=identity, receipt=receipt, who=visit.user, role=visit.role, now=visit.now)
    if granted and wish.what == "access":
        body = carry_out.access(home, visit.place.settings, wish, who=f"access {wish.id}", now=visit.now)
        return Sent(body=json.dumps(body, ensure_ascii=False, indent=1, default=str).encode(), kind="application/json", name=f"{wish.id}.json")
    if granted:
        carry_out.hide(home, wish, now=visit.now)
    if granted and wish.what == "erase":
        return Moved(to="/registerutdrag", afterwards=lambda: _erase(visit, wish.id))
    return to("/registerutdrag")


def _erase(visit: Visit, wish: str) -> None:
    """Delete from store and snapshots what every reader leaves out already; a night that runs meanwhile does it itself at its end."""
    carry_out.erase(visit.place.home, visit.place.settings, who=f"erasure {wish}", now=visit.now)
