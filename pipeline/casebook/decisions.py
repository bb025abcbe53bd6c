"""Decisions as the page takes them: on the state that was read, once, by two people of whom the second reads blind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.casebook.book import DECISIONS, Casebook
from pipeline.failure import Exit, Failure

UNDO_WITHIN = timedelta(minutes=10)  # the database holds the same limit


class Overtaken(Exception):
    """Somebody decided on the cluster after the reader had opened it. `latest` is the number of that decision."""

    def __init__(self, latest: int) -> None:
        super().__init__(f"decision {latest} came in between")
        self.latest = latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What a person entered on a cluster."""

    decision: str
    alternative: str
    reason: str
    assessment: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a cluster stands: the latest decision that nobody withdrew, and the second person's reading of it ('' when there is none)."""

    judgement: int
    cluster: str
    decision: str
    decider: str
    alternative: str
    reason: str
    at: datetime
    second: str
    second_decision: str
    second_alternative: str
    second_reason: str
    second_at: datetime | None
    approver: str

    @property
    def waits_for_second(self) -> bool:
        """Whether another person has still to read it."""
        return self.decision != "dismiss" and not self.second and not self.approver

    @property
    def disagreed(self) -> bool:
        """Whether the two people came to different decisions."""
        return bool(self.second) and self.second_decision != self.decision


STANDS = """
SELECT judgement.id, judgement.cluster, judgement.decision, decider, judgement.alternative, judgement.reason, judgement.at,
       coalesce(reader, ''), coalesce(second_reading.decision, ''), coalesce(second_reading.alternative, ''), coalesce(second_reading.reason, ''),
       second_reading.at, coalesce(approver, '')
FROM judgement LEFT JOIN second_reading ON second_reading.judgement = judgement.id LEFT JOIN approval ON approval.judgement = judgement.id
WHERE judgement.id IN (SELECT max(id) FROM judgement WHERE id NOT IN (SELECT judgement FROM withdrawal) GROUP BY cluster)
ORDER BY judgement.id
"""


def stands(book: Casebook) -> dict[str, Stand]:
    """Return how every decided cluster stands."""
    names = list(Stand.__dataclass_fields__)
    found = {}
    for row in book.con.execute(STANDS).fetchall():
        values = dict(zip(names, row, strict=True))
        values["at"] = datetime.fromisoformat(values["at"])
        values["second_at"] = datetime.fromisoformat(values["second_at"]) if values["second_at"] else None
        found[values["cluster"]] = Stand(**values)
    return found


def base_of(book: Casebook, cluster: str) -> int:
    """Return the number of the latest decision on a cluster, withdrawn or not; 0 when there is none. A new decision says which it knew."""
    return int(book.con.execute("SELECT coalesce(max(id), 0) FROM judgement WHERE cluster = ?", (cluster,)).fetchone()[0])


def _checked(entered: Entered) -> None:
    if entered.decision not in DECISIONS:
        raise Failure(Exit.USAGE, f"{entered.decision}: choose one of {', '.join(DECISIONS)}.")
    if not entered.alternative.strip() or not entered.reason.strip():
        raise Failure(Exit.POLICY, "An alternative explanation and a reason are required: write what else could explain what is seen.")


