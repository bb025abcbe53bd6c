"""What a team plans and prepares: its pairs, visits to massage parlours, and native readers' approval of texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two colleagues who go together: the municipalities they cover (none: all), visits a week, languages they speak."""

    name: str
    municipalities: tuple[str, ...]
    visits: int
    languages: str


def keep_pair(book: Casebook, pair: Pair, *, by: str, now: datetime) -> None:
    """Add a pair or change it.

    Raises:
        Failure: no name, or a number of visits that is not 1 to 30 (2, 7).
    """
    if not pair.name.strip():
        raise Failure(Exit.USAGE, "Choose who told it, and write what was seen.")
    statement = "INSERT INTO team_pair VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET municipalities = excluded.municipalities, "
    values = (pair.name, json.dumps(pair.municipalities), pair.visits, pair.languages)
    book.change(statement + "visits = excluded.visits, languages = excluded.languages", values, who=by, action="pair kept", subject=pair.name, now=now)


def drop_pair(book: Casebook, name: str, *, by: str, now: datetime) -> None:
    """Take a pair out of the plan."""
    book.change("DELETE FROM team_pair WHERE name = ?", (name,), who=by, action="pair dropped", subject=name, now=now)


def pairs(book: Casebook) -> list[Pair]:
    """Return the pairs, by name."""
    rows = book.con.execute("SELECT name, municipalities, visits, languages FROM team_pair ORDER BY name").fetchall()
    return [Pair(name=row[0], municipalities=tuple(json.loads(row[1])), visits=row[2], languages=row[3]) for row in rows]


def plan_venue(book: Casebook, cluster: str, *, language: str, materials: Sequence[str], planned: str, by: str, now: datetime) -> None:
    """Plan a visit of information and dialogue to a massage parlour."""
    values = (cluster, language, json.dumps(list(materials), ensure_ascii=False), planned, by, now.isoformat())
    columns = "(cluster, language, materials, planned, by_user, at)"
    book.change("INSERT INTO venue_visit " + columns + " VALUES (?, ?, ?, ?, ?, ?)", values, who=by, action="parlour visit planned", subject=cluster, now=now)


def venue_plans(book: Casebook) -> dict[str, dict[str, Any]]:
    """Return the latest plan for each parlour."""
    rows = book.con.execute("SELECT cluster, language, materials, planned, by_user FROM venue_visit ORDER BY id").fetchall()
    return {row[0]: {"language": row[1], "materials": json.loads(row[2]), "planned": row[3], "by": row[4]} for row in rows}


def text_mark(text: str) -> str:
    """Return the mark of a text's wording: an approval holds for that wording alone."""
    return hashlib.sha256(text.encode()).hexdigest()


def approve_text(book: Casebook, language: str, text: str, *, reader: str, organisation: str, by: str, now: datetime) -> None:
    """Record that a native reader approved the wording of a draft.

    Raises:
        Failure: no reader was named (7).
    """
    statement = (
        "INSERT INTO text_approval VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (language) DO UPDATE SET reader = excluded.reader, "
        "organisation = excluded.organisation, text_hash = excluded.text_hash, by_user = excluded.by_user, at = excluded.at"
    )
    values = (language, reader, organisation, text_mark(text), by, now.isoformat())
    book.change(statement, values, who=by, action="text approved", subject=language, now=now)


def approved_texts(book: Casebook) -> dict[str, dict[str, str]]:
    """Return who approved which language's wording: reader, organisation, mark of the wording, when."""
    rows = book.con.execute("SELECT language, reader, organisation, text_hash, at FROM text_approval").fetchall()
    return {row[0]: dict(zip(("reader", "organisation", "mark", "at"), row[1:], strict=True)) for row in rows}


def answer_case(book: Casebook, user: str, case: str, answer: str, *, reason: str, seconds: float, now: datetime) -> None:
    """Keep a training answer; the first one on a case counts."""
    statement = "INSERT INTO training_answer (user, case_id, answer, reason, seconds, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user, case_id) DO NOTHING"
    book.change(statement, (user, case, answer, reason, seconds, now.isoformat()), who=user, action="training answer", subject=case, now=now)


def training_answers(book: Casebook) -> dict[str, dict[str, tuple[str, float]]]:
    """Return all training answers: case to user to answer and seconds."""
    found: dict[str, dict[str, tuple[str, float]]] = {}
    for user, case, answer, seconds in book.con.execute("SELECT user, case_id, answer, seconds FROM training_answer ORDER BY id").fetchall():
        found.setdefault(case, {})[user] = (answer, seconds)
    return found
