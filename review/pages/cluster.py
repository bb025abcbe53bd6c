"""A cluster: what is claimed and on what, what speaks against it, what is not known, its ads side by side, and the decision below."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.casebook.decisions import base_of, edits_of, keep_place, to_do, withdrawable
from pipeline.casebook.tips import nominations, tips
from pipeline.outreach.candidates import Candidate, Contacts, not_known, window_days
from pipeline.outreach.cluster_view import ClusterView
from pipeline.outreach.gates import standing
from pipeline.outreach.ties import judged, successor
from review.pages.queue import done_by, next_of, waiting
from review.parts import ADS_A_PAGE, AT_ONCE, is_read, page_of_ads, parts_of, read_ahead
from review.security import TURNING
from review.visit import Answer, Refused, Shown, Visit, to
from review.words import words

FOLLOWING = 10  # clusters down the queue that are kept ready for a reader: colleagues may take the first of them


def seen_mark(view: ClusterView) -> str:
    """Return a mark of what a reader has seen of a cluster: it changes when ads, claims, counter-evidence or band do."""
    what = [view.band, [ad.ad_id for ad in view.ads], [claim.sentence for claim in view.claims], [item[0] for item in view.counters]]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]


def view_of(visit: Visit, name: str) -> ClusterView:
    """Return a cluster of the current snapshot.

    Raises:
        Refused: there is none of that name (404); it may have grown into another.
    """
    view = visit.place.snapshot().cluster(name, visit.language)
    if view is None or not view.ads:
        raise Refused(404, "no_cluster")
    return view


def cluster(visit: Visit) -> Answer:
    """Show one cluster, or a further page of its ads; under a name that went into another, that other one."""
    name = visit.fields["cluster"]
    if visit.place.snapshot().cluster(name, visit.language) is None:
        later = visit.place.snapshot().once(("successor", name), lambda con: successor(con, name))
        if later:
            return to(f"/kluster/{later}")
    view = view_of(visit, name)
    with visit.book.changing(who=visit.user, action="read ads", subject=view.cluster, now=visit.now):
        keep_place(visit.book, visit.user, f"/kluster/{view.cluster}", now=visit.now)
    visit.place.open_now.shown(visit.user, view.cluster, now=visit.now)
    return cluster_page(values_of(visit, view, entered={}), afterwards=lambda: _read_ahead(visit, view.cluster))


def cluster_page(values: Mapping[str, object], *, status: int = 200, afterwards: Callable[[], None] | None = None) -> Shown:
    """Return the page of a cluster, which may ask our own server for the next one."""
    return Shown(template="cluster.html", values=values, status=status, headers=TURNING, afterwards=afterwards)


def _read_ahead(visit: Visit, name: str) -> None:
    """Read the clusters that probably come next into the snapshot's memory; nobody has seen them yet, so nothing is audited."""
    taken, snapshot = visit.place.open_now.at_colleagues(visit.user, now=visit.now), visit.place.snapshot()
    following = [one for one in next_of(waiting(visit, visit.place.stands()), name) if one not in taken][:FOLLOWING]
    missing = [one for one in following if not is_read(snapshot, one, visit.language)]
    read_ahead(snapshot, missing[:AT_ONCE], visit.language)


def values_of(visit: Visit, view: ClusterView, *, entered: Mapping[str, str], changed: bool = False) -> dict[str, Any]:
    """Gather what the page of a cluster shows.

    Args:
        entered: what the reader has typed, to be kept when the page is shown anew.
        changed: whether the cluster changed under the reader.
    """
    number = max(1, visit.number("sida"))
    pages = max(1, -(-len(view.ads) // ADS_A_PAGE))
    snapshot, how = visit.place.snapshot(), visit.place.stands()
    stand, candidate = how.get(view.cluster), snapshot.gathered(visit.place.outreach(visit.language)).named.get(view.cluster)
    contacts = visit.book.contacts_made()
    parts = parts_of(snapshot, view)
    return {
        "view": view,
        "candidate": candidate,
        "ads": page_of_ads(snapshot, view, min(number, pages)),
        "templates": view.templates,
        "page": min(number, pages),
        "pages": pages,
        "open_at": visit.place.open_now.at_colleagues(visit.user, now=visit.now).get(view.cluster),
        "stand": stand,
        "todo": to_do(stand, visit.user),
        "withdraw": withdrawable(stand, visit.user, visit.now) if stand else "",
        "both": stand is not None and bool(stand.second) and visit.user in (stand.decider, stand.second),
        "base": base_of(visit.book, view.cluster),
        "form": secrets.token_urlsafe(12),
        "mark": seen_mark(view),
        "entered": entered,
        "changed": changed,
        "too_long": 0,
        "timeline": parts.timeline,
        "graph": parts.graph,
        "map": parts.map,
        "places": _places(view),
        "sites": sorted({ad.site for ad in view.ads}),
        "innocent": innocent(view),
        "not_known": not_known(candidate, visit.language) if candidate else [],
        "stops": _stops(visit, candidate, contacts),
        "window": window_days(candidate, visit.place.as_of()) if candidate else None,
        "contacts": contacts.get(view.cluster, []),
        "tips": tips(visit.book, now=visit.now, cluster=view.cluster),
        "edits": edits_of(visit.book, view.cluster),
        "ties": parts.ties,
        "never_causes": {key.removeprefix("never.") for key in words(visit.language) if key.startswith("never.")},
        "judged": judged(visit.book, parts.ties, [ad.ad_id for ad in view.ads]),
        "nominated": nominations(visit.book).get(view.cluster, ""),
        "just_done": done_by(visit, how),
        "said": next((said for said in ("noterat", "angrat") if visit.query.get(said)), ""),
        "legal": _legal(visit),
    }


def _places(view: ClusterView) -> list[str]:
    """Return the municipalities of a cluster, the latest first."""
    found: dict[str, None] = {}
    for ad in sorted(view.ads, key=lambda one: one.last_seen, reverse=True):
        if ad.municipality:
            found.setdefault(ad.municipality)
    return list(found)


def innocent(view: ClusterView) -> list[str]:
    """Return the innocent explanations of the signs that were found, each once."""
    found: dict[str, None] = {}
    for claim in view.claims:
        for text in claim.sign.innocent if claim.sign and claim.strength != "context-only" else ():
            found.setdefault(text)
    return list(found)


def _stops(visit: Visit, candidate: Candidate | None, contacts: Contacts) -> list[str]:
    if candidate is None:
        return []
    settings, unwanted = visit.place.outreach(visit.language), visit.book.do_not_contact()
    return standing(candidate, contacts, settings, visit.place.as_of(), do_not_contact=unwanted)


def _legal(visit: Visit) -> str:
    basis = visit.place.settings.general.legal_basis
    return ", ".join(part for part in (basis.gdpr_article_6, basis.decision_number) if part)
