"""The outreach list: what two people let through and every gate passes, without number, name, text or score."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import duckdb

from pipeline.casebook.book import Casebook, Judgement
from pipeline.outreach.candidates import Candidate, candidates, not_known, ordered, shuffled, window_days
from pipeline.outreach.gates import of_decision, standing
from pipeline.outreach.settings import OutreachSettings

WHY_MAX = 3


def make_list(con: duckdb.DuckDBPyConnection, book: Casebook, settings: OutreachSettings, as_of: datetime, *, who: str, note: str = "") -> dict[str, Any]:
    """Make a list and keep it in the casebook. An empty one has `waiting`: how many wait for what.

    Args:
        note: said on every row, as a demo says that everything is made up.
    """
    judgements, unwanted = book.judgements(), book.do_not_contact()
    passed: list[Candidate] = []
    waiting: Counter[str] = Counter()
    for one in candidates(con, settings):
        judgement = judgements.get(one.cluster)
        if one.band is None and judgement is None:
            continue
        stops = [*standing(one, book, settings, as_of, do_not_contact=unwanted), *of_decision(one, judgement, settings)]
        if one.held_by:
            stops.append("Hålls tillbaka: de säger öppet att de arbetar tillsammans.")
        waiting.update(stops)
        if not stops:
            passed.append(one)
    chosen = _chosen(ordered(passed, book, as_of), settings, as_of)
    created = as_of.isoformat() + "Z"
    list_id = "L-" + hashlib.sha256(f"{created} {[one.cluster for one in chosen]}".encode()).hexdigest()[:8]
    body: dict[str, Any] = {
        "list_id": list_id,
        "created": created,
        "expires": (as_of + timedelta(days=min(settings.list_days, 7))).isoformat() + "Z",
        "team": settings.team,
        "rows": [_row(number, one, judgements[one.cluster], book, settings, as_of, note) for number, one in enumerate(chosen, start=1)],
    }
    if chosen:
        known = book.con.execute("SELECT 1 FROM outreach_list WHERE list_id = ?", (list_id,)).fetchone()
        if known is None:
            book.write_list(body, [judgements[one.cluster].id for one in chosen], who=who, now=as_of)
    else:
        body["waiting"] = dict(sorted(waiting.items()))
    return body


def _chosen(passed: list[Candidate], settings: OutreachSettings, as_of: datetime) -> list[Candidate]:
    """Take the first rows of the order, but give a tenth of the places to candidates further down, drawn by the day."""
    if len(passed) <= settings.list_rows:
        return passed
    drawn = math.ceil(settings.list_rows * settings.random_share)
    top, rest = passed[: settings.list_rows - drawn], passed[settings.list_rows - drawn :]
    return [*top, *sorted(rest, key=lambda one: shuffled(f"drawn {one.cluster}", as_of))[:drawn]]


def _row(number: int, one: Candidate, judgement: Judgement, book: Casebook, settings: OutreachSettings, as_of: datetime, note: str) -> dict[str, Any]:
    assessment = judgement.assessment
    leaves = as_of + timedelta(days=max(0, window_days(one, as_of)))
    row: dict[str, Any] = {
        "row": number,
        "case": case_reference(one.cluster),
        "lane": "R2" if one.municipality and assessment.get("channel") != "message" else "R3",
        "band": one.band,
        "municipality": one.municipality,
        "venue_type": "salong" if one.venue else "okänd",
        "channel": assessment.get("channel") or "message",
        "safe_wording": settings.safe_wording,
        "last_seen": one.last_seen.isoformat() + "Z",
        "expected_to_leave": leaves.date().isoformat(),
        "why": list(one.why[:WHY_MAX]),
        "not_known": not_known(one),
        "alternatives": [judgement.alternative, *one.counter_sentences],
        "interpreter": assessment.get("interpreter", ""),
        "people_possible": one.personas,
        "children_possible": "okänt",
        "person_safety": assessment.get("person_safety", ""),
        "team_safety": assessment.get("team_safety", 3),
        "participants": assessment.get("participants") or "socialsekreterare och uppsökare; ingen polis vid dörren",
        "offers": list(settings.offers),
        "previous": [{"at": at.date().isoformat(), "outcome": outcome} for at, outcome, *_ in book.contacts_made(one.cluster)],
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


def case_reference(cluster: str) -> str:
    """Return the name by which a list speaks of a case; it says nothing of a person."""
    return "Ä-" + hashlib.sha256(f"case {cluster}".encode()).hexdigest()[:6].upper()
