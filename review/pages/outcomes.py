"""What came of a visit or message, entered on a phone in under a minute."""

from __future__ import annotations

from pipeline.casebook.visits import add_outcome, list_body, lists, outcome_codes, outcomes
from review.shown import without_numbers
from review.visit import Answer, Refused, Shown, Visit, to

# The outcomes that end most visits stand first; the rest by what they tell.
FIRST = ("not_found", "no_answer", "contact_brief", "contact_talk", "info_material_left", "wants_followup", "declined_now", "no_contact_requested")


def waiting(visit: Visit) -> Answer:
    """Show the rows of lists that have no outcome yet."""
    visit.audit("read what waits for an outcome")
    done = {(one["list_id"], one["row"]) for one in outcomes(visit.book)}
    rows = []
    for kept in lists(visit.book):
        body = list_body(visit.book, kept["list_id"])
        rows += [(kept, row) for row in (body["rows"] if body else []) if (kept["list_id"], row["row"]) not in done]
    return Shown(template="outcomes.html", values={"rows": rows, "saved": bool(visit.query.get("sparat"))})


def one(visit: Visit) -> Answer:
    """Show the form for one row."""
    body, number = list_body(visit.book, visit.fields["list_id"]), visit.number("row")
    row = next((row for row in body["rows"] if row["row"] == number), None) if body else None
    if body is None or row is None:
        raise Refused(404, "unknown")
    visit.audit("opened an outcome", f"{body['list_id']}/{number}")
    codes = [*FIRST, *(code for code in outcome_codes() if code not in FIRST)]
    return Shown(template="outcome.html", values={"body": body, "row": row, "codes": codes, "first": len(FIRST)})


def send(visit: Visit) -> Answer:
    """Record an outcome."""
    add_outcome(
        visit.book,
        visit.fields["list_id"],
        int(visit.fields["row"]) if visit.fields["row"].isascii() and visit.fields["row"].isdigit() and len(visit.fields["row"]) < 6 else 0,
        visit.sent("code", 40),
        offers=[text[:80] for text in visit.form.get("offer", ())][:20],
        harm=without_numbers(visit.sent("harm")),
        note=without_numbers(visit.sent("note")),
        agency=visit.place.settings.outreach.team,
        by=visit.user,
        now=visit.now,
    )
    return to("/aterkoppling", sparat=1)
