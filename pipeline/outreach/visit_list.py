"""The outreach list: what two people let through and every gate passes, without number, name, text or score."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook, Judgement
from pipeline.outreach.candidates import Candidate, Contacts, candidates, not_known, order_key, outreach_sql, shuffled, window_days
from pipeline.outreach.gates import of_decision, standing
from pipeline.outreach.sentences import said
from pipeline.outreach.settings import OutreachSettings

WHY_MAX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One contact or venue of a cluster, in the municipality where it was last seen: what one row of a list is about."""

    candidate: Candidate
    contact: str
    people: int


def make_list(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings, as_of: datetime, *, who: str, note: str = "") -> dict[str, Any]:
    """Make a list and keep it in the casebook. An empty one has `waiting`: how many wait for what.

    Args:
        note: said on every row, as a demo says that everything is made up.
    """
    judgements, waiting = book.judgements(), Counter[str]()
    contacts = book.contacts_made()
    passed = _passed(con, book, settings, as_of, judgements, waiting)
    chosen = _chosen(passed, settings, as_of)
    created = as_of.isoformat() + "Z"
    list_id = "L-" + hashlib.sha256(f"{created} {[(one.candidate.cluster, one.contact) for one in chosen]}".encode()).hexdigest()[:8]
    body: dict[str, Any] = {
        "list_id": list_id,
        "created": created,
        "expires": (as_of + timedelta(days=min(settings.list_days, 7))).isoformat() + "Z",
        "team": settings.team,
        "rows": [_row(number, one, judgements[one.candidate.cluster], contacts, settings, as_of, note) for number, one in enumerate(chosen, start=1)],
    }
    if not chosen:
        body["waiting"] = dict(sorted(waiting.items()))
    elif book.con.execute("SELECT 1 FROM outreach_list WHERE list_id = ?", (list_id,)).fetchone() is None:
        book.write_list(body, [judgements[one.candidate.cluster].id for one in chosen], who=who, now=as_of)
    return body


def _passed(
    con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings, as_of: datetime, judgements: Mapping[str, Judgement], waiting: Counter[str]
) -> list[Reached]:
    """Return what passes every gate, in order; what stops the rest is counted in `waiting`, once a cluster or contact."""
    unwanted, contacts, reached = book.do_not_contact(), book.contacts_made(), _reached(con)
    passed: list[Reached] = []
    for one in candidates(con, settings):
        judgement = judgements.get(one.cluster)
        if one.band is None and judgement is None:
            continue
        decision = of_decision(one, judgement, settings)
        if one.held_by:
            decision.append(said(settings.language, "held"))
        if decision:
            waiting.update([*standing(one, contacts, settings, as_of, do_not_contact=unwanted), *decision])
            continue
        for contact, people, seen_so in reached.get(one.cluster, ()):
            seen = replace(one, **seen_so)
            stops = standing(seen, contacts, settings, as_of, do_not_contact=unwanted)
            if settings.municipalities and seen.municipality not in settings.municipalities:
                stops.append(said(settings.language, "elsewhere"))
            waiting.update(stops)
            if not stops:
                passed.append(Reached(candidate=seen, contact=contact, people=people))
    return sorted(passed, key=lambda one: (order_key(one.candidate, contacts, as_of), one.contact))


def _reached(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, int, dict[str, Any]]]]:
    found: dict[str, list[tuple[str, int, dict[str, Any]]]] = defaultdict(list)
    for cluster, contact, municipality, venue, last_seen, people in con.execute(outreach_sql("reached")).fetchall():
        found[cluster].append((contact, people, {"municipality": municipality, "venue": venue, "last_seen": last_seen}))
    return found


def _chosen(passed: Sequence[Reached], settings: OutreachSettings, as_of: datetime) -> list[Reached]:
    """Take the first rows of the order, but give a tenth of the places to candidates further down, drawn by the day."""
    if len(passed) <= settings.list_rows:
        return list(passed)
    drawn = math.ceil(settings.list_rows * settings.random_share)
    top, rest = passed[: settings.list_rows - drawn], passed[settings.list_rows - drawn :]
    return [*top, *sorted(rest, key=lambda one: shuffled(f"drawn {one.candidate.cluster} {one.contact}", as_of))[:drawn]]


def _row(number: int, reached: Reached, judgement: Judgement, contacts: Contacts, settings: OutreachSettings, as_of: datetime, note: str) -> dict[str, Any]:
    one, assessment = reached.candidate, judgement.assessment
    leaves = as_of + timedelta(days=max(0, window_days(one, as_of)))
    row: dict[str, Any] = {
        "row": number,
        "case": case_reference(one.cluster, reached.contact),
        "lane": "R2" if one.municipality and assessment.get("channel") != "message" else "R3",
        "band": one.band,
        "municipality": one.municipality,
        "venue_type": "salong" if one.venue else "okänd",
        "channel": assessment.get("channel") or "message",
        "safe_wording": settings.safe_wording,
        "last_seen": one.last_seen.isoformat() + "Z",
        "expected_to_leave": leaves.date().isoformat(),
        "why": list(one.why[:WHY_MAX]),
        "not_known": not_known(one, settings.language),
        "alternatives": [judgement.alternative, *one.counter_sentences],
        "interpreter": assessment.get("interpreter", ""),
        "people_possible": reached.people,
        "children_possible": "okänt",
        "person_safety": assessment.get("person_safety", ""),
        "team_safety": assessment.get("team_safety", 3),
        "participants": assessment.get("participants") or "socialsekreterare och uppsökare; ingen polis vid dörren",
        "offers": list(settings.offers),
        "previous": [{"at": at.date().isoformat(), "outcome": outcome} for at, outcome, *_ in contacts.get(one.cluster, ())],
        "dnc_checked_at": as_of.isoformat() + "Z",
        "approvals": [
            {"by": judgement.decider, "at": judgement.at.isoformat() + "Z"},
            {"by": judgement.approver, "at": judgement.approved_at.isoformat() + "Z" if judgement.approved_at else ""},
        ],
        "legal": assessment.get("legal", ""),
        "follow_up": f"{judgement.decider}, {(as_of + timedelta(days=14)).date().isoformat()}",
    }
    if note:
        row["note"] = note
    return row


def case_reference(cluster: str, contact: str) -> str:
    """Return the name by which a list speaks of a contact of a cluster; it says nothing of a person, and no number is in it."""
    return "Ä-" + hashlib.sha256(f"case {cluster} {contact}".encode()).hexdigest()[:6].upper()
