"""What people judged of ads and clusters: the same, not the same, unsure. The night follows it before any rule or model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

VERDICTS = ("same", "not_same", "unsure")
REASONED = """
SELECT id, verdict, left_name, right_name, json_array_length(left_ads), json_array_length(right_ads), made.reason, made.by_user, made.at,
       coalesce(withdrawal.by_user, '')
FROM link_judgement AS made LEFT JOIN link_judgement_withdrawal AS withdrawal ON judgement = id
ORDER BY id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a judgement: how it was called, and its ads on that day."""

    name: str
    ads: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement that nobody withdrew: the ads of its two sides."""

    number: int
    verdict: str
    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A judgement as people read it: who judged what of which two sides, why and when, and who withdrew it ('' when nobody)."""

    number: int
    verdict: str
    left_name: str
    right_name: str
    left_ads: int
    right_ads: int
    reason: str
    by: str
    at: datetime
    withdrawn_by: str


def judge(book: Casebook, user: str, verdict: str, left: Side, right: Side, *, run: str, reason: str, now: datetime) -> int:
    """Record a judgement on two sides. Who joins two clusters may afterwards neither decide on them nor approve them.

    Raises:
        Failure: an unknown verdict, no reason, a side without ads or with an ad of the other (2), or an account that may not (7).
    """
    if verdict not in VERDICTS:
        raise Failure(Exit.USAGE, f"{verdict}: choose one of same, not-same, unsure.")
    if not reason.strip() or not left.ads or not right.ads:
        raise Failure(Exit.USAGE, "Choose what does not belong, or what belongs too, and write why.")
    if set(left.ads) & set(right.ads):
        raise Failure(Exit.USAGE, f"{left.name} and {right.name} have ads in common: a judgement needs two sides.")
    with book.changing(who=user, action=f"judged {verdict}", subject=f"{left.name} {right.name}", now=now) as con:
        columns = "(verdict, left_ads, right_ads, left_name, right_name, run, reason, by_user, at)"
        values = (verdict, json.dumps(sorted(left.ads)), json.dumps(sorted(right.ads)), left.name, right.name, run, reason, user, now.isoformat())
        number = int(con.execute("INSERT INTO link_judgement " + columns + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid)
        for name in (left.name, right.name) if verdict == "same" else ():
            con.execute("INSERT INTO manual_link VALUES (?, ?, ?)", (name, user, now.isoformat()))
    return number


def withdraw_judgement(book: Casebook, user: str, number: int, *, reason: str, now: datetime) -> None:
    """Take a judgement back, one's own or another's, with a reason; it stays readable, and the night follows it no longer.

    Raises:
        Failure: no such judgement, withdrawn before, or no reason (2), or an account that may not (7).
    """
    known = {one.number: one for one in reasoned(book)}.get(number)
    if known is None or known.withdrawn_by or not reason.strip():
        raise Failure(Exit.USAGE, f"Judgement {number} is not there, is withdrawn already, or no reason was written. `lykta link judgements` lists them.")
    values = (number, reason, user, now.isoformat())
    book.change("INSERT INTO link_judgement_withdrawal VALUES (?, ?, ?, ?)", values, who=user, action="withdrew a judgement", subject=str(number), now=now)


def standing_judgements(book: Casebook) -> tuple[Judged, ...]:
    """Return the judgements that nobody withdrew, in the order in which they were made."""
    rows = book.con.execute(
        "SELECT id, verdict, left_ads, right_ads FROM link_judgement WHERE id NOT IN (SELECT judgement FROM link_judgement_withdrawal) ORDER BY id"
    ).fetchall()
    return tuple(Judged(number=row[0], verdict=row[1], left=tuple(json.loads(row[2])), right=tuple(json.loads(row[3]))) for row in rows)


def reasoned(book: Casebook) -> list[Reasoned]:
    """Return all judgements as people read them, the latest first."""
    rows = book.con.execute(REASONED).fetchall()
    names = list(Reasoned.__dataclass_fields__)
    return [Reasoned(**{**dict(zip(names, row, strict=True)), "at": datetime.fromisoformat(row[8])}) for row in rows]


def judgements_on(book: Casebook, ads: Sequence[int]) -> list[Reasoned]:
    """Return the judgements that name any of some ads and that nobody withdrew, the latest first."""
    named = {one.number for one in standing_judgements(book) if not {*one.left, *one.right}.isdisjoint(ads)}
    return [one for one in reasoned(book) if one.number in named]


def names_in_use(book: Casebook) -> frozenset[str]:
    """Return the names of clusters that something was decided on: a name means one cluster, also when that one is gone."""
    return frozenset(row[0] for row in book.con.execute("SELECT cluster FROM judgement UNION SELECT cluster FROM nomination").fetchall())


def follow(book: Casebook, met: Mapping[int, Sequence[str]], *, now: datetime) -> None:
    """Note which judgements a night could follow, and under which names it joined clusters: who joined them decides on none of these.

    Args:
        met: number of each judgement with an ad on both sides -> names of the clusters that these ads are in.
    """
    book.con.execute("BEGIN IMMEDIATE")
    try:
        for number, clusters in met.items():
            book.con.execute("INSERT INTO link_judgement_met VALUES (?, ?) ON CONFLICT (judgement) DO UPDATE SET at = excluded.at", (number, now.isoformat()))
            _bar(book, number, clusters, now)
        book.con.execute("COMMIT")
    except BaseException:
        book.con.execute("ROLLBACK")
        raise


def _bar(book: Casebook, number: int, clusters: Iterable[str], now: datetime) -> None:
    for name in clusters:
        book.con.execute(
            "INSERT INTO manual_link SELECT ?, by_user, ? FROM link_judgement WHERE id = ? AND verdict = 'same' "
            "AND NOT EXISTS (SELECT 1 FROM manual_link WHERE cluster = ? AND linked_by = by_user)",
            (name, now.isoformat(), number, name),
        )
