"""What a person reads the same day, and the child route, which opens for the named officer alone."""

from __future__ import annotations

from pipeline.outreach.lanes import safeguarding as minors
from pipeline.outreach.lanes import urgent as cues
from review.visit import Answer, Refused, Shown, Visit, to


def urgent(visit: Visit) -> Answer:
    """Show ads with a possible sign of coercion or a cry for help."""
    visit.audit("read the urgent lane")
    rows = visit.place.snapshot().read(lambda con: cues(con, visit.book, visit.place.outreach(visit.language)))
    found: dict[str, dict[str, object]] = {}
    for row in rows:
        known = found.setdefault(row["finding"], {**row, "evidence": []})
        known["evidence"].append((row["url"], row["field"], row["shown"]))  # type: ignore[attr-defined]
    return Shown(template="urgent.html", values={"rows": list(found.values())})


def urgent_send(visit: Visit) -> Answer:
    """Record a person's reading of a sign."""
    finding, answer = visit.sent("finding", 64), visit.sent("answer")
    known = {row["finding"] for row in visit.place.snapshot().read(lambda con: cues(con, visit.book, visit.place.outreach(visit.language)))}
    if finding not in known or answer not in ("yes", "no"):
        raise Refused(404, "unknown")
    visit.book.confirm_cue(finding, confirmed=answer == "yes", who=visit.user, now=visit.now)
    return to("/las-i-dag")


def safeguarding(visit: Visit) -> Answer:
    """Show ads of possible minors to the named officer."""
    officer = visit.place.settings.general.safeguarding.officer
    if visit.place.home.kind == "live" and officer != visit.user:
        raise Refused(403, "role")
    visit.audit("read the child route")
    return Shown(template="safeguarding.html", values={"rows": visit.place.snapshot().read(minors)})
