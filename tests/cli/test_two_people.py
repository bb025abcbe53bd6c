"""From the queue to a list through two people's commands, each with a password typed on a terminal."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.world import PASSWORD, json_of, run, typed

ASSESSED = [
    "--alternative", "Vänner som delar telefon", "--reason", "Rundresa och samma telefon", "--channel", "message", "--person-safety", "neutral text",
    "--team-safety", "1", "--interpreter", "behövs inte", "--legal", "SoL 2025:400", "--minor-checked",
]  # fmt: skip


def hire(home: Path, *names: str, role: str = "coordinator") -> None:
    for name in names:
        code, screen = typed(["users", "add", name, "--role", role, "--note-signed", "--home", str(home)], PASSWORD)
        assert code == 0, screen


def first_cluster(home: Path) -> str:
    return str(json_of("queue", "--home", str(home))["rows"][0]["cluster"])


def test_two_people_make_a_row_and_nobody_alone_does(home: Path, tmp_path: Path) -> None:
    hire(home, "anna", "bertil")
    cluster, at = first_cluster(home), ["--home", str(home)]
    assert typed(["decide", cluster, "approve", "--user", "anna", *ASSESSED, *at], "fel lösenord helt")[0] == 7
    assert typed(["decide", cluster, "approve", "--user", "anna", *ASSESSED, *at], PASSWORD)[0] == 0
    assert json_of("list", *at)["rows"] == []
    code, screen = typed(["approve", cluster, "--user", "anna", *at], PASSWORD)
    assert (code, "the person who decided cannot approve" in screen) == (7, True)
    assert typed(["approve", cluster, "--user", "bertil", *at], PASSWORD)[0] == 0
    target = tmp_path / "out" / "lista.csv"
    code, out, err = run("list", "--csv", str(target), *at)
    assert (code, "BESÖKSLISTA" in out) == (0, True)
    assert "It expires 2026-09-26" in err
    body = json_of("list", *at)
    assert (len(body["rows"]), [item["by"] for item in body["rows"][0]["approvals"]]) == (1, ["anna", "bertil"])
    with target.open(encoding="utf-8-sig", newline="") as file:
        number, *_, columns, first = csv.reader(file)
    assert (number, dict(zip(columns, first, strict=True))["Spår"]) == ([f"Lista {body['list_id']}, exemplar 0"], "R3")
    for text in (out, str(body), target.read_text("utf-8")):
        assert not re.search(r"\d[\d -]{5,}\d", re.sub(r"20\d\d-\d\d-\d\d\S*|2025:400|L-\w+|Ä-\w+", "", text)), "a run of digits that could be a number"
        assert not any(name in text for name in ("Lina", "Mia", "Sara", "fönster"))
    assert run("audit", "verify", *at)[0] == 0


def test_without_a_terminal_no_decision_is_taken(home: Path) -> None:
    code, _, err = run("decide", first_cluster(home), "approve", "--user", "anna", *ASSESSED, "--home", str(home))
    assert (code, "typed on a terminal" in err) == (7, True)


def test_a_list_is_never_written_inside_the_installation(home: Path) -> None:
    assert run("list", "--csv", str(home / "data" / "lista.csv"), "--home", str(home))[0] == 7


def test_who_does_not_want_contact_is_on_no_list(home: Path) -> None:
    hire(home, "anna", "bertil")
    cluster, at = first_cluster(home), ["--home", str(home)]
    typed(["decide", cluster, "approve", "--user", "anna", *ASSESSED, *at], PASSWORD)
    typed(["approve", cluster, "--user", "bertil", *at], PASSWORD)
    assert len(json_of("list", *at)["rows"]) == 1
    code, _, err = run("dnc", "add", "--contact", "070-174 06 05", "--reason", "sagt vid besök", *at)
    assert (code, "1740605" in err) == (0, False)
    assert (json_of("list", *at)["rows"], json_of("list", *at)["waiting"]["Spärrad: personen vill inte bli kontaktad."]) == ([], 1)


def test_a_read_cue_leaves_the_urgent_lane_and_counts_only_after_a_yes(home: Path) -> None:
    hire(home, "anna")
    finding = json_of("urgent", "--home", str(home))["rows"][0]["finding"]
    assert typed(["confirm", finding[:8], "yes", "--user", "anna", "--home", str(home)], PASSWORD)[0] == 0
    assert json_of("urgent", "--home", str(home))["rows"] == []


def test_in_a_live_installation_a_command_about_people_needs_an_account(home: Path) -> None:
    marker = home / "lykta.home"
    marker.write_text(marker.read_text("utf-8").replace("research", "live"), "utf-8")
    for command in (["queue"], ["urgent"], ["safeguarding"], ["clusters"], ["list"], ["dnc", "add", "--contact", "070-174 06 05", "--reason", "x"]):
        code, out, err = run(*command, "--home", str(home))
        assert (code, out, "needs an active account" in err) == (7, "", True), command


@pytest.mark.parametrize("statement", ["INSERT INTO approval VALUES (1, 'anna', 0, '2026-09-20')", "UPDATE judgement SET decision = 'approve'"])
def test_the_casebook_cannot_be_opened_without_its_key(home: Path, statement: str) -> None:
    run("queue", "--home", str(home))
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(home / "data" / "casebook.db").execute(statement)
