"""A key is changed whole or not at all, whatever moment the power goes; who said no stays marked under the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.failure import Exit, Failure
from pipeline.home import find_home
from pipeline.keeping import marks
from pipeline.keeping.rotate import rotate
from pipeline.keeping.wishes import open_wishes
from pipeline.pseudonyms import contact_id, unseal
from pipeline.publish import open_snapshot
from pipeline.store import open_store
from tests.keeping.test_erasure import E164, ask
from tests.keeping.world import START, Installation, ad, phone_of, ring

ROOT = Path(__file__).resolve().parents[2]


def test_P14_killed_at_every_twentieth_step_the_same_command_finishes_and_nothing_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults.rotation", "--every", "20", "pseudonym"], cwd=ROOT, capture_output=True, text=True, timeout=200
    )  # fmt: skip
    report = json.loads(done.stdout)["pseudonym"]
    assert (done.returncode, report["lost"], report["kills"] >= 2) == (0, 0, True), done.stderr


def test_P14_new_pseudonyms_of_old_contacts_are_those_that_tomorrows_ads_get(town: Installation) -> None:
    home, old = town.home, town.home.key("pseudonym")
    with open_wishes(home) as book:
        book.add_do_not_contact(contact_id(bytes.fromhex(old), "phone", E164), kind="phone", reason="sagt vid besök", who="anna", now=START)
        book.add_do_not_contact(contact_id(bytes.fromhex(old), "phone", "+46701740699"), kind="phone", reason="sagt vid besök", who="anna", now=START)
    for name in ("pseudonym", "vault", "store", "casebook", "analyst", "review", "backup"):
        assert rotate(home, name, who="a test", now=START) == 2
        assert (home.key(name) != home.old_key(name, 1), (home.keys / f"{name}.key").stat().st_mode & 0o777) == (True, 0o600)
    con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit="512MB", threads=1)
    key, vault = bytes.fromhex(home.key("pseudonym")), bytes.fromhex(home.key("vault"))
    sealed = con.execute("SELECT contact_id, kind, value FROM contact_vault").fetchall()
    assert len(sealed) == 3 and all(name == contact_id(key, kind, unseal(vault, value)) for name, kind, value in sealed)
    assert {row[0] for row in con.execute("SELECT contact_id FROM contact").fetchall()} == {row[0] for row in sealed}
    con.close()
    left = {hit.split(":")[0] for hit in town.holds(contact_id(bytes.fromhex(old), "phone", E164))}
    assert left == {"casebook.do_not_contact", "casebook.audit"}, "the old pseudonym is left in the mark and in the audit alone"
    with open_wishes(home) as book:
        assert contact_id(key, "phone", E164) in book.do_not_contact()
        assert contact_id(key, "phone", "+46701740699") not in book.do_not_contact(), "a contact that is not kept has no new pseudonym yet"
    late = START + timedelta(days=1)
    town.night(late, ad(1, late), *ring(60, late, phone=phone_of(60)), ad(99, late, phone="070-174 06 99"))
    with open_wishes(home) as book:
        assert contact_id(key, "phone", "+46701740699") in book.do_not_contact(), "it is marked from the night that it is seen again"
    snapshot, _, _ = open_snapshot(home, "review")
    assert snapshot.execute("SELECT count(*) FROM ad").fetchall()[0][0] == 8
    snapshot.close()


def test_while_a_change_is_unfinished_every_other_command_is_refused(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    town.home.rotation.write_text(json.dumps({"key": "store", "epoch": 1}))
    with pytest.raises(Failure, match="lykta keys rotate store") as refused:
        find_home(town.home.root)
    assert refused.value.code == Exit.BUSY
    with pytest.raises(Failure, match="Run first: lykta keys rotate store"):
        rotate(town.home, "vault", who="a test", now=START)


def test_open_requests_are_settled_before_the_pseudonym_key_goes(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    ask(town, "access")
    with pytest.raises(Failure, match="Requests are open: W-1") as refused:
        rotate(town.home, "pseudonym", who="a test", now=START)
    assert (refused.value.code, town.home.epoch("pseudonym"), town.home.rotation.exists()) == (Exit.POLICY, 1, False)


@pytest.mark.parametrize(("name", "code"), [("audit", Exit.POLICY), ("master", Exit.USAGE)])
def test_what_is_not_changed_here_is_said(tmp_path: Path, name: str, code: Exit) -> None:
    town = Installation(tmp_path / "home")
    with pytest.raises(Failure) as refused:
        rotate(town.home, name, who="a test", now=START)
    assert refused.value.code == code


def test_before_the_first_change_nothing_is_carried_over(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    con = open_store(town.home.store, key=town.home.key("store"), spill=town.home.spill, memory_limit="512MB", threads=1)
    assert marks.carry_over(town.home, con) == 0
    con.close()
