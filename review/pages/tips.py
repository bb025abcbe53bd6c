"""Tips from the network, and nominations with a written reason."""

from __future__ import annotations

from pipeline.casebook.tips import SOURCES, Tip, add_tip, nominate, nominations, tips
from pipeline.outreach.contacts import KINDS, Touched, named, touched
from pipeline.reading.places import municipality_names
from review.pages.cluster import view_of
from review.shown import without_numbers
from review.visit import Answer, Shown, Visit, to


def all_tips(visit: Visit) -> Answer:
    """Show the tips that are still kept, and the form for a new one."""
    visit.audit("read the tips")
    places = sorted(municipality_names().items(), key=lambda item: item[1])
    kept = tips(visit.book, now=visit.now)
    new = next((tip for tip in kept if tip["id"] == visit.number("nytt")), None)
    waits = _waits(visit, str(new["cluster"])) if new and new["cluster"] else False
    return Shown(template="tips.html", values={"tips": kept, "sources": SOURCES, "kinds": KINDS, "places": places, "new": new, "waits": waits})


def _waits(visit: Visit, cluster: str) -> bool:
    """Whether people read a cluster anyway: it has a band, or somebody nominated it before."""
    found = visit.place.snapshot().gathered(visit.place.outreach(visit.language)).named.get(cluster)
    return (found is not None and found.band is not None) or cluster in nominations(visit.book)


def tip_send(visit: Visit) -> Answer:
    """Keep a tip and say at once whether it touches a cluster; of the contact only pseudonym and mask are kept."""
    kind, value = visit.sent("kind") if visit.sent("kind") in KINDS else "phone", visit.sent("contact", 200)
    contact = named(visit.place.home, kind, value) if value else None
    part = visit.place.snapshot().read(lambda con: touched(con, contact.contact_id)) if contact else Touched(cluster="", personas=0, ads=0)
    tip = Tip(
        source_kind=visit.sent("source"),
        municipality=visit.sent("municipality", 4),
        venue=without_numbers(visit.sent("venue", 200)),
        contact_id=contact.contact_id if contact else "",
        contact_shown=contact.shown if contact else "",
        seen=without_numbers(visit.sent("seen")),
        cluster=part.cluster,
    )
    return to("/tips", nytt=add_tip(visit.book, tip, by=visit.user, now=visit.now))


def nominate_send(visit: Visit) -> Answer:
    """Put a cluster before two people, with a written reason."""
    view = view_of(visit, visit.fields["cluster"])
    nominate(visit.book, view.cluster, without_numbers(visit.sent("reason")), tip=visit.number("tip") or None, by=visit.user, now=visit.now)
    return to(f"/kluster/{view.cluster}")
