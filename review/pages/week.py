"""The week's plan: pairs, areas and days under capacity, with a reason for each choice."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from pipeline.casebook.teamwork import Pair, drop_pair, keep_pair, pairs
from pipeline.casebook.visits import expired, list_body, lists, outcomes
from pipeline.outreach.week import plan_week
from pipeline.reading.places import municipality_names
from review.visit import Answer, Refused, Shown, Visit, to


def week(visit: Visit) -> Answer:
    """Plan the rows of valid lists that have no outcome yet."""
    visit.audit("read the week's plan")
    as_of = visit.place.as_of()
    monday = (as_of + timedelta(days=(7 - as_of.weekday()) % 7)).date()
    done = {(one["list_id"], one["row"]) for one in outcomes(visit.book)}
    rows = []
    for kept in lists(visit.book):
        body = list_body(visit.book, kept["list_id"])
        if body is not None and not expired(body, as_of):
            rows += [{**row, "list_id": kept["list_id"]} for row in body["rows"] if (kept["list_id"], row["row"]) not in done]
            break
    team = pairs(visit.book)
    places = sorted(municipality_names().items(), key=lambda item: item[1])
    return Shown(
        template="week.html", values={"planned": plan_week(rows, team or [_whole_team(visit)], monday), "pairs": team, "monday": monday, "places": places}
    )


def _whole_team(visit: Visit) -> Pair:
    """Return the team as one pair, for as long as nobody has entered any."""
    settings = visit.place.settings.outreach
    return Pair(name=settings.team, municipalities=(), visits=settings.list_rows, languages="")


def week_send(visit: Visit) -> Answer:
    """Keep or drop a pair."""
    name = visit.sent("name", 60)
    if visit.sent("drop"):
        drop_pair(visit.book, name, by=visit.user, now=visit.now)
        return to("/vecka")
    known, visits = municipality_names(), visit.number("visits")
    if not name or not 1 <= visits <= 30:
        raise Refused(400, "not_whole")
    pair = Pair(name=name, municipalities=(), visits=visits, languages=visit.sent("languages", 100))
    chosen = tuple(code for code in visit.form.get("municipality", ()) if code in known)
    keep_pair(visit.book, dataclasses.replace(pair, municipalities=chosen), by=visit.user, now=visit.now)
    return to("/vecka")
