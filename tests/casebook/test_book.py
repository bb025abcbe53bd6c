"""Four eyes are held by the database itself, the audit notices tampering, and passwords are checked with patience."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure

NOW = datetime(2026, 11, 23, 9)
KEY, AUDIT = secrets.token_hex(32), secrets.token_hex(32)
PASSWORD = "ett långt lösenord"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.db", key=KEY, audit_key=AUDIT) as opened:
        for name, role, signed in (("anna", "coordinator", True), ("bertil", "approver", True), ("cecilia", "coordinator", False), ("disa", "admin", True)):
            opened.add_user(name, role=role, organisation="Exempel", password=PASSWORD, note_signed=signed, now=NOW)
        yield opened


def decide(book: Casebook, user: str = "anna", decision: str = "approve", **change: Any) -> int:
    values: dict[str, Any] = {"alternative": "Vänner som delar telefon", "reason": "Rundresa", "assessment": {}, "run": "2026-11-23", "now": NOW, **change}
    return book.decide(user, "k-7f3a", decision, **values)


def test_another_person_approves(book: Casebook) -> None:
    decide(book)
    book.approve("bertil", "k-7f3a", now=NOW)
    found = book.judgements()["k-7f3a"]
    assert (found.decision, found.decider, found.approver) == ("approve", "anna", "bertil")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO approval VALUES (1, 'anna', 0, 'x')", "the person who decided cannot approve"),
        ("INSERT INTO approval VALUES (1, 'cecilia', 0, 'x')", "the approver has no active account"),
        ("INSERT INTO approval VALUES (1, 'disa', 0, 'x')", "the approver has no active account"),
        ("INSERT INTO approval VALUES (1, 'nobody', 0, 'x')", "the approver has no active account"),
        ("INSERT INTO approval VALUES (99, 'bertil', 0, 'x')", "only a decision to approve"),
        ("UPDATE judgement SET decider = 'bertil'", "decisions are never changed"),
        ("DELETE FROM judgement", "decisions are never deleted"),
        ("UPDATE audit SET who = 'x'", "append-only"),
        ("DELETE FROM audit", "append-only"),
        ("INSERT INTO judgement VALUES (9, 'k', 'r', 'approve', ' ', 'x', '{}', 'anna', 0, 'x')", "CHECK"),
        ("INSERT INTO outreach_row VALUES ('l', 1, 'c', 1, '{}')", "FOREIGN KEY"),
    ],
)
def test_the_database_itself_refuses(book: Casebook, statement: str, words: str) -> None:
    decide(book)
    with pytest.raises(sqlcipher3.IntegrityError, match=words):
        book.con.execute(statement)


def test_who_joined_a_cluster_by_hand_neither_decides_nor_approves(book: Casebook) -> None:
    book.con.execute("INSERT INTO manual_link VALUES ('k-7f3a', 'bertil', 'x')")
    decide(book)
    with pytest.raises(Failure, match="joined the cluster by hand"):
        book.approve("bertil", "k-7f3a", now=NOW)
    with pytest.raises(Failure, match="joined the cluster by hand"):
        decide(book, "bertil")


@pytest.mark.parametrize("change", [{"alternative": "  "}, {"reason": ""}])
def test_an_alternative_and_a_reason_are_required(book: Casebook, change: dict[str, str]) -> None:
    with pytest.raises(Failure, match="required"):
        decide(book, **change)
    assert book.judgements() == {}


def test_a_refused_approval_is_audited_and_leaves_nothing(book: Casebook) -> None:
    decide(book)
    with pytest.raises(Failure) as refused:
        book.approve("anna", "k-7f3a", now=NOW)
    assert refused.value.code == Exit.POLICY
    assert book.judgements()["k-7f3a"].approver == ""
    assert book.con.execute("SELECT action FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()[0] == "refused: approved"


def test_the_audit_chain_names_the_first_broken_row(book: Casebook) -> None:
    decide(book)
    assert book.first_broken_row() is None
    book.con.execute("DROP TRIGGER audit_stays")
    book.con.execute("UPDATE audit SET subject = 'another' WHERE sequence = 3")
    assert book.first_broken_row() == 3


def test_a_removed_last_row_is_noticed(book: Casebook) -> None:
    book.con.execute("DROP TRIGGER audit_is_kept")
    last = book.con.execute("SELECT max(sequence) FROM audit").fetchone()[0]
    book.con.execute("DELETE FROM audit WHERE sequence = ?", (last,))
    assert book.first_broken_row() == last


def test_five_wrong_passwords_close_the_account_for_a_quarter(book: Casebook) -> None:
    for _ in range(5):
        with pytest.raises(Failure, match="is wrong"):
            book.log_in("anna", "fel lösenord", now=NOW)
    with pytest.raises(Failure, match="Too many"):
        book.log_in("anna", PASSWORD, now=NOW)
    assert book.log_in("anna", PASSWORD, now=NOW + timedelta(minutes=16)) == "coordinator"


def test_an_account_without_its_note_is_not_active(book: Casebook) -> None:
    with pytest.raises(Failure, match="not active"):
        book.log_in("cecilia", PASSWORD, now=NOW)
    with pytest.raises(Failure, match="no active account"):
        decide(book, "cecilia")


def test_no_contact_is_a_pseudonym_that_stays(book: Casebook) -> None:
    book.add_do_not_contact("ab" * 16, kind="phone", reason="sagt vid besök", who="anna", now=NOW)
    assert book.do_not_contact() == {"ab" * 16}


def test_the_file_is_encrypted_and_another_key_is_refused(tmp_path: Path, book: Casebook) -> None:
    decide(book)
    path = tmp_path / "casebook.db"
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert b"Rundresa" not in path.read_bytes() + (tmp_path / "casebook.db-wal").read_bytes()
    with pytest.raises(Failure) as refused:
        Casebook.open(path, key="0" * 64, audit_key=AUDIT)
    assert refused.value.code == Exit.INTEGRITY
