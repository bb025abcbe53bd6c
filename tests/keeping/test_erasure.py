"""Who asks to be forgotten is: at once for readers, within the minute in every cell, and the next crawl does not bring the person back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3

from pipeline.failure import Exit, Failure
from pipeline.keeping import carry_out, ledger
from pipeline.keeping.requests import Wish, open_wish, settle, wish_of, wishes
from pipeline.keeping.wishes import open_wishes
from pipeline.night import night_lock
from pipeline.pseudonyms import contact_id
from pipeline.publish import open_snapshot
from tests.keeping.world import START, Installation, ad, phone_of, ring

PHONE = phone_of(60)
E164 = "+46" + PHONE.replace("-", "").replace(" ", "")[1:]
MARKS = ("marke-60x", "marke-61x", "marke-62x", "marke-63x", PHONE)
LATER = START + timedelta(days=1)


def pseudonym(town: Installation, value: str = E164) -> str:
    return contact_id(bytes.fromhex(town.home.key("pseudonym")), "phone", value)


def ask(town: Installation, what: str, *, personas: int = 4) -> Wish:
    with open_wishes(town.home) as book:
        return open_wish(
            book, what, contact_id=pseudonym(town), kind="phone", key_epoch=1, personas=personas, reason="brev", who="anna", now=LATER
        )  # fmt: skip


def grant(town: Installation, wish: Wish, *, granted: bool = True) -> None:
    with open_wishes(town.home) as book:
        settle(book, wish, granted=granted, identity="legitimation visad", receipt="", who="dso", role="dpo", now=LATER)


def blocked(town: Installation) -> bool:
    with open_wishes(town.home) as book:
        return pseudonym(town) in book.do_not_contact()


def test_P07_an_erased_person_is_in_no_cell_and_does_not_come_back_and_without_erasure_the_same_search_finds_them(town: Installation) -> None:
    town.night(LATER)
    assert {hit.split(": ")[1] for hit in town.holds(*MARKS)} == set(MARKS), "the search finds who was not erased"
    wish = ask(town, "erase")
    grant(town, wish)
    carry_out.hide(town.home, wish, now=LATER)
    read = {"review": ("contact", "ad", "persona", "ad_text"), "analyst": ("ad", "ad_contact"), "vault": ("contact_vault",)}
    for kind, table in ((kind, table) for kind, tables in read.items() for table in tables):
        snapshot, _, _ = open_snapshot(town.home, kind)
        rows = str(snapshot.table(table).fetchall())
        assert pseudonym(town) not in rows and "marke-60x" not in rows, f"{kind}.{table} is read without the person before anything is deleted"
        snapshot.close()
    gone = carry_out.erase(town.home, town.settings, who="dso", now=LATER)
    assert gone.ads == 4
    assert town.holds(*MARKS) == []
    assert town.holds(pseudonym(town)) == [
        *(f"casebook.{table}: {pseudonym(town)}" for table in ("do_not_contact", "suppression", "wish")), f"suppressed.contact: {pseudonym(town)}"
    ], "only the pseudonym is left, where a wish is kept"  # fmt: skip
    town.night(LATER + timedelta(days=1), *ring(60, LATER, phone=PHONE), ad(1, LATER))
    assert town.holds(*MARKS) == [], "the next crawl does not bring the person back"
    assert town.holds("marke-1x") and blocked(town)


def test_P07_while_a_request_is_open_no_contact_goes_through_the_number_and_a_refused_one_leaves_no_mark(town: Installation) -> None:
    for what in ("access", "erase", "dnc"):
        wish = ask(town, what)
        assert blocked(town)
        grant(town, wish, granted=False)
        assert not blocked(town)
    wish = ask(town, "dnc")
    grant(town, wish)
    assert blocked(town) and town.holds("marke-60x") != []


@pytest.mark.parametrize(
    ("role", "identity", "said"),
    [("analyst", "legitimation", "needs an account as dpo"), ("dpo", "  ", "how the person's identity was checked")],
)
def test_P07_nothing_is_settled_by_the_wrong_role_or_without_a_check(tmp_path: Path, role: str, identity: str, said: str) -> None:
    town = Installation(tmp_path / "home")
    wish = ask(town, "erase")
    with open_wishes(town.home) as book:
        with pytest.raises(Failure, match=said) as refused:
            settle(book, wish, granted=True, identity=identity, receipt="", who="x", role=role, now=LATER)
        assert refused.value.code == Exit.POLICY
        assert [one.id for one in wishes(book)] == [wish.id]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wish SET state = 'granted'",
        "UPDATE wish SET state = 'granted', settled_by = 'dso', identity = ' '",
        "INSERT INTO hold VALUES (1, ' ', 'x', 'y')",
    ],
)
def test_the_database_itself_refuses_to_settle_without_a_check(tmp_path: Path, statement: str) -> None:
    town = Installation(tmp_path / "home")
    ask(town, "erase")
    with open_wishes(town.home) as book, pytest.raises(sqlcipher3.IntegrityError):
        book.con.execute(statement)


def test_a_settled_request_is_not_settled_again(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    wish = ask(town, "access")
    grant(town, wish)
    with open_wishes(town.home) as book, pytest.raises(Failure, match="was granted before"):
        settle(book, wish_of(book, wish.id), granted=False, identity="x", receipt="", who="dso", role="dpo", now=LATER)


def test_an_access_holds_all_that_is_kept_about_one_contact_and_nothing_of_others(town: Installation) -> None:
    body = carry_out.access(town.home, town.settings, ask(town, "access"), who="dso", now=LATER)
    assert body["contact"] == E164
    assert sorted(row["url"] for row in body["ads"]) == [f"https://exempel.example/marke-{number}x" for number in (60, 61, 62, 63)]
    assert [(row["picture_hashes"], row["languages"], row["stays"]) for row in body["ads"]] == [(0, ["sv"], None)] * 4
    assert "marke-70x" not in str(body) and body["kept_days"]["raw_text_days"] == 30


def test_a_night_that_runs_makes_the_erasure_wait_and_readers_do_not(town: Installation) -> None:
    wish = ask(town, "erase")
    grant(town, wish)
    with night_lock(town.home, who="the night", now=LATER):
        carry_out.hide(town.home, wish, now=LATER)
        with pytest.raises(Failure) as busy:
            carry_out.erase(town.home, town.settings, who="dso", now=LATER, wait_s=0.2)
    assert busy.value.code == Exit.BUSY
    snapshot, _, _ = open_snapshot(town.home, "review")
    assert snapshot.execute("SELECT count(*) FROM contact WHERE contact_id = $one", {"one": pseudonym(town)}).fetchall() == [(0,)]
    snapshot.close()


def _change(text: str) -> str:
    return text.replace('"erase"', '"dnc"', 1)


def _shorten(text: str) -> str:
    return "\n".join(text.splitlines()[1:]) + "\n"


@pytest.mark.parametrize("spoil", [_change, _shorten])
def test_a_ledger_that_was_changed_is_noticed(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    town = Installation(tmp_path / "home")
    rows = [ledger.entry_of((letter * 32, "phone", 1), what="erase", request="W-1", at=datetime(2026, 9, 2)) for letter in "ab"]
    for row in rows:
        ledger.append(town.home, row)
    assert ledger.entries(town.home) == rows
    path = town.home.root / "ledger" / "erasures.jsonl"
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")
    with pytest.raises(Failure, match="line 1 was changed"):
        ledger.entries(town.home)
