"""New weights written into config/linking.toml; everything else in the file, comments too, stays as it was."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.failure import Exit, Failure
from pipeline.train_links import as_toml
from pipeline.weigh import Chances

HEAD = re.compile(r"\[")
CHANCES = re.compile(r"\[link\.chances\.")
TRAINED = re.compile(r'(?m)^(trained_with\s*=\s*)"[^"\n]*"')


def with_chances(text: str, chances: Chances, *, trained_with: str, notes: Sequence[str]) -> str:
    """Return the file's text with other chances, the program that trained them, and notes as the comment above them.

    Raises:
        Failure: the file has no [link.chances...] tables or no trained_with to replace (8).
    """
    lines = text.splitlines(keepends=True)
    tables = [number for number, line in enumerate(lines) if CHANCES.match(line)]
    if not tables or not TRAINED.search(text):
        raise Failure(Exit.MISSING, "config/linking.toml has no [link.chances...] or no trained_with. Take both from the file that the program ships.")
    start, end = tables[0], len(lines)
    for number in range(tables[-1] + 1, len(lines)):
        if HEAD.match(lines[number]):
            end = number
            break
    while start and lines[start - 1].startswith("#") or start and not lines[start - 1].strip():
        start -= 1
    comment = "".join(f"# {note}\n" for note in notes)
    made = "".join([*lines[:start], "\n", comment, "\n", as_toml(chances), "\n", *lines[end:]])
    return TRAINED.sub(lambda found: f'{found[1]}"{trained_with}"', made)


def write_chances(path: Path, chances: Chances, *, trained_with: str, notes: Sequence[str]) -> None:
    """Put the new weights into the file, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(with_chances(path.read_text("utf-8"), chances, trained_with=trained_with, notes=notes), "utf-8")
    os.replace(fresh, path)
