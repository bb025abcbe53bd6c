"""A new night's snapshot is read ahead while the old one is served; nobody waits, and nothing is served half."""

from __future__ import annotations

import os
import shutil
import time

from pipeline.publish import POINTER
from tests.review.world import Site


def test_a_new_snapshot_is_served_when_it_is_ready_and_the_old_one_until_then(site: Site, clusters: list[str]) -> None:
    anna, before = site.client("anna"), site.place.snapshot()
    pointer = site.home.published / POINTER
    shutil.copy(pointer, pointer.with_suffix(".copy"))
    os.replace(pointer.with_suffix(".copy"), pointer)
    until, answers = time.monotonic() + 20, []
    while site.place.snapshot() is before and time.monotonic() < until:
        answers.append(anna.get("/ko").status)
    after = site.place.snapshot()
    assert (after is before, after.run, set(answers) <= {200}) == (False, before.run, True)
    assert set(after.found) == {"sv", "en"}, "its candidates were read before anybody asked"
    assert anna.get(f"/kluster/{clusters[0]}").status == 200
