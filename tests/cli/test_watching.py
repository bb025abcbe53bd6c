"""A crawl says how far it is: on a terminal in a table, elsewhere once a minute."""

from __future__ import annotations

import pytest

from cli import watching
from crawler.run import progress

COUNTS = {"pages": 120, "ads": 40, "new": 9, "unchanged": 30, "stood": 41, "rejected": 1, "errors": 2, "pause_s": 5.0, "left": 300, "seconds": 660.0}


def test_progress_says_pages_new_errors_pause_and_time_left() -> None:
    assert progress(COUNTS) == "120 pages, 40 read (9 new), 71 as they were, 1 not understood, 2 errors, 5 s between pages, 300 left, about 28 min"
    early = {"pages": 1, "ads": 0, "rejected": 0, "errors": 0, "pause_s": 5.0, "left": 12, "seconds": 1.0}
    assert progress(early) == "1 pages, 0 read (0 new), 0 not understood, 0 errors, 5 s between pages, 12 left"
    assert watching.cells(COUNTS) == ["120", "40", "9", "71", "1", "2", "5 s", "300", "28 min"]


def test_where_nobody_watches_a_site_speaks_once_a_minute(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: now[0])
    with watching.watching() as counts:
        for now[0] in (0.0, 2.0, 59.0, 61.0):
            counts("exempel", COUNTS)
            counts("annan", COUNTS)
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == ["exempel", "annan", "exempel", "annan"]
