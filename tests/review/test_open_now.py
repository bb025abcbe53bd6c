"""No two colleagues are offered the same cluster; what a colleague has open is said politely, blocks nobody and is forgotten in ten minutes."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from review.open_now import OPEN_FOR, OpenNow
from tests.review.world import Site

NOW = datetime(2026, 11, 3, 9, 0)
NAMES = ("k-1", "k-2", "k-3")


def test_twenty_readers_who_ask_in_the_same_moment_are_offered_twenty_clusters() -> None:
    open_now, names, offered = OpenNow(), [f"k-{number}" for number in range(20)], []
    threads = [threading.Thread(target=lambda who=f"user{number}": offered.append(open_now.offer(who, names, now=NOW))) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(offered) == sorted(names)


def test_a_cluster_is_free_again_when_its_reader_moves_on_leaves_or_is_silent_for_ten_minutes() -> None:
    open_now = OpenNow()
    first = open_now.offer("anna", NAMES, now=NOW)
    beside = open_now.offer("bertil", NAMES, now=NOW)
    open_now.shown("anna", "k-3", now=NOW)
    moved_on = open_now.offer("cissi", NAMES, now=NOW)
    open_now.closed("cissi")
    left = open_now.offer("olle", NAMES, now=NOW)
    silent = open_now.offer("sara", NAMES, now=NOW + OPEN_FOR - timedelta(seconds=1)), open_now.offer("sara", NAMES, now=NOW + OPEN_FOR)
    assert (first, beside, moved_on, left, silent) == ("k-1", "k-2", "k-1", "k-1", ("", "k-1"))


def test_the_page_offers_each_reader_another_cluster_and_says_what_a_colleague_has_open(site: Site, clusters: list[str]) -> None:
    anna, bertil, cissi = (site.client(name) for name in ("anna", "bertil", "cissi"))
    offered = [client.get("/ko/nasta").to for client in (anna, bertil, cissi)]
    assert offered == [f"/kluster/{name}" for name in clusters[:3]]
    by_hand = bertil.get(offered[0])
    assert (by_hand.status, "även hos <bdi>anna</bdi>" in by_hand.text, 'href="/ko/nasta?efter=' in by_hand.text) == (200, True, True)
    assert bertil.get("/ko").text.count("öppet hos <bdi>anna</bdi>") == 1


def test_when_colleagues_have_all_that_is_left_open_the_queue_says_so_until_they_are_done(site: Site, clusters: list[str]) -> None:
    site.clock.ahead += OPEN_FOR.total_seconds()
    readers = {name: site.client(name) for name in ("anna", "bertil", "cissi")}
    for name, cluster in zip(("anna", "bertil"), clusters, strict=False):
        assert readers[name].get(f"/kluster/{cluster}").status == 200
    for cluster in clusters[2:]:
        assert readers["cissi"].decide(cluster, "dismiss").status == 303
    full = readers["cissi"].get("/ko/nasta")
    told = readers["cissi"].get(full.to).text
    site.clock.ahead += OPEN_FOR.total_seconds()
    later = readers["cissi"].get("/ko/nasta")
    assert (full.to, "har kollegor öppet just nu" in told, later.to) == ("/ko?upptaget=1", True, f"/kluster/{clusters[0]}")
