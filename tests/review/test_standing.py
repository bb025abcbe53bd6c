"""How clusters stand is read again exactly when somebody did something, in whichever process."""

from __future__ import annotations

import pytest

from pipeline.casebook.decisions import Entered, decide_on, read_second, stands, withdraw
from review import standing
from tests.review.world import Site


def test_what_anybody_does_is_seen_at_once_and_nothing_is_read_twice(site: Site, clusters: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    monkeypatch.setattr(standing, "stands", lambda book: (read.append(1), stands(book))[1])
    own, cluster, entered = standing.Standing(), clusters[0], Entered(decision="unsure", alternative="vänner", reason="rundresa", assessment={})
    with site.book() as here, site.book() as elsewhere:
        seen = [len(own.read(here)), len(own.read(here)), len(read)]
        number = decide_on(elsewhere, "anna", cluster, entered, based_on=0, form="f", run="r", now=site.clock())
        seen += [own.read(here)[cluster].decision, own.read(here)[cluster].second, len(read)]
        read_second(elsewhere, "bertil", own.read(here)[cluster], entered, now=site.clock())
        seen += [own.read(here)[cluster].second, len(read)]
        withdraw(elsewhere, "bertil", number, "second", now=site.clock())
        assert [*seen, own.read(here) == stands(here), len(read)] == [0, 0, 1, "unsure", "", 2, "bertil", 3, True, 4]
