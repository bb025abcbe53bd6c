"""What scripts rely on: exit codes, JSON shapes, and a help text with an example for every command."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import typer.main

import cli
from tests.cli.world import json_of, make_home, run, subprocess_run, write_lines

NEEDS_HOME = [
    "crawl", "night --no-crawl", "queue", "urgent", "safeguarding", "clusters", "explain k-1", "list", "doctor", "sites list", "sites check exempel",
    "audit verify", "dnc add --contact 070-1740605 --reason x", "evaluate truth.jsonl",
]  # fmt: skip


def leaves() -> dict[str, str]:
    """Return every command by its words, with its help text."""

    def walk(group: object, words: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, command in group.commands.items():  # type: ignore[attr-defined]
            if hasattr(command, "commands"):
                found |= walk(command, [*words, name])
            elif not command.hidden:
                found[" ".join([*words, name])] = command.help or ""
        return found

    return walk(typer.main.get_command(cli.app), [])


@pytest.mark.parametrize("command", sorted(leaves()))
def test_every_command_has_an_example_that_begins_with_its_own_name(command: str) -> None:
    text = leaves()[command]
    example = text[text.index("Example: ") + len("Example: ") :].strip().split("\n")[0]
    assert shlex.split(example)[: 1 + len(command.split())] == ["lykta", *command.split()]
    code, out, _ = run(*command.split(), "--help")
    assert (code, "Example:" in out) == (0, True)


def test_the_readme_names_every_command() -> None:
    readme = (Path(cli.__file__).parents[1] / "README.md").read_text("utf-8")
    assert [command for command in leaves() if f"lykta {command}" not in readme] == []


@pytest.mark.parametrize("command", NEEDS_HOME)
def test_without_an_installation_the_answer_is_8_and_the_command_that_makes_one(command: str, tmp_path: Path) -> None:
    code, out, err = run(*shlex.split(command), "--home", str(tmp_path))
    assert (code, out) == (8, "")
    assert "lykta init" in err


def test_an_unknown_option_is_2() -> None:
    assert subprocess_run("queue", "--nonsense").returncode == 2


def test_night_says_what_each_stage_did(tmp_path: Path, partner: Path) -> None:
    home = make_home(tmp_path / "home")
    run("import", str(partner / "ads.jsonl"), "--home", str(home))
    body = json_of("night", "--no-crawl", "--home", str(home))
    assert (set(body), body["version"], body["run"], body["as_of"]) == ({"version", "run", "as_of", "stages"}, 1, "2026-09-19", "2026-09-19T02:13:00Z")
    assert all(set(stage) == {"stage", "read", "written", "refused", "seconds", "peak_mb"} for stage in body["stages"])
    assert [stage["stage"] for stage in body["stages"]] == [
        "ingest", "observe", "purge", "photos", "match", "persona", "link", "cluster", "detect", "score", "publish",
    ]  # fmt: skip


def test_clusters_have_the_agreed_shape(finished: Path) -> None:
    body = json_of("clusters", "--home", str(finished))
    assert (body["version"], body["run"], len(body["clusters"])) == (1, "2026-09-19", 1)
    cluster = body["clusters"][0]
    assert set(cluster) == {"cluster", "band", "coverage", "first_seen", "last_seen", "personas", "municipalities", "ads", "findings", "counter"}
    assert (cluster["personas"], len(cluster["ads"]), cluster["municipalities"]) == (4, 12, ["1280", "1281", "1283"])
    for finding in cluster["findings"]:
        assert set(finding) == {"indicator", "strength", "sentence", "evidence"}
        assert finding["evidence"] and all(set(row) == {"site", "url", "field", "shown"} for row in finding["evidence"])


def test_explain_adds_up(finished: Path) -> None:
    cluster = json_of("clusters", "--home", str(finished))["clusters"][0]["cluster"]
    body = json_of("explain", cluster, "--home", str(finished))
    assert set(body) == {"version", "cluster", "band", "links", "families", "counter", "total", "gate", "weakest"}
    total = sum(family["counted"] for family in body["families"]) + sum(item["counted"] for item in body["counter"])
    assert body["total"] == pytest.approx(max(0.0, total))
    assert all(set(link) == {"a", "b", "kind", "weight", "sentence"} for link in body["links"])


def test_the_queue_has_the_agreed_shape_and_says_that_it_is_no_list(finished: Path) -> None:
    row = json_of("queue", "--home", str(finished))["rows"][0]
    assert set(row) == {"rank", "cluster", "band", "lane", "municipality", "last_seen", "why", "not_known", "blocked_by"}
    assert (row["rank"], row["lane"], len(row["why"]) <= 3) == (1, "R2", True)
    assert "INTE en besökslista" in run("queue", "--home", str(finished))[1]


def test_an_empty_list_is_4_and_says_how_many_wait_for_what(home: Path) -> None:
    code, _, err = run("list", "--home", str(home))
    assert (code, "1 wait: Väntar på en första persons beslut." in err) == (4, True)
    assert json_of("list", "--home", str(home))["rows"] == []


def test_a_single_ad_with_a_cue_and_an_ad_of_a_minor_reach_a_person_the_first_night(finished: Path) -> None:
    urgent = json_of("urgent", "--home", str(finished))["rows"]
    assert [(row["cluster"], row["url"], row["lane"]) for row in urgent] == [(None, "https://exempel.example/rop", "R1")]
    officer = json_of("safeguarding", "--home", str(finished))["rows"]
    assert {(row["url"], row["lane"]) for row in officer} == {("https://exempel.example/ung", "R0")}


def test_read_answers_line_by_line(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "texts.jsonl", [{"id": "a", "text": "Ring 070-174 06 05 i Lund"}, {"id": "b", "text": "inget här"}])
    done = subprocess_run("read", str(path), "--lines", "--json")
    first, second = map(__import__("json").loads, done.stdout.strip().split("\n"))
    assert (first["id"], first["contacts"][0]["value"], first["places"][0]["municipality"]) == ("a", "+46701740605", "1281")
    assert (second["id"], second["contacts"]) == ("b", [])


def test_doctor_finds_nothing_wrong_after_a_night(finished: Path) -> None:
    body = json_of("doctor", "--home", str(finished))
    assert [row["check"] for row in body["checks"] if not row["ok"]] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"url": "u", "seen": ["2026-09-01"], "title": "x"}, "site is missing"),
        ({"site": "s", "url": "u", "seen": [], "title": "x"}, "seen is missing"),
        ({"site": "s", "url": "u", "seen": ["2026-09-01"]}, "title and body are both missing"),
        ({"site": "s", "url": "u", "seen": ["2026-09-01"], "title": "x", "colour": "red"}, "unknown key colour"),
        ({"site": "s", "url": "u", "seen": ["20260-09-01"], "title": "x"}, "seen must hold dates"),
        ("not json", "not JSON"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_in(tmp_path: Path, line: object, reason: str) -> None:
    home = make_home(tmp_path / "home")
    good = {"site": "s", "url": "good", "seen": ["2026-09-01T02:00:00Z"], "title": "Hej"}
    path = write_lines(tmp_path / "ads.jsonl", [good, line])  # type: ignore[list-item]
    code, _, err = run("import", str(path), "--home", str(home))
    assert (code, "1 ads taken in, 1 lines refused." in err, f"line 2: {reason}" in err) == (3, True, True)


def test_importing_twice_changes_nothing(home: Path, partner: Path) -> None:
    before = json_of("clusters", "--home", str(home))
    assert run("import", str(partner / "ads.jsonl"), "--images", str(partner / "pictures"), "--home", str(home))[0] == 4
    assert run("night", "--no-crawl", "--home", str(home))[0] == 0
    assert json_of("clusters", "--home", str(home)) == before


def test_a_file_that_is_not_there_is_2_and_a_picture_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    assert run("import", str(tmp_path / "none.jsonl"), "--home", str(home))[0] == 2
    assert not list((home / "data" / "landing").iterdir())


def test_a_live_installation_without_its_legal_basis_refuses_with_7(tmp_path: Path, partner: Path) -> None:
    home = make_home(tmp_path / "home", kind="live")
    code, _, err = run("import", str(partner / "ads.jsonl"), "--home", str(home))
    assert (code, "review_date is empty" in err, list((home / "data" / "landing").iterdir())) == (7, True, [])
