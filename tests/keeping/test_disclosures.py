"""What is handed over stands on the disclosure record however the machine dies between: never one without the other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.casebook.book import Casebook
from pipeline.home import Home, create_home
from pipeline.keeping import holds
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach import elsewhere

NOW = datetime(2026, 11, 1, 2)
Outcome = tuple[int, int, list[str], int | None]


class Elsewhere:
    """Stands for a snapshot with one cluster outside the municipalities served."""

    def execute(self, *_: object) -> Elsewhere:
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        return [("k-there", "B", ["0180"], 2, 1, NOW, NOW, [])]


def cluster(book: Casebook) -> None:
    told = {"organisation": "Region Exempel", "receiver": "Eva", "ground": "OSL 25:11", "user": "anna", "run": "r", "now": NOW}
    elsewhere.hand_over(Elsewhere(), book, ("1283",), "k-there", **told)  # type: ignore[arg-type]


def child(book: Casebook) -> None:
    holds.hand_over(book, 7, receiver="socialjouren, E. Ek", ground="SoL 2025:400 19 kap", how="orosanmälan 12", who="anna", now=NOW)


def die_before(home: Home, work: Callable[[Casebook], None], statement: int) -> bool:
    """Do it in a child of ours that is killed right before its n-th statement to the casebook. Returns whether it got through."""
    pid = os.fork()
    if pid == 0:
        left = [statement]

        def count(_: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        with open_wishes(home) as book:
            book.con.set_trace_callback(count)
            work(book)
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def left_by(home: Home, table: str) -> Outcome:
    with open_wishes(home) as book:
        counts = [book.con.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in (table, "disclosure")]
        said = [row[0] for row in book.con.execute("SELECT action FROM audit ORDER BY sequence").fetchall()]
        return counts[0], counts[1], said, book.first_broken_row()


@pytest.mark.parametrize(("work", "table", "said"), [(cluster, "handover", "handed over"), (child, "hold", "handed over and held")])
def test_P17_killed_at_any_statement_a_hand_over_is_on_the_disclosure_record_or_was_none(
    tmp_path: Path, work: Callable[[Casebook], None], table: str, said: str
) -> None:
    home = create_home(tmp_path / "home", kind="demo")
    with open_wishes(home) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password="ett långt lösenord", note_signed=True, now=NOW)
    statement = 1
    while not die_before(home, work, statement):
        assert left_by(home, table) == (0, 0, ["account made"], None), f"killed before statement {statement}"
        statement += 1
    assert statement > 5, "begin, two rows, the audit, commit"
    assert left_by(home, table) == (1, 1, ["account made", said], None)
