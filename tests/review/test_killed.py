"""A killed page loses no decision that it acknowledged, and doubles none."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from pipeline.casebook.book import Casebook
from pipeline.home import find_home
from tests.review.world import Client

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4


def start(home: Path, port: int) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-m", "cli", "review", "--home", str(home), "--port", str(port)], cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return child
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the page did not start")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def decide_on_and_on(client: Client, cluster: str, name: str, acknowledged: list[str], stop: threading.Event) -> None:
    """Decide and withdraw in turn, noting each form whose answer came back; ask again after a crash with the same form."""
    number = 0
    while not stop.is_set():
        number += 1
        reason = f"skäl {name} {'x' * (number % 7)} {number}"
        try:
            hidden = client.open_cluster(cluster)
            reply = client.decide(cluster, "unsure", hidden=hidden, reason=reason)
            if reply.status == 303 and "gjort=" in reply.to:
                acknowledged.append(reason)
                client.post("/beslut", {"judgement": reply.to.split("gjort=")[1]})
        except (OSError, http.client.HTTPException, ValueError, AssertionError):
            time.sleep(0.02)


def test_every_acknowledged_decision_is_there_once(town: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(town / "home", tmp_path / "home"))
    port, names = free_port(), ("anna", "bertil", "cissi", "anna")
    child = start(folder, port)
    clients = [Client(port=port).log_in(name) for name in names]
    shown = clients[0].get("/ko").text
    clusters = [part.split('"')[0] for part in shown.split('href="/kluster/')[1:]]
    acknowledged: list[str] = []
    stop, chance = threading.Event(), random.Random(7)
    threads = [
        threading.Thread(target=decide_on_and_on, args=(client, clusters[number % len(clusters)], f"{name} {number}", acknowledged, stop))
        for number, (client, name) in enumerate(zip(clients, names, strict=True))
    ]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(0.3 + chance.random() * 0.5)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child = start(folder, port)
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join(timeout=60)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    home = find_home(folder)
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        stored = [row[0] for row in book.con.execute("SELECT reason FROM judgement").fetchall()]
        assert book.first_broken_row() is None
    assert acknowledged and set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
