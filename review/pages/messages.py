"""Texts for a first digital contact. A draft is shown, but cannot be copied before a native reader's approval is recorded."""

from __future__ import annotations

from pipeline.casebook.teamwork import approve_text, approved_texts
from pipeline.outreach.first_contact import first_contact_texts
from review.visit import Answer, Refused, Shown, Visit, to


def messages(visit: Visit) -> Answer:
    """Show the texts of all languages."""
    visit.audit("read the texts")
    approved = approved_texts(visit.book)
    rows = [(text, text.usable(approved), approved.get(text.language)) for text in first_contact_texts()]
    return Shown(template="messages.html", values={"rows": rows})


def message_send(visit: Visit) -> Answer:
    """Record a native reader's approval of one draft's wording."""
    meant = next((text for text in first_contact_texts() if text.language == visit.sent("language") and text.draft), None)
    reader, organisation = visit.sent("reader", 100), visit.sent("organisation", 100)
    if meant is None or not reader or not organisation or visit.sent("native") != "yes":
        raise Refused(400, "not_whole")
    approve_text(visit.book, meant.language, meant.text, reader=reader, organisation=organisation, by=visit.user, now=visit.now)
    return to("/meddelanden")
