"""The caring commands as a person runs them: a request opened, settled on a terminal under an account, and carried out."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

import cli
from tests.cli.world import PASSWORD, json_of, run, typed
from tests.keeping.world import PHONES, Installation

OURS = (
    "access", "erase", "purge", "backup", "restore", "sql", "export", "ropa", "notice", "incident", "request list", "request settle", "keys rotate",
)  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_every_command_has_an_example_and_a_line_in_the_readme(name: str) -> None:
    command: object = typer.main.get_command(cli.app)
    for part in name.split():
        command = command.commands[part]  # type: ignore[attr-defined]
    assert f"Example: lykta {name}" in (command.help or "")  # type: ignore[attr-defined]
    assert f"lykta {name}" in (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8") or name == "request list"


def test_an_erasure_from_the_request_to_the_receipt(town: Installation) -> None:
    at = ["--home", str(town.home.root)]
    assert typed(["users", "add", "dso", "--role", "dpo", "--note-signed", *at], PASSWORD)[0] == 0
    code, _, err = run("erase", "--contact", PHONES[60], "--reason", "brev", *at)
    assert (code, "4 people are advertised" in err, PHONES[60] in err) == (0, True, False)
    assert [(row["request"], row["what"], row["people"]) for row in json_of("request", "list", *at)["rows"]] == [("W-1", "erase", 4)]
    assert run("request", "settle", "W-1", "grant", "--user", "dso", "--identity", "legitimation", *at)[0] == 7, "a password is typed on a terminal"
    code, screen = typed(["request", "settle", "W-1", "grant", "--user", "dso", "--identity", "legitimation", *at], PASSWORD)
    assert (code, "ads_deleted: 4" in screen) == (0, True), screen
    assert town.holds("marke-60x", PHONES[60]) == []
    assert run("request", "list", *at)[0] == 4
    assert run("doctor", "--deep", *at)[1].count("NOT OK") == 0


def test_what_destroys_asks_for_yes_and_what_leaves_stays_outside(town: Installation, tmp_path: Path) -> None:
    at = ["--home", str(town.home.root)]
    code, _, err = run("backup", str(tmp_path / "out"), *at)
    file = next((tmp_path / "out").glob("*.backup"))
    assert (code, run("restore", str(file), *at)[0]) == (0, 7), err
    assert run("restore", str(file), "--drill", *at)[0] == 0
    assert run("backup", str(town.home.root / "x"), *at)[0] == 7
    assert run("export", "SELECT 1 AS n", str(town.home.root / "x.csv"), *at)[0] == 7
    assert run("sql", "DELETE FROM ad", *at)[0] == 7
    assert json_of("sql", "SELECT count(*) AS ads FROM ad", *at)["rows"] == [[9]]
    assert run("purge", *at)[0] == 0, "a made-up town lives in its own time"
    assert run("incident", "--since", "2026-01-01", *at)[0] == 0
    assert run("access", "--contact", "12", "--reason", "brev", *at)[0] == 2
