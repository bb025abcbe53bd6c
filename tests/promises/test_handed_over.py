"""What is handed over is held and on record; the audit is let go of after five years and its chain still holds."""

from __future__ import annotations

import getpass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3

from cli.roles import admitted
from pipeline.casebook.accounts import accounts, close_account
from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure
from pipeline.home import create_home
from pipeline.keeping.disclosures import disclose, disclosures
from pipeline.keeping.holds import children, hand_over, release
from pipeline.keeping.old_records import KEPT, drop_old_records
from pipeline.keeping.wishes import open_wishes, read_wishes
from pipeline.publish import open_snapshot
from tests.cli.world import json_of, run
from tests.keeping.world import START, Installation
from tests.promises.conftest import PASSWORD

LATER = START + timedelta(hours=5)
LAW = "SoL 2025:400 19 kap"


def test_P16_a_hand_over_holds_the_ad_and_tells_how_many_hours_it_took(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    snapshot, _, _ = open_snapshot(copy.home, "review")
    with open_wishes(copy.home) as book:
        (before,) = {(row["ad_id"], row["hours"], row["handed_over"]) for row in children(snapshot, book, now=LATER)}
        assert before[1:] == (5.0, "")
        hand_over(book, before[0], receiver="socialjouren, E. Ek", ground=LAW, how="orosanmälan 12", who="sara", now=LATER)
        later = LATER + timedelta(days=3)
        assert {(row["hours"], row["handed_over"], row["by"], row["to"]) for row in children(snapshot, book, now=later)} == {
            (5.0, "2026-09-01T08:00:00Z", "sara", "socialjouren, E. Ek: orosanmälan 12")
        }
        with pytest.raises(Failure, match="held already"):
            hand_over(book, before[0], receiver="socialjouren", ground=LAW, how="igen", who="sara", now=later)
        with pytest.raises(Failure, match="ground left out"):
            hand_over(book, 1, receiver="socialjouren", ground=" ", how="igen", who="sara", now=later)
        assert (read_wishes(copy.home).held, [row["subject"] for row in disclosures(book)]) == ((before[0],), [f"ad {before[0]}"])
        release(book, before[0], reason="utredningen har kopior", who="sara", now=later)
        assert (read_wishes(copy.home).held, len(disclosures(book)), book.first_broken_row()) == ((), 1, None)
        with pytest.raises(Failure, match="not held"):
            release(book, before[0], reason="igen", who="sara", now=later)
    snapshot.close()


def test_P16_the_officer_does_the_same_by_command(town: Installation, tmp_path: Path) -> None:
    at = ["--home", str(town.copy(tmp_path / "home").home.root)]
    (row,) = json_of("hold", "list", *at)["rows"]
    given = ["--to", "socialjouren, E. Ek", "--ground", LAW, "--how", "orosanmälan 12"]
    assert (row["handed_over"], run("hold", "add", "1", *given, *at)[0], run("hold", "add", str(row["ad"]), *given, *at)[0]) == ("", 2, 0)
    assert json_of("hold", "list", *at)["rows"][0]["to"] == "socialjouren, E. Ek: orosanmälan 12"
    assert [(one["receiver"], one["answer"]) for one in json_of("disclosure", "list", *at)["rows"]] == [("socialjouren, E. Ek", "given")]
    assert run("hold", "release", str(row["ad"]), "--reason", "klart", *at)[0] == 0


def test_P17_what_was_asked_for_is_on_record_also_when_it_was_refused_and_nothing_of_it_is_changed(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    with open_wishes(copy.home) as book:
        told = {"receiver": "Polisen, A. Ask", "asked": "brev 12/2026", "ground": "OSL 10 kap 24 §", "subject": "L-1", "who": "dso", "now": LATER}
        disclose(book, answer="refused", given="", **told)  # type: ignore[arg-type]
        for answer, given, code in (("given", " ", Exit.POLICY), ("kanske", "x", Exit.USAGE)):
            with pytest.raises(Failure) as refused:
                disclose(book, answer=answer, given=given, **told)  # type: ignore[arg-type]
            assert refused.value.code == code
        assert disclosures(book) == [
            {"id": 1, "at": LATER.isoformat(), "receiver": "Polisen, A. Ask", "asked": "brev 12/2026", "ground": "OSL 10 kap 24 §", "answer": "refused",
             "given": "", "subject": "L-1", "by": "dso"}
        ]  # fmt: skip
        for statement in ("UPDATE disclosure SET answer = 'given'", "DELETE FROM disclosure"):
            with pytest.raises(sqlcipher3.IntegrityError, match="disclosure record"):
                book.con.execute(statement)


def years(number: int) -> datetime:
    return START + timedelta(days=366 * number)


def aged(folder: Path) -> Casebook:
    """Return a casebook with a row of the audit for each of eight years."""
    book = Casebook.open(folder / "casebook.db", key="1" * 64, audit_key="2" * 64)
    for number in range(8):
        book.audit(who="anna", action="queue", subject=f"år {number}", now=years(number))
    return book


def test_P05_after_five_years_the_audit_goes_and_its_chain_still_holds(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    with open_wishes(copy.home) as book:
        for number in range(8):
            book.audit(who="anna", action="queue", subject=f"år {number}", now=years(number))
        disclose(book, receiver="x", asked="x", ground="x", answer="refused", given="", subject="", who="dso", now=years(1))
        total = book.con.execute("SELECT count(*) FROM audit").fetchone()[0]
        gone = drop_old_records(book, years(8))
        kept = [row[0] for row in book.con.execute("SELECT subject FROM audit WHERE subject LIKE 'år %' ORDER BY sequence").fetchall()]
        assert (total - gone, kept) == (5, ["år 4", "år 5", "år 6", "år 7"]), "those and the row of the disclosure, which came after them"
        assert (book.first_broken_row(), disclosures(book)) == (None, [])
        book.audit(who="anna", action="queue", subject="efter", now=years(8))
        assert (drop_old_records(book, years(9)) > 0, book.first_broken_row()) == (True, None), "a second time, from the first checkpoint"
        with pytest.raises(sqlcipher3.IntegrityError, match="append-only"):
            book.con.execute("DELETE FROM audit")


def test_P05_after_five_years_a_hand_over_goes_and_not_a_day_before(tmp_path: Path) -> None:
    with open_wishes(create_home(tmp_path / "home", kind="demo")) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=years(8))
        for number in (2, 3, 4):
            values = (f"k-{number}", years(number).isoformat())
            book.con.execute(
                "INSERT INTO handover (cluster, run, organisation, receiver, ground, given, by_user, at) VALUES (?, 'r', 'x', 'y', 'z', '{}', 'anna', ?)",
                values,
            )
        drop_old_records(book, years(3) + KEPT)
        assert book.con.execute("SELECT cluster FROM handover ORDER BY id").fetchall() == [("k-3",), ("k-4",)]
        with pytest.raises(sqlcipher3.IntegrityError, match="never deleted"):
            book.con.execute("DELETE FROM handover")


def test_a_closed_account_may_run_no_command_of_a_live_installation(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home", kind="live")
    with open_wishes(home) as book:
        who = getpass.getuser()
        book.add_user(who, role="admin", organisation="kommunen", password=PASSWORD, note_signed=True, now=START)
        assert admitted(home, book, "backup", START) == who
        close_account(book, who, by="bertil", now=START)
        with pytest.raises(Failure, match="needs an active account as admin"):
            admitted(home, book, "backup", START)


def test_P05_after_five_years_a_closed_account_goes_whole_and_never_opens_again_while_a_record_names_it(tmp_path: Path) -> None:
    with open_wishes(create_home(tmp_path / "home", kind="demo")) as book:
        for name in ("anna", "bertil", "cissi", "david"):
            book.add_user(name, role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=years(0))
        book.decide("bertil", "k-1", "unsure", alternative="a", reason="b", assessment={}, run="r", now=years(6))
        for name, closed in (("anna", 0), ("bertil", 0), ("cissi", 4)):
            close_account(book, name, by="david", now=years(closed))
        drop_old_records(book, years(6))
        assert [(row["name"], row["closed"]) for row in accounts(book)] == [("bertil", 1), ("cissi", 1), ("david", 0)]
        with pytest.raises(Failure, match="wrong"):
            book.log_in("bertil", PASSWORD, now=years(6))


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        ("UPDATE audit_checkpoint SET sequence = sequence + 1", 1),
        ("UPDATE audit_checkpoint SET seal = 'x'", 1),
        ("DELETE FROM audit_checkpoint", 1),
        ("DELETE FROM audit WHERE sequence = (SELECT min(sequence) FROM audit)", 4),
    ],
)
def test_a_checkpoint_that_we_did_not_seal_or_a_row_that_is_gone_is_named(tmp_path: Path, tamper: str, broken: int) -> None:
    with aged(tmp_path) as book:
        book.con.execute("DROP TRIGGER audit_is_kept")
        book.con.execute("BEGIN IMMEDIATE")
        assert book.shorten_audit(before=years(3).isoformat(), now=years(8)) == 3
        book.con.execute("COMMIT")
        assert book.first_broken_row() is None
        book.con.execute(tamper)
        assert book.first_broken_row() == broken