def decide_on(book: Casebook, user: str, cluster: str, entered: Entered, *, based_on: int, form: str, run: str, now: datetime, made_up: bool = False) -> int:
    """Record a first decision made on the state `based_on`. A form that was sent before gives the number it gave then.

    Raises:
        Overtaken: somebody else decided in between.
        Failure: the decision is not whole (2, 7), or the database refuses (7).
    """
    _checked(entered)
    before = book.con.execute("SELECT judgement FROM form_sent WHERE form = ? AND user = ?", (form, user)).fetchone()
    if before is not None:
        return int(before[0])
    with book.changing(who=user, action=f"decided {entered.decision}", subject=cluster, now=now) as con:
        latest = base_of(book, cluster)
        if latest != based_on:
            raise Overtaken(latest)
        assessment = json.dumps(dict(entered.assessment), ensure_ascii=False)
        values = (cluster, run, entered.decision, entered.alternative, entered.reason, assessment, user, int(made_up), now.isoformat())
        columns = "(cluster, run, decision, alternative, reason, assessment, decider, made_up, at)"
        number = int(con.execute("INSERT INTO judgement " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid)
        con.execute("INSERT INTO judgement_base VALUES (?, ?, ?)", (number, cluster, based_on))
        con.execute("INSERT INTO form_sent VALUES (?, ?, ?, ?)", (form, user, number, now.isoformat()))
    return number


def read_second(book: Casebook, user: str, stand: Stand, entered: Entered, *, now: datetime, made_up: bool = False) -> None:
    """Record the second person's own reading; when both say approve, that is the approval.

    Raises:
        Failure: the reading is not whole, or the database refuses (7).
    """
    _checked(entered)
    with book.changing(who=user, action=f"read second {entered.decision}", subject=stand.cluster, now=now) as con:
        values = (stand.judgement, user, entered.decision, entered.alternative, entered.reason, now.isoformat())
        con.execute("INSERT INTO second_reading VALUES (?, ?, ?, ?, ?, ?)", values)
        if entered.decision == "approve" == stand.decision:
            con.execute("INSERT INTO approval VALUES (?, ?, ?, ?)", (stand.judgement, user, int(made_up), now.isoformat()))


def withdraw(book: Casebook, user: str, judgement: int, kind: str, *, now: datetime) -> None:
    """Take back one's own decision (`decision`) or second reading (`second`) within ten minutes; the cluster stands as undecided again.

    Raises:
        Failure: another's, too late, or already read by another person (7).
    """
    cluster = book.con.execute("SELECT cluster FROM judgement WHERE id = ?", (judgement,)).fetchone()
    values = (judgement, kind, user, now.isoformat())
    book.change("INSERT INTO withdrawal VALUES (?, ?, ?, ?)", values, who=user, action="withdrew", subject=str(cluster[0]) if cluster else "", now=now)


def withdrawable(stand: Stand, user: str, now: datetime) -> str:
    """Return which of its parts a user may take back now: `decision`, `second` or ''."""
    if stand.second == user and stand.second_at is not None and now - stand.second_at <= UNDO_WITHIN:
        return "second"
    if stand.decider == user and not stand.second and not stand.approver and now - stand.at <= UNDO_WITHIN:
        return "decision"
    return ""


def to_do(stand: Stand | None, user: str) -> str:
    """Return what a user may do with a cluster: `first`, `second`, or '' when it waits for somebody else or is done."""
    if stand is None:
        return "first"
    if stand.waits_for_second and stand.decider != user:
        return "second"
    return "first" if stand.disagreed else ""


def keep_place(book: Casebook, user: str, path: str, *, now: datetime) -> None:
    """Remember where a user was."""
    book.con.execute(
        "INSERT INTO kept_place VALUES (?, ?, ?) ON CONFLICT (user) DO UPDATE SET path = excluded.path, at = excluded.at", (user, path, now.isoformat())
    )


def kept_place(book: Casebook, user: str) -> str:
    """Return the path where a user was last, '' when unknown."""
    row = book.con.execute("SELECT path FROM kept_place WHERE user = ?", (user,)).fetchone()
    return str(row[0]) if row else ""


def edits_of(book: Casebook, cluster: str) -> list[dict[str, Any]]:
    """Return what people asked to split or join before the night followed it, the latest first."""
    rows = book.con.execute(
        "SELECT kind, other, ads, reason, by_user, at FROM cluster_edit WHERE cluster = ? OR other = ? ORDER BY id DESC", (cluster, cluster)
    )
    names = ("kind", "other", "ads", "reason", "by", "at")
    return [{**dict(zip(names, row, strict=True)), "ads": json.loads(row[2])} for row in rows.fetchall()]
