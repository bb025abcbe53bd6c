"""A new night's snapshot is read ahead while the old one is served; nobody waits, and nothing is served half."""

from __future__ import annotations

import os
import shutil
import threading
import time

from pipeline.publish import POINTER
from review.parts import is_read, read_ahead
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


def test_what_waits_for_somebody_is_read_with_all_its_parts_before_it_is_opened(site: Site, clusters: list[str]) -> None:
    snapshot = site.place.snapshot()
    assert [is_read(snapshot, name, "sv") for name in clusters] == [True] * len(clusters)
    assert not any(is_read(snapshot, name, "en") for name in clusters[1:])
    with snapshot.ahead:
        read_ahead(snapshot, clusters[1:], "en")
    assert not any(is_read(snapshot, name, "en") for name in clusters[1:]), "one at a time reads ahead; the others go on with their own work"
    read_ahead(snapshot, clusters[1:], "en")
    assert [is_read(snapshot, name, "en") for name in clusters[1:]] == [True] * len(clusters[1:])


def test_what_is_kept_waits_for_nobody_who_reads_the_file(site: Site, clusters: list[str]) -> None:
    anna, snapshot = site.client("anna"), site.place.snapshot()
    with snapshot.lock:
        answers = [anna.get(f"/kluster/{name}").status for name in clusters]
    assert answers == [200] * len(clusters)


def test_writers_of_several_threads_take_turns_and_none_is_lost(site: Site) -> None:
    before = site.place.book().con.execute("SELECT count(*) FROM audit").fetchone()[0]
    writers = [threading.Thread(target=lambda who=f"writer {number}": [_note(site, who) for _ in range(5)]) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    book = site.place.book()
    assert (book.con.execute("SELECT count(*) FROM audit").fetchone()[0] - before, book.first_broken_row()) == (40, None)


def _note(site: Site, who: str) -> None:
    site.place.book().audit(who=who, action="looked", subject="", now=site.clock())
