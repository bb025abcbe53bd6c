"""The caring commands as a person runs them: a request opened, settled on a terminal under an account, and carried out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

import cli
from pipeline.home import create_home
from pipeline.night import night_lock
from tests.cli.world import PASSWORD, json_of, run, typed
from tests.keeping.world import PHONES, START, Installation

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
    for table in (tmp_path / "x.csv", tmp_path / "x.parquet"):
        table.write_text("of others")
        table.chmod(0o644)
        assert run("export", "SELECT count(*) AS ads FROM ad", str(table), *at)[0] == 0
        assert table.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "x.csv").read_bytes().decode("utf-8-sig") == "ads\r\n9\r\n"
    assert run("sql", "DELETE FROM ad", *at)[0] == 7
    assert json_of("sql", "SELECT count(*) AS ads FROM ad", *at)["rows"] == [[9]]
    assert run("purge", *at)[0] == 0, "a made-up town lives in its own time"
    assert run("incident", "--since", "2026-01-01", *at)[0] == 0
    assert run("access", "--contact", "12", "--reason", "brev", *at)[0] == 2


def test_a_site_is_not_fetched_from_while_a_night_does(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home", kind="demo")
    with night_lock(home, who="the night", now=START):
        at = ("exempel", "--home", str(home.root))
        for command in (
            ("sites", "check", *at),
            ("sites", "save", "exempel", "https://exempel.example/1", *at[1:]),
            ("sites", "new", "http://127.0.0.1:9/", "--site", "exempel", *at[1:]),
        ):
            code, _, said = run(*command)
            assert (code, "is busy: the night" in said) == (5, True), command
        assert run("sites", "check", "--saved", *at)[0] == 2, "nothing is fetched: it goes on, to a site that nobody taught"


def test_what_read_answers_line_by_line_cannot_steer_a_terminal(tmp_path: Path) -> None:
    asked = tmp_path / "texts.jsonl"
    asked.write_text('{"id": "a\\u009b2J\\u202e", "text": "Hej"}\n', "utf-8")
    code, out, _ = run("read", str(asked), "--lines")
    assert (code, json.loads(out)["id"], out.strip().isprintable()) == (0, "a\u009b2J\u202e", True)
