"""Outreach lists: made, read, taken out as numbered copies, and a contact opened for a purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.casebook.visits import cluster_of_row, copies, expired, list_body, lists, reveal_allowed
from pipeline.outreach.contacts import of_case, opened
from pipeline.outreach.papers.calendar import as_ics
from pipeline.outreach.papers.copies import new_copy
from pipeline.outreach.papers.layout import Copy
from pipeline.outreach.papers.pdf import as_pdf
from pipeline.outreach.papers.tables import as_csv, as_xlsx
from pipeline.outreach.visit_list import make_list
from review.shown import without_numbers
from review.visit import Answer, Refused, Sent, Shown, Visit, to

Form = Callable[[Mapping[str, Any], Copy], bytes]
FORMS: Mapping[str, tuple[Form, str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "ics": (as_ics, "text/calendar; charset=utf-8"),
}
MADE_UP = "påhittat"
SHOWN_S = 60  # seconds that an opened contact stays on the screen


def all_lists(visit: Visit) -> Answer:
    """Show the lists that were made, and what a new one would wait for."""
    visit.audit("read the lists")
    kept = [(one, expired(one, visit.place.as_of())) for one in lists(visit.book)]
    if visit.role == "outreach":
        kept = [pair for pair in kept if not pair[1]]
    return Shown(template="lists.html", values={"lists": kept, "waiting": {}, "rows": visit.place.settings.outreach.list_rows})


def make(visit: Visit) -> Answer:
    """Make a list of what two people let through and every gate passes; an empty one says what waits for what."""
    note = MADE_UP if visit.place.made_up else ""
    settings, as_of = visit.place.outreach("sv"), visit.place.as_of()
    body = visit.place.snapshot().read(lambda con: make_list(con, visit.book, settings, as_of, who=visit.user, note=note))
    if body["rows"]:
        return to(f"/besokslista/{body['list_id']}")
    visit.audit("made an empty list")
    kept = [(one, expired(one, as_of)) for one in lists(visit.book)]
    waiting = Counter(body.get("waiting", {})).most_common() or [(visit.word("lists.nothing"), 0)]
    return Shown(template="lists.html", values={"lists": kept, "waiting": dict(waiting), "rows": settings.list_rows})


def body_of(visit: Visit) -> dict[str, Any]:
    """Return the list that the address names.

    Raises:
        Refused: there is none (404), or it has expired (410).
    """
    body = list_body(visit.book, visit.fields["list_id"])
    if body is None:
        raise Refused(404, "unknown")
    if expired(body, visit.place.as_of()):
        visit.audit("refused: expired list", body["list_id"])
        raise Refused(410, "expired")
    return body


def one(visit: Visit) -> Answer:
    """Show one list."""
    body = body_of(visit)
    visit.audit("read a list", body["list_id"])
    return _page(visit, body, {})


def _page(visit: Visit, body: Mapping[str, Any], secret: Mapping[str, Any], status: int = 200) -> Shown:
    values = {"body": body, "copies": copies(visit.book, body["list_id"]), "forms": list(FORMS), "secret": secret, "seconds": SHOWN_S}
    headers = {"Refresh": f"{SHOWN_S}; url=/besokslista/{body['list_id']}"} if secret else {}
    return Shown(template="list.html", values=values, status=status, headers=headers)


def file(visit: Visit) -> Answer:
    """Send a numbered copy of a list as a file."""
    body, form = body_of(visit), visit.sent("form")
    if form not in FORMS:
        raise Refused(404, "unknown")
    copy = new_copy(visit.book, body, form, by=visit.user, now=visit.now, made_up=visit.place.made_up, language=visit.language)
    make_file, kind = FORMS[form]
    return Sent(body=make_file(body, copy), kind=kind, name=f"{body['list_id']}-{copy.number}.{form}")


def reveal(visit: Visit) -> Answer:
    """Open the contact of one row for a purpose: once, for a minute, audited; the page goes back by itself."""
    body, number = body_of(visit), visit.number("row")
    row = next((one for one in body["rows"] if one["row"] == number), None)
    cluster = cluster_of_row(visit.book, body["list_id"], number)
    if row is None or not cluster:
        raise Refused(404, "unknown")
    left = reveal_allowed(visit.book, visit.user, f"{body['list_id']}/{number}", without_numbers(visit.sent("purpose", 300)), now=visit.now)
    pseudonym = visit.place.snapshot().read(lambda con: of_case(con, cluster, row["case"]))
    if not pseudonym:
        raise Refused(404, "unknown")
    if pseudonym in visit.book.do_not_contact():
        raise Refused(403, "no_contact")
    kind, value = opened(visit.place.home, pseudonym)
    return _page(visit, body, {"row": number, "kind": kind, "value": value, "left": left})
