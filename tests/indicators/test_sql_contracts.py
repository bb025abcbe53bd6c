"""Every SQL file opens with its contract: its name and what it is for, then what it reads or writes, its grain or its parameters.

What only makes tables says them by making them: its opening is one sentence.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.faults import COMMENT, PARAM

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "pipeline").rglob("*.sql"), *(ROOT / "indicators").glob("*.sql")])
CHANGES_OR_READS = re.compile(r"^(SELECT|WITH|INSERT|UPDATE|DELETE|SET|COPY|CREATE (OR REPLACE )?(TEMP )?TABLE .* AS\b)", re.MULTILINE)


def faults(name: str, text: str) -> list[str]:
    """Say what a file's opening lacks."""
    lines = text.splitlines()
    opening = "\n".join(line for line in lines[:12] if line.startswith("--"))
    wrong = [] if re.match(rf"-- {re.escape(name)}: \S", lines[0]) else ["its first line does not name it and say what it is for"]
    if not re.search(r"^-- .*\b(reads|writes|writer|grain|params)\b", opening, re.MULTILINE):
        wrong.append("it says neither reads, writes, grain nor params")
    unsaid = sorted({name for name in PARAM.findall(COMMENT.sub("", text)) if f"${name}" not in opening})
    return wrong + [f"its opening does not name ${name}" for name in unsaid]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_sql_file_opens_with_its_contract(path: Path) -> None:
    text = path.read_text("utf-8")
    if CHANGES_OR_READS.search(text):
        assert faults(path.stem, text) == []
    else:
        assert re.match(r"-- \S.*\.$", text.splitlines()[0]) and ("CREATE TABLE" in text or "COMMENT ON" in text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT 1", "its first line does not name it and say what it is for"),
        ("-- other: rows\n-- reads ad\nSELECT 1", "its first line does not name it and say what it is for"),
        ("-- planted: rows\nSELECT 1", "it says neither reads, writes, grain nor params"),
        ("-- planted: rows\n-- reads ad\nSELECT $days", "its opening does not name $days"),
    ],
)
def test_a_planted_fault_is_found(text: str, fault: str) -> None:
    assert fault in faults("planted", text)
