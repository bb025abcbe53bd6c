"""Training on the made-up town: clusters whose truth is known, kept apart from the real casebook's decisions, compared afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.casebook.teamwork import answer_case, training_answers
from pipeline.outreach.cluster_view import read_ads
from review.classroom import Case, classroom
from review.drawing.graph import graph
from review.drawing.timeline import timeline
from review.pages.cluster import innocent
from review.shown import without_numbers
from review.visit import Answer, Refused, Shown, Visit, to

ADS_SHOWN = 9
QUICK_S = 20.0  # seconds; a wrong answer given faster than this was too quick
SLOW_S = 240.0  # a right answer that took longer was slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One case after it was answered: the answer, whether it fits the truth, and whether it came too quickly or slowly ('' for neither)."""

    case: Case
    answer: str
    right: bool
    pace: str
    others: tuple[tuple[str, str], ...]


def training(visit: Visit) -> Answer:
    """Show the cases, what is left, and, for those answered, how the answer stands to the truth and to colleagues."""
    visit.audit("read the training")
    cases, answers = classroom(visit.place), training_answers(visit.book)
    looked = [_looked(case, answers[case.case], visit.user) for case in cases if visit.user in answers.get(case.case, {})]
    left = [case for case in cases if visit.user not in answers.get(case.case, {})]
    return Shown(template="training.html", values={"looked": looked, "left": left, "total": len(cases)})


def _looked(case: Case, answers: dict[str, tuple[str, float]], user: str) -> Looked:
    answer, seconds = answers[user]
    right = answer == ("approve" if case.controlled else "dismiss")
    pace = "quick" if not right and seconds < QUICK_S else "slow" if right and seconds > SLOW_S else ""
    return Looked(case=case, answer=answer, right=right, pace=pace, others=tuple(sorted((name, given[0]) for name, given in answers.items() if name != user)))


def case(visit: Visit) -> Answer:
    """Show one made-up case without its truth."""
    meant = _case_of(visit)
    visit.audit("read a training case", meant.case)
    room = visit.place.classroom()
    if room is None:
        raise Refused(404, "no_page")
    snapshot = room.place.snapshot()
    view = snapshot.cluster(meant.case, visit.language)
    if view is None or not view.ads:
        raise Refused(404, "no_cluster")
    ads = snapshot.read(lambda con: read_ads(con, view.ads[:ADS_SHOWN]))
    values = {"view": view, "ads": ads, "timeline": timeline(view.ads), "graph": graph(view.ads), "innocent": innocent(view), "opened": visit.now.isoformat()}
    return Shown(template="training_case.html", values=values)


def _case_of(visit: Visit) -> Case:
    meant = next((one for one in classroom(visit.place) if one.case == visit.fields["case"]), None)
    if meant is None:
        raise Refused(404, "no_cluster")
    return meant


def send(visit: Visit) -> Answer:
    """Keep an answer; the time is measured on the server from when the case was opened."""
    meant = _case_of(visit)
    answer, reason = visit.sent("decision"), without_numbers(visit.sent("reason"))
    if answer not in ("approve", "dismiss", "unsure") or not reason:
        raise Refused(400, "alternative")
    seconds = _seconds(visit)
    answer_case(visit.book, visit.user, meant.case, answer, reason=reason, seconds=seconds, now=visit.now)
    return to("/ovning")


def _seconds(visit: Visit) -> float:
    row = visit.book.con.execute(
        "SELECT max(at) FROM audit WHERE who = ? AND action = 'read a training case' AND subject = ?", (visit.user, visit.fields["case"])
    ).fetchone()
    return (visit.now - type(visit.now).fromisoformat(row[0])).total_seconds() if row and row[0] else 0.0
