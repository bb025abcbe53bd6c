"""Every command that a paper, a unit or a sentence of ours names exists, with the options that it is named with."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

import cli

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [
    *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "docs" / "units").iterdir()), *sorted((ROOT / "config").rglob("*.toml")),
    *(ROOT / name for name in ("README.md", "Containerfile")),
]  # fmt: skip
CODE = [path for package in ("cli", "crawler", "pipeline", "review") for path in sorted((ROOT / package).rglob("*.py"))]
QUOTED = re.compile(r"`lykta( [^`]*)`")
RUN = re.compile(r"(?:bin/lykta|^# Run: .* lykta|^lykta)( .*)", re.MULTILINE)  # a line to be typed, or what a unit starts
ENDS = re.compile(r"\s[|>#]|\s\.\.\.|;")


def commands_in(text: str, *, typed: bool) -> Iterator[str]:
    """Yield what stands after `lykta` wherever a text quotes a command, or gives a line to be typed."""
    found = QUOTED.findall(text) + (RUN.findall(text) if typed else [])
    yield from (" ".join(ENDS.split(one)[0].split()) for one in found)


tree = functools.cache(lambda: typer.main.get_command(cli.app))


def fault(command: str) -> str:
    """Return what is wrong with a command: a word that is none, an option that it has not; '' when it could be typed."""
    place, words = tree(), command.split()
    while hasattr(place, "commands"):
        if not words or words[0] in ("--help", "COMMAND"):
            return ""
        if words[0] not in place.commands:
            return f"lykta {command}: {words[0]} is no command"
        place = place.commands[words.pop(0)]
    known = {name for parameter in place.params for name in parameter.opts} | {"--help"}
    unknown = [word for word in words if word.startswith("--") and word.split("=")[0] not in known]
    return f"lykta {command}: no option {', '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize("kind", ["papers", "code"])
def test_every_command_that_is_quoted_exists_with_its_options(kind: str) -> None:
    named = {
        (path.name, command)
        for path in (PAPERS if kind == "papers" else CODE)
        for command in commands_in(path.read_text("utf-8"), typed=kind == "papers")
    }  # fmt: skip
    assert len(named) > (60 if kind == "papers" else 5)
    assert sorted(f"{name}: {wrong}" for name, command in named if (wrong := fault(command))) == []


def test_a_command_that_is_none_and_an_option_that_it_has_not_are_named() -> None:
    text = "`lykta sites forget exempel`, `lykta night --fast` and\nsudo -u lykta /opt/lykta/.venv/bin/lykta doctor --depe > file\n`lykta doctor`"
    assert [fault(command) for command in commands_in(text, typed=True)] == [
        "lykta sites forget exempel: forget is no command", "lykta night --fast: no option --fast", "", "lykta doctor --depe: no option --depe",
    ]  # fmt: skip
