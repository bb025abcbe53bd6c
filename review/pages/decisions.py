"""Deciding: approve, dismiss, unsure, split; undo; two people on one cluster."""

from __future__ import annotations

from typing import Any

from pipeline.casebook.belonging import Side, judge, withdraw_judgement
from pipeline.casebook.decisions import Entered, Overtaken, Stand, decide_on, read_second, to_do, withdraw, withdrawable
from pipeline.casebook.tips import nominations
from pipeline.outreach.cluster_view import ClusterView
from review.pages.cluster import cluster_page, seen_mark, values_of, view_of
from review.pages.queue import move_on, waiting
from review.security import FORM_MAX
from review.shown import without_numbers
from review.visit import Answer, Refused, Shown, Visit, to

TEXT_MAX = 2000  # characters of one field
FIELDS = ("alternative", "reason", "channel", "person_safety", "team_safety", "interpreter", "legal", "participants", "minor_check")


def entered_fields(visit: Visit) -> dict[str, str]:
    """Return what was typed, whole and without phone numbers."""
    typed = {name: visit.sent(name, FORM_MAX) for name in FIELDS}
    return {name: text if name == "legal" else without_numbers(text) for name, text in typed.items()}


def _entered(visit: Visit, typed: dict[str, str], nomination: str) -> Entered:
    assessment: dict[str, Any] = {name: typed[name] for name in ("channel", "person_safety", "interpreter", "legal", "participants")}
    assessment["team_safety"] = int(typed["team_safety"]) if typed["team_safety"] in ("0", "1", "2", "3") else 3
    assessment["minor_check"] = typed["minor_check"] == "yes"
    assessment["nomination"] = nomination
    return Entered(decision=visit.sent("decision"), alternative=typed["alternative"], reason=typed["reason"], assessment=assessment)


def decide(visit: Visit) -> Answer:
    """Record a first decision or a second reading, and open the next cluster."""
    view = view_of(visit, visit.fields["cluster"])
    typed = entered_fields(visit)
    if visit.sent("decision") == "split":
        return to(f"/kluster/{view.cluster}/dela")
    if not typed["alternative"] or not typed["reason"]:
        raise Refused(400, "alternative")
    if max(map(len, typed.values())) > TEXT_MAX:
        visit.audit("refused: too long a text", view.cluster)
        return cluster_page({**values_of(visit, view, entered=typed), "too_long": TEXT_MAX}, status=413)
    if visit.sent("mark") != seen_mark(view):
        visit.audit("refused: the cluster changed", view.cluster)
        return cluster_page(values_of(visit, view, entered=typed, changed=True), status=409)
    entered = _entered(visit, typed, nominations(visit.book).get(view.cluster, ""))
    how = visit.place.stands()
    stand, rows = how.get(view.cluster), waiting(visit, how)
    number = _recorded(visit, view, entered, stand)
    if isinstance(number, Shown):
        return number
    return move_on(visit, rows, view.cluster, gjort=number)


def _recorded(visit: Visit, view: ClusterView, entered: Entered, stand: Stand | None) -> int | Shown:
    """Record as second reading when the form was opened as one and still can be, else as a first decision; or show the merge page."""
    made_up = visit.place.made_up
    if visit.sent("todo") == "second" and stand is not None and visit.number("stand") == stand.judgement and to_do(stand, visit.user) == "second":
        read_second(visit.book, visit.user, stand, entered, now=visit.now, made_up=made_up)
        return stand.judgement
    if visit.sent("todo") == "second":
        return _merge(visit, view, entered, stand)
    run = visit.place.snapshot().run
    try:
        form = visit.sent("form", 40) or "none"
        return decide_on(visit.book, visit.user, view.cluster, entered, based_on=visit.number("base"), form=form, run=run, now=visit.now, made_up=made_up)
    except Overtaken:
        return _merge(visit, view, entered, visit.place.stands().get(view.cluster))


def _merge(visit: Visit, view: ClusterView, entered: Entered, stand: Stand | None) -> Shown:
    """Show two people's decisions on one cluster side by side: both are kept, and the later person chooses what theirs becomes."""
    visit.audit("met another decision", view.cluster)
    values = {**values_of(visit, view, entered={}), "mine": entered, "stand": stand, "fields": entered_fields(visit)}
    return Shown(template="merge.html", values=values, status=409)


def decisions(visit: Visit) -> Answer:
    """Show the reader's own decisions, the latest first, and which can be taken back."""
    visit.audit("read own decisions")
    own = [stand for stand in visit.place.stands().values() if visit.user in (stand.decider, stand.second)]
    own.sort(key=lambda stand: (stand.second_at if stand.second == visit.user and stand.second_at else stand.at, stand.judgement), reverse=True)
    return Shown(template="decisions.html", values={"rows": [(stand, withdrawable(stand, visit.user, visit.now)) for stand in own[:100]]})


def withdraw_send(visit: Visit) -> Answer:
    """Take back a decision within ten minutes, and open its cluster again."""
    number = visit.number("judgement")
    stand = next((one for one in visit.place.stands().values() if one.judgement == number), None)
    if stand is None:
        raise Refused(404, "unknown")
    kind = "second" if stand.second == visit.user else "decision"
    withdraw(visit.book, visit.user, number, kind, now=visit.now)
    return to(f"/kluster/{stand.cluster}", angrat=1)


def edit(visit: Visit) -> Answer:
    """Show the form by which a cluster is split or joined with another."""
    view = view_of(visit, visit.fields["cluster"])
    visit.audit("read ads", view.cluster)
    others = [row.cluster for row in waiting(visit, visit.place.stands()) if row.cluster != view.cluster]
    return Shown(template="edit.html", values={"view": view, "others": others, "ads": view.ads[:300]})


def edit_send(visit: Visit) -> Answer:
    """Record what a person judges of the cluster's ads and another's: split, join, or take a judgement back."""
    view = view_of(visit, visit.fields["cluster"])
    kind, reason = visit.sent("kind"), without_numbers(visit.sent("reason"))
    if kind == "withdraw":
        withdraw_judgement(visit.book, visit.user, visit.number("number"), reason=reason, now=visit.now)
        return to(f"/kluster/{view.cluster}")
    verdict, left, right = _split(visit, view) if kind == "split" else _join(visit, view)
    judge(visit.book, visit.user, verdict, left, right, run=visit.place.snapshot().run, reason=reason, now=visit.now)
    return to(f"/kluster/{view.cluster}", noterat=1)


def _split(visit: Visit, view: ClusterView) -> tuple[str, Side, Side]:
    known = {ad.ad_id for ad in view.ads}
    out = {int(text) for text in visit.form.get("ad", ()) if text.isdigit()} & known
    return "not_same", Side(name=visit.word("edit.part", n=len(out), cluster=view.cluster), ads=tuple(out)), Side(name=view.cluster, ads=tuple(known - out))


def _join(visit: Visit, view: ClusterView) -> tuple[str, Side, Side]:
    """Read a judgement on two whole clusters.

    Raises:
        Refused: it is of no known kind, or there is no such other cluster (400).
    """
    other = visit.place.snapshot().cluster(visit.sent("other", 40), visit.language)
    if visit.sent("kind") != "join" or other is None or other.cluster == view.cluster:
        raise Refused(400, "edit")
    sides = [Side(name=one.cluster, ads=tuple(ad.ad_id for ad in one.ads)) for one in (view, other)]
    return visit.sent("verdict") or "same", sides[0], sides[1]
