"""What the page keeps: migrated from the first schema, second readings and withdrawals held by the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
import sqlcipher3

from pipeline.casebook.book import Casebook
from pipeline.casebook.decisions import Entered, Overtaken, decide_on, read_second, stands, withdraw
from pipeline.casebook.migrate import steps
from pipeline.failure import Failure

NOW = datetime(2026, 11, 23, 9)
KEY, AUDIT = secrets.token_hex(32), secrets.token_hex(32)


def entered(decision: str = "approve") -> Entered:
    return Entered(decision=decision, alternative="Vänner", reason="Mall", assessment={})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.db", key=KEY, audit_key=AUDIT) as opened:
        for name, role in (("anna", "coordinator"), ("bertil", "coordinator"), ("cissi", "approver"), ("disa", "admin")):
            opened.add_user(name, role=role, organisation="Exempel", password="ett långt lösenord", note_signed=True, now=NOW)
        yield opened


def decide(book: Casebook, user: str = "anna", decision: str = "approve", *, based_on: int = 0, form: str = "f") -> int:
    return decide_on(book, user, "k-1", entered(decision), based_on=based_on, form=form, run="r", now=NOW)


def test_a_casebook_of_the_first_schema_is_brought_forward_with_its_decisions(tmp_path: Path) -> None:
    con = sqlcipher3.connect(str(tmp_path / "old.db"), isolation_level=None)
    con.execute(f"PRAGMA key = \"x'{KEY}'\"")
    con.executescript((files("pipeline.casebook") / "schema.sql").read_text("utf-8"))
    con.execute("INSERT INTO schema_version VALUES (1)")
    con.execute("INSERT INTO user VALUES ('anna', 'coordinator', 'E', '!', 'x', 'x')")
    con.execute("INSERT INTO judgement VALUES (1, 'k-1', 'r', 'approve', 'a', 'b', '{}', 'anna', 0, '2026-11-01T00:00:00')")
    con.close()
    for _ in range(2):
        with Casebook.open(tmp_path / "old.db", key=KEY, audit_key=AUDIT) as book:
            assert (stands(book)["k-1"].decider, book.con.execute("SELECT version FROM schema_version").fetchall()) == ("anna", [(max(steps()),)])


def test_a_casebook_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with Casebook.open(tmp_path / "casebook.db", key=KEY, audit_key=AUDIT) as book:
        book.con.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(Failure, match="this program knows"):
        Casebook.open(tmp_path / "casebook.db", key=KEY, audit_key=AUDIT)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO second_reading VALUES (1, 'anna', 'approve', 'a', 'b', 'x')", "cannot be the second reader"),
        ("INSERT INTO second_reading VALUES (1, 'disa', 'approve', 'a', 'b', 'x')", "no active account"),
        ("INSERT INTO second_reading VALUES (1, 'bertil', 'approve', ' ', 'b', 'x')", "CHECK"),
        ("INSERT INTO withdrawal VALUES (1, 'decision', 'bertil', '2026-11-23T09:01:00')", "only who made a decision"),
        ("INSERT INTO withdrawal VALUES (1, 'decision', 'anna', '2026-11-23T09:11:00')", "for ten minutes"),
        ("INSERT INTO judgement_base VALUES (1, 'k-1', 0)", "UNIQUE"),
    ],
)
def test_the_database_itself_refuses(book: Casebook, statement: str, words: str) -> None:
    decide(book)
    with pytest.raises(sqlcipher3.IntegrityError, match=words):
        book.con.execute(statement)


def test_two_people_who_agree_make_an_approval_and_who_disagree_none(book: Casebook) -> None:
    decide(book)
    read_second(book, "bertil", stands(book)["k-1"], entered("dismiss"), now=NOW)
    assert (stands(book)["k-1"].disagreed, stands(book)["k-1"].approver) == (True, "")
    with pytest.raises(sqlcipher3.IntegrityError, match="came to another decision"):
        book.con.execute("INSERT INTO approval VALUES (1, 'cissi', 0, 'x')")
    number = decide(book, "bertil", based_on=1, form="g")
    read_second(book, "anna", stands(book)["k-1"], entered(), now=NOW)
    assert (stands(book)["k-1"].judgement, stands(book)["k-1"].approver, book.judgements()["k-1"].approver) == (number, "anna", "anna")


def test_a_decision_made_on_what_has_passed_is_met_not_lost(book: Casebook) -> None:
    first = decide(book)
    with pytest.raises(Overtaken) as met:
        decide(book, "bertil", form="g")
    assert met.value.latest == first
    assert decide(book) == first, "the same form again is the same decision"


def test_what_was_withdrawn_stands_no_more_and_is_not_approved(book: Casebook) -> None:
    number = decide(book)
    withdraw(book, "anna", number, "decision", now=NOW + timedelta(minutes=9))
    assert (stands(book), book.judgements()) == ({}, {})
    with pytest.raises(sqlcipher3.IntegrityError, match="withdrawn"):
        book.con.execute("INSERT INTO approval VALUES (?, 'bertil', 0, 'x')", (number,))
    assert decide(book, "bertil", based_on=number, form="g") == number + 1


def test_a_decision_that_another_has_read_is_not_withdrawn(book: Casebook) -> None:
    number = decide(book)
    read_second(book, "bertil", stands(book)["k-1"], entered(), now=NOW)
    with pytest.raises(Failure, match="another person has read it already"):
        withdraw(book, "anna", number, "decision", now=NOW)
    withdraw(book, "bertil", number, "second", now=NOW)
    assert book.judgements() == {}
