"""Massage parlours: visits of information and dialogue with those who work there, a lane of its own without any person in it."""

from __future__ import annotations

from datetime import date

from pipeline.casebook.teamwork import plan_venue, venue_plans
from review.pages.cluster import view_of
from review.visit import Answer, Refused, Shown, Visit, to

MATERIALS = ("rights", "health", "language", "contact", "union")
LANGUAGES = ("sv", "en", "th", "ro", "es", "ru", "pl", "vi", "zh")


def venues(visit: Visit) -> Answer:
    """Show the parlours of the snapshot, those without a plan first."""
    visit.audit("read the parlours")
    plans = venue_plans(visit.book)
    found = [one for one in visit.place.snapshot().candidates(visit.place.outreach(visit.language)) if one.venue]
    found.sort(key=lambda one: (one.cluster in plans, -one.last_seen.timestamp(), one.cluster))
    values = {"rows": [(one, plans.get(one.cluster)) for one in found[:100]], "materials": MATERIALS, "languages": LANGUAGES, "total": len(found)}
    return Shown(template="venues.html", values=values)


def venue_send(visit: Visit) -> Answer:
    """Plan a visit."""
    view = view_of(visit, visit.sent("cluster", 40))
    try:
        planned = date.fromisoformat(visit.sent("planned", 10)).isoformat()
    except ValueError as error:
        raise Refused(400, "not_whole") from error
    language = visit.sent("language") if visit.sent("language") in LANGUAGES else "sv"
    materials = [name for name in visit.form.get("material", ()) if name in MATERIALS]
    plan_venue(visit.book, view.cluster, language=language, materials=materials, planned=planned, by=visit.user, now=visit.now)
    return to("/salonger")
