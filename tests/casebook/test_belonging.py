"""Judgements of what belongs together: kept with reason, by people who may, never changed, let go of in their time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlcipher3

from pipeline.casebook.belonging import Judged, Side, follow, judge, names_in_use, reasoned, standing_judgements, withdraw_judgement
from pipeline.casebook.book import Casebook
from pipeline.failure import Failure
from pipeline.keeping.casebook_purge import delete_link_judgements

NOW = datetime(2026, 11, 23, 9)
KEY, AUDIT = secrets.token_hex(32), secrets.token_hex(32)
ONE, OTHER = Side(name="k-1", ads=(2, 1)), Side(name="k-2", ads=(3,))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook.open(tmp_path_factory.mktemp("book") / "casebook.db", key=KEY, audit_key=AUDIT) as opened:
        for name, role in (("anna", "coordinator"), ("bertil", "approver"), ("disa", "admin")):
            opened.add_user(name, role=role, organisation="Exempel", password="ett långt lösenord", note_signed=True, now=NOW)
        yield opened


@pytest.fixture
def book(shared: Casebook) -> Casebook:
    delete_link_judgements(shared, NOW + timedelta(days=9999))
    shared.con.execute("DELETE FROM manual_link")
    return shared


def test_a_judgement_is_read_back_with_its_reason_until_somebody_withdraws_it_and_readable_after(book: Casebook) -> None:
    number = judge(book, "anna", "not_same", ONE, OTHER, run="r", reason="Olika personer", now=NOW)
    assert standing_judgements(book) == (Judged(number=number, verdict="not_same", left=(1, 2), right=(3,)),)
    withdraw_judgement(book, "bertil", number, reason="Samma ändå", now=NOW)
    shown = reasoned(book)[0]
    assert (standing_judgements(book), shown.reason, shown.by, shown.withdrawn_by, shown.left_ads) == ((), "Olika personer", "anna", "bertil", 2)
    with pytest.raises(Failure, match="withdrawn already"):
        withdraw_judgement(book, "bertil", number, reason="igen", now=NOW)


def test_who_joined_clusters_decides_on_none_of_the_names_they_go_under(book: Casebook) -> None:
    number = judge(book, "anna", "same", ONE, OTHER, run="r", reason="Samma", now=NOW)
    unsure = judge(book, "bertil", "unsure", ONE, OTHER, run="r", reason="Kanske", now=NOW)
    follow(book, {number: ["k-3"], unsure: ["k-3"]}, now=NOW)
    follow(book, {number: ["k-3"]}, now=NOW)
    assert book.con.execute("SELECT cluster, linked_by FROM manual_link ORDER BY cluster").fetchall() == [("k-1", "anna"), ("k-2", "anna"), ("k-3", "anna")]
    with pytest.raises(Failure, match="joined the cluster by hand"):
        book.decide("anna", "k-3", "approve", alternative="Vänner", reason="Mall", assessment={}, run="r", now=NOW)
    book.decide("bertil", "k-3", "dismiss", alternative="Vänner", reason="Mall", assessment={}, run="r", now=NOW)
    assert "k-3" in names_in_use(book)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verdict": "perhaps"}, "choose one of"),
        ({"reason": "  "}, "write why"),
        ({"right": Side(name="k-2", ads=())}, "write why"),
        ({"right": Side(name="k-2", ads=(1,))}, "ads in common"),
        ({"user": "disa"}, "no active account"),
    ],
)
def test_a_judgement_that_is_not_whole_or_not_allowed_is_refused(book: Casebook, change: dict[str, object], words: str) -> None:
    values: dict[str, object] = {"user": "anna", "verdict": "same", "left": ONE, "right": OTHER, "run": "r", "reason": "Samma", "now": NOW, **change}
    user, verdict, left, right = (values.pop(name) for name in ("user", "verdict", "left", "right"))
    with pytest.raises(Failure, match=words):
        judge(book, user, verdict, left, right, **values)  # type: ignore[arg-type]
    assert reasoned(book) == []


def test_judgements_go_when_no_night_could_follow_them_for_their_time_and_only_then(book: Casebook) -> None:
    old, followed, fresh = (judge(book, "anna", "same", ONE, OTHER, run="r", reason="Samma", now=NOW + timedelta(days=day)) for day in (0, 0, 150))
    follow(book, {followed: ["k-1"]}, now=NOW + timedelta(days=100))
    for statement in ("DELETE FROM link_judgement", "UPDATE link_judgement SET verdict = 'unsure'"):
        with pytest.raises(sqlcipher3.IntegrityError, match="judgements are never"):
            book.con.execute(statement)
    delete_link_judgements(book, NOW + timedelta(days=50))
    assert [one.number for one in standing_judgements(book)] == [followed, fresh]
    delete_link_judgements(book, NOW + timedelta(days=120))
    assert [one.number for one in standing_judgements(book)] == [fresh] and old < followed < fresh
