"""A killed page loses no decision that it acknowledged, and doubles none."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.faults.page_kills import kill_page


def test_every_acknowledged_decision_is_there_once(town: Path, tmp_path: Path) -> None:
    counts = kill_page(Path(shutil.copytree(town / "home", tmp_path / "home")), kills=3, clients=4, seed=7)
    assert (counts["lost"], counts["doubled"], counts["broken"], counts["acknowledged"] > 0) == (0, 0, 0, True), counts
