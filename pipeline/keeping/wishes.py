"""What the casebook says about keeping and letting go: decisions, holds, and who was erased or does not want contact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from pipeline.casebook.book import Casebook
from pipeline.home import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Decided clusters as (cluster, approved or dismissed, since when), ads on hold, and erased contacts as (pseudonym, kind, key epoch)."""

    decided: tuple[tuple[str, str, datetime], ...]
    held: tuple[int, ...]
    erased: tuple[tuple[str, str, int], ...]


NO_WISHES = Wishes(decided=(), held=(), erased=())


@contextmanager
def open_wishes(home: Home) -> Iterator[Casebook]:
    """Open the casebook with the tables of this package in place."""
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        book.con.executescript((files("pipeline.keeping") / "casebook.sql").read_text("utf-8"))
        yield book


def read_wishes(home: Home) -> Wishes:
    """Read what was decided and asked for; nothing when there is no casebook yet."""
    if not home.casebook.exists():
        return NO_WISHES
    with open_wishes(home) as book:
        held = book.con.execute("SELECT ad_id FROM hold ORDER BY ad_id").fetchall()
        return Wishes(decided=tuple(_decided(book)), held=tuple(row[0] for row in held), erased=tuple(erased(book)))


def erased(book: Casebook) -> list[tuple[str, str, int]]:
    """Return who was erased: (pseudonym, kind, key epoch)."""
    return [(row[0], row[1], row[2]) for row in book.con.execute("SELECT contact_id, kind, key_epoch FROM suppression ORDER BY contact_id").fetchall()]


def _decided(book: Casebook) -> Iterator[tuple[str, str, datetime]]:
    visits = dict(book.con.execute("SELECT cluster, max(at) FROM visit GROUP BY cluster").fetchall())
    for cluster, judgement in sorted(book.judgements().items()):
        if judgement.decision == "approve" and judgement.approved_at is not None:
            visited = datetime.fromisoformat(visits[cluster]) if cluster in visits else judgement.approved_at
            yield cluster, "approved", max(judgement.approved_at, visited)
        elif judgement.decision == "dismiss":
            yield cluster, "dismissed", judgement.at
