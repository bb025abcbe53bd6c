"""The queue: what waits, in order, with why; where I was; what comes next; where two people disagreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.casebook.decisions import Stand, kept_place, to_do, withdrawable
from pipeline.casebook.tips import nominations
from pipeline.outreach.candidates import Candidate
from pipeline.outreach.lanes import is_done, queue_order, queue_row, unread, urgent_found
from review.visit import Answer, Moved, Refused, Shown, Visit, to

ROWS_A_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One cluster of the queue: its rank, the candidate, how it stands, and what this reader may do (first, second or '')."""

    rank: int
    candidate: Candidate
    stand: Stand | None
    todo: str
    nominated: str

    @property
    def cluster(self) -> str:
        """The cluster's name."""
        return self.candidate.cluster


def waiting(visit: Visit, how: Mapping[str, Stand]) -> list[Waiting]:
    """Return the whole queue as this reader sees it, in reading order; nominated clusters without a band come after those with one.

    Args:
        how: how every decided cluster stands, read once for a request.
    """
    settings = visit.place.outreach(visit.language)
    gathered, named = visit.place.snapshot().gathered(settings), nominations(visit.book)
    pool = [*gathered.banded, *(gathered.named[name] for name in named if name in gathered.named and gathered.named[name].band is None)]
    done = {name for name, stand in how.items() if is_done(stand.decision, stand.approver)}
    old = visit.place.home.kind == "research"
    order = queue_order(pool, visit.book.contacts_made(), settings, visit.place.as_of(), done=done, keep_old=old, nominated=named)
    return [_waiting(rank, one, how.get(one.cluster), named.get(one.cluster, ""), visit.user) for rank, one in enumerate(order, start=1)]


def _waiting(rank: int, one: Candidate, stand: Stand | None, nominated: str, user: str) -> Waiting:
    return Waiting(rank=rank, candidate=one, stand=stand, todo=to_do(stand, user), nominated=nominated)


def rows_of(visit: Visit, shown: Sequence[Waiting]) -> list[tuple[Waiting, Mapping[str, Any]]]:
    """Return, beside each, what the pipeline says of it in the row: lane, why now, what stops it."""
    settings, as_of = visit.place.outreach(visit.language), visit.place.as_of()
    contacts, unwanted = visit.book.contacts_made(), visit.book.do_not_contact()
    return [(one, queue_row(one.rank, one.candidate, contacts, unwanted, settings, as_of, asked=_asked(one.stand))) for one in shown]


def _asked(stand: Stand | None) -> bool:
    """Whether one person let it through and another has not read it yet."""
    return stand is not None and stand.decision == "approve" and not stand.second


def queue(visit: Visit) -> Answer:
    """Show one page of the queue."""
    visit.audit("read the queue")
    how = visit.place.stands()
    rows = waiting(visit, how)
    number = max(1, visit.number("sida"))
    shown = rows[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    if number > 1 and not shown:
        raise Refused(404, "no_page")
    snapshot, settings = visit.place.snapshot(), visit.place.outreach(visit.language)
    values = {
        "rows": rows_of(visit, shown),
        "total": len(rows),
        "page": number,
        "pages": max(1, -(-len(rows) // ROWS_A_PAGE)),
        "mine": sum(bool(row.todo) for row in rows),
        "second": sum(row.todo == "second" for row in rows),
        "disagreed": len(disagreed(rows)),
        "urgent": len({row["finding"] for row in unread(snapshot.once(("urgent", visit.language), lambda con: urgent_found(con, settings)), visit.book)}),
        "run": snapshot.run,
        "sites": _sites(visit),
        "free": free_places(visit, how),
        "kept": kept_place(visit.book, visit.user) if visit.query.get("fortsatt") else "",
        "done": bool(visit.query.get("klart")),
        "just_done": done_by(visit, how),
        "taken": bool(visit.query.get("upptaget")),
        "open_at": visit.place.open_now.at_colleagues(visit.user, now=visit.now),
    }
    return Shown(template="queue.html", values=values)


def _sites(visit: Visit) -> tuple[int, int]:
    """Return how many sites the last night read whole, of how many."""
    read = "SELECT site, bool_and(complete AND coalesce(suspect_why, '') = '') FROM landed_run WHERE started_at > $since GROUP BY site"
    snapshot = visit.place.snapshot()
    day = snapshot.as_of.replace(hour=0, minute=0, second=0)
    rows = snapshot.once(("sites",), lambda con: con.execute(read, {"since": day}).fetchall())
    return sum(bool(row[1]) for row in rows), len(rows)


def free_places(visit: Visit, how: Mapping[str, Stand]) -> tuple[int, int]:
    """Return how many of the evening's places no approved cluster has taken, of how many there are."""
    places = visit.place.settings.outreach.list_rows
    taken = sum(1 for stand in how.values() if stand.approver)
    return max(0, places - taken), places


def disagreed(rows: Sequence[Waiting]) -> list[Waiting]:
    """Return what two people came to different decisions on."""
    return [row for row in rows if row.stand is not None and row.stand.disagreed]


def disagreements(visit: Visit) -> Answer:
    """Show where two people disagreed; both have said theirs, so both are shown."""
    visit.audit("read the disagreements")
    return Shown(template="disagreements.html", values={"rows": disagreed(waiting(visit, visit.place.stands()))})


def next_of(rows: Sequence[Waiting], after: str) -> list[str]:
    """Return the clusters that a reader may open after another, in order: the next one down that waits for them, then from the top."""
    names = [row.cluster for row in rows]
    start = names.index(after) + 1 if after in names else 0
    return [row.cluster for row in [*rows[start:], *rows[:start]] if row.todo and row.cluster != after]


def move_on(visit: Visit, rows: Sequence[Waiting], after: str, **query: object) -> Moved:
    """Move on to the next cluster that waits for this reader and that no colleague has open, or to the queue when there is none."""
    waits = next_of(rows, after)
    name = visit.place.open_now.offer(visit.user, waits, now=visit.now)
    if name:
        return to(f"/kluster/{name}", **query)
    visit.place.open_now.closed(visit.user)
    return to("/ko", **query, **({"upptaget": 1} if waits else {"klart": 1}))


def done_by(visit: Visit, how: Mapping[str, Stand]) -> Stand | None:
    """Return the decision that the reader made just now, for a line with undo in it."""
    number = visit.number("gjort")
    return next((stand for stand in how.values() if number and stand.judgement == number and withdrawable(stand, visit.user, visit.now)), None)


def following(visit: Visit) -> Answer:
    """Move on to the next cluster that waits for this reader."""
    done = {"gjort": visit.number("gjort")} if visit.number("gjort") else {}
    return move_on(visit, waiting(visit, visit.place.stands()), visit.query.get("efter", ""), **done)


def resume(visit: Visit) -> Answer:
    """Move on to where the reader was."""
    return Moved(to=kept_place(visit.book, visit.user) or "/ko")
