"""What a person reads the same day, and the child route, which opens for the named officer alone."""

from __future__ import annotations

from typing import Any

from pipeline.keeping.holds import children, hand_over, release
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach.lanes import urgent as cues
from review.shown import without_numbers
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
    _for_the_officer_alone(visit)
    visit.audit("read the child route")
    return Shown(template="safeguarding.html", values={"rows": _children(visit)})


def hold_send(visit: Visit) -> Answer:
    """Note that an ad was handed over, so that purge leaves it alone; or release it."""
    _for_the_officer_alone(visit)
    ad_id = next((row["ad_id"] for row in _children(visit) if str(row["ad_id"]) == visit.sent("ad", 20)), None)
    if ad_id is None:
        raise Refused(404, "unknown")
    with open_wishes(visit.place.home) as book:
        if visit.sent("answer") == "release":
            release(book, ad_id, reason=without_numbers(visit.sent("how", 300)), who=visit.user, now=visit.now)
        else:
            told = {name: without_numbers(visit.sent(name, 300)) for name in ("receiver", "ground", "how")}
            hand_over(book, ad_id, **told, who=visit.user, now=visit.now)
    return to("/barn")


def _for_the_officer_alone(visit: Visit) -> None:
    officer = visit.place.settings.general.safeguarding.officer
    if visit.place.home.kind == "live" and officer != visit.user:
        raise Refused(403, "role")


def _children(visit: Visit) -> list[dict[str, Any]]:
    with open_wishes(visit.place.home) as book:
        rows: list[dict[str, Any]] = visit.place.snapshot().read(lambda con: children(con, book, now=visit.place.as_of(), language=visit.language))
    return rows
