"""Kill the web process again and again under clients that decide. Usage: python -m benchmarks.faults.page_kills [KILLS] [CLIENTS]"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing
import random
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

from pipeline.casebook.book import Casebook
from pipeline.home import CHECKOUT, find_home
from review.serve import serve
from tests.review.world import Client, Reply, make_town

NAMES = ("anna", "bertil", "cissi")
PAUSE_S = (0.02, 0.6)  # how long a page lives after it answers
AGAIN_S = 0.1  # how long a client waits before it asks again; who asks more often takes the machine from the page that starts
PORTS = range(18_000, 32_000)  # below those that the kernel gives to clients: a client must not come to sit on the page's own
START_MAX_S = 180  # a page that starts on a machine with nothing to spare
PARENT = "benchmarks.faults.page_parent"
OUT = CHECKOUT / "build" / "page_kills.json"


@dataclass(slots=True, kw_only=True)
class Heard:
    """What the clients noted: the reason of each decision that was acknowledged, and how often a form was sent again because no answer came."""

    acknowledged: list[str] = field(default_factory=list)
    again: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


def kill_page(root: Path, *, kills: int, clients: int, seed: int = 1) -> dict[str, int | float]:
    """Serve an installation, kill its page `kills` times at random moments while `clients` decide and withdraw, and count what is stored then.

    Returns:
        kills; acknowledged: decisions whose answer came back; stored: decisions in the casebook; lost: acknowledged and not stored; doubled: stored
        more than once; again: forms sent anew after no answer; broken: 1 when the audit's chain is; start_s: seconds, the median, from a kill until the
        next page answers; seconds: of the whole.
    """
    heard, dice, began, starts = Heard(), random.Random(seed), time.monotonic(), list[float]()
    port = _free_port(dice)
    child = _start(root, port)
    people = [Client(port=port).log_in(NAMES[number % len(NAMES)]) for number in range(clients)]
    clusters = re.findall(r'href="/kluster/(k-\w+)"', people[0].get("/ko").text)
    threads = [
        threading.Thread(target=_decide_on_and_on, args=(client, clusters[number % len(NAMES)], number, heard), daemon=True)
        for number, client in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(dice.uniform(*PAUSE_S))
        killed = time.monotonic()
        _kill(child)
        child = _start(root, port)
        starts.append(time.monotonic() - killed)
    time.sleep(PAUSE_S[1])
    heard.stop.set()
    for thread in threads:
        thread.join(timeout=60)
    _kill(child)
    times = {"start_s": round(statistics.median(starts), 2), "seconds": round(time.monotonic() - began)}
    return {"kills": kills + 1, **_counted(root, heard), **times}


def _counted(root: Path, heard: Heard) -> dict[str, int]:
    home = find_home(root)
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        stored = [row[0] for row in book.con.execute("SELECT reason FROM judgement").fetchall()]
        broken = book.first_broken_row() is not None
    return {
        "acknowledged": len(heard.acknowledged),
        "stored": len(stored),
        "lost": len(set(heard.acknowledged) - set(stored)),
        "doubled": len(stored) - len(set(stored)),
        "again": heard.again,
        "broken": int(broken),
    }


def _decide_on_and_on(client: Client, cluster: str, number: int, heard: Heard) -> None:
    """Decide, and take back what stands, in turn; a form without an answer is sent again as it was, as a browser's reload does."""
    turn = 0
    while not heard.stop.is_set():
        page = _asked(heard, partial(client.get, f"/kluster/{cluster}"))
        if page is None or page.status != 200:
            continue
        if 'id="beslut"' not in page.text:
            standing = re.search(r'name="judgement" value="(\d+)"', page.text)
            _asked(heard, partial(client.post, "/beslut", {"judgement": standing.group(1) if standing else 0}))
            continue
        turn += 1
        form, reason = client.hidden(), f"client {number}, decision {turn}"
        reply = _asked(heard, partial(client.decide, cluster, "unsure", hidden=form, reason=reason), resend=True)
        if reply is not None and reply.status == 303 and "gjort=" in reply.to:
            heard.acknowledged.append(reason)


def _asked(heard: Heard, ask: Callable[[], Reply], *, resend: bool = False) -> Reply | None:
    """Return an answer; None when there came none, unless the question is to be put again until one comes or the end is near."""
    while True:
        try:
            return ask()
        except (OSError, http.client.HTTPException):
            if not resend or heard.stop.is_set():
                time.sleep(AGAIN_S)
                return None
            heard.again += 1
            time.sleep(AGAIN_S)


def _serve(root: str, port: int) -> None:
    serve(find_home(Path(root)), port=port, origins=frozenset(), room=None, ready=lambda address: None)


def _start(root: Path, port: int) -> BaseProcess:
    """Start the page as a process of its own, forked from one that has loaded the program and opened nothing, and wait until it answers."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([PARENT])
    child = forks.Process(target=_serve, args=(str(root), port), daemon=True)
    child.start()
    until = time.monotonic() + START_MAX_S
    while time.monotonic() < until and child.is_alive():
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return child
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"the page did not start: exit {child.exitcode}")


def _kill(child: BaseProcess) -> None:
    child.kill()
    child.join()


def _free_port(dice: random.Random) -> int:
    while True:
        port = dice.choice(PORTS)
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


def main(arguments: Sequence[str]) -> int:
    """Run, keep the counts in build/page_kills.json, and return 1 when a decision was lost or doubled."""
    kills, clients = (int(arguments[place]) if len(arguments) > place else usual for place, usual in ((0, 1000), (1, 8)))
    with tempfile.TemporaryDirectory() as folder:
        counts = kill_page(make_town(Path(folder)) / "home", kills=kills, clients=clients)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(counts, indent=1), "utf-8")
    print(json.dumps(counts))
    return int(bool(counts["lost"] or counts["doubled"] or counts["broken"] or not counts["acknowledged"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
