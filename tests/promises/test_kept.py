"""What is promised of security and reliability names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.promises.kept import RELIABILITY, SECURITY, not_there
from tests.promises.page import ROOT


def test_every_promise_of_security_and_reliability_has_its_line_and_its_tests_exist() -> None:
    assert (list(SECURITY), list(RELIABILITY)) == (list(range(1, 18)), list(range(1, 12)))
    assert not_there(ROOT) == []


def test_a_test_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "tests" / "review").mkdir(parents=True)
    (tmp_path / "tests" / "review" / "test_killed.py").write_text("def test_every_acknowledged_decision_is_there_once() -> None: ...\n")
    missing = not_there(tmp_path)
    assert "S2: review/test_shown.py::test_no_control_or_format_character_is_left" in missing
    assert not [line for line in missing if line.startswith("R1:")]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_S15_every_package_is_locked_by_its_hash(lock: str) -> None:
    entries = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))
    packages = [entry for entry in entries if re.match(r"[a-z0-9][\w.\[\]-]*==", entry)]
    assert len(packages) > 30
    assert [entry.split()[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries[1:] if entry not in packages] == [], "a package without an exact version"
    assert "--require-hashes" in (ROOT / "tools" / "setup.sh").read_text("utf-8")
