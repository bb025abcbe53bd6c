"""How fast the review page answers over 100,000 ads: queue and cluster page on the server, a decision's key to the next cluster in Chromium,
20 coordinators and 2 analysts while a snapshot is published, and how heavy a cluster page of 300 ads is.

Usage: python -m benchmarks.review [ADS] [SECONDS OF THE CROWD]
"""

from __future__ import annotations

import gzip
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.review_client import PASSWORD, Client
from benchmarks.review_crowd import crowd
from benchmarks.worlds import scratch
from cli.crawling import find_chromium
from pipeline import publish
from pipeline.casebook.book import Casebook
from pipeline.home import CHECKOUT, Home, create_home, find_home
from pipeline.masking import Masker
from pipeline.store import open_store

ADS, BIG = 100_000, 30
DECISIONS = 40  # by keyboard; of few clusters half are left for the crowd
COORDINATORS, CROWD_S = 20, 20.0
# The next cluster takes this one's place within the document: its heading says when it was on the screen.
NOTE_KEY = """
addEventListener("keydown", () => { window.pressed = performance.now(); window.painted = 0; }, true);
new PerformanceObserver(list => { window.painted = list.getEntries().at(-1).renderTime; }).observe({ type: "element" });
addEventListener("DOMContentLoaded", () => new MutationObserver(() => document.querySelector("main h1")?.setAttribute("elementtiming", "next"))
  .observe(document.documentElement, { childList: true }));
"""
SINCE_KEY = "() => window.painted && window.painted - window.pressed"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def measure(ads: int = ADS, crowd_s: float = CROWD_S) -> dict[str, float]:
    """Return p95 and p99 in milliseconds, answers of 500 and above, decisions lost, analysts' questions that failed, and the weight of a page in kB.

    Args:
        ads: how many the store has, at least 600; the floors are for 100,000 in the gate and 1,000,000.
        crowd_s: how long 20 coordinators and 2 analysts work; the floor is for 600.
    """
    with scratch() as folder:
        home = _town(folder / "home", ads)
        with _served(home) as port:
            client = Client(port)
            client.log_in("user0")
            queue = [client.timed("/ko") for _ in range(40)]
            names = [f"k-f{number:03d}" for number in range(_big(ads))]
            pages = [client.timed(f"/kluster/{name}") for name in names]
            figures = {"queue_p95_ms": _percentile(queue, 95), "cluster_300_p95_ms": _percentile(pages, 95), "page_300_kb": _weight(client, names[0])}
            painted, heard = _keys(port, min(DECISIONS, (_big(ads) + (ads - 300 * _big(ads)) // 20) // 2))
            figures |= {
                "key_to_next_p95_ms": _percentile(painted, 95),
                "key_to_next_p50_ms": _percentile(painted, 50),
                "key_heard_p95_ms": _percentile(heard, 95),
            }
            seen = crowd(
                home, port, names=[f"user{number + 1}" for number in range(COORDINATORS)], seconds=crowd_s, publish=partial(_publish_beside, home, ads)
            )
            return {**figures, **seen.figures(), "crowd_p99_ms": _percentile(seen.times, 99)}


def _town(folder: Path, ads: int) -> Home:
    home = create_home(folder, kind="demo")
    _publish(home, ads)
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        for number in range(COORDINATORS + 1):
            book.add_user(f"user{number}", role="coordinator", organisation="Påhittade", password=PASSWORD, note_signed=True, now=_now())
    return home


def _big(ads: int) -> int:
    """Return how many clusters of 300 ads stand among so many: half of the ads at most."""
    return min(BIG, ads // (2 * 300))


def _publish_beside(home: Home, ads: int) -> None:
    """Publish in a process of its own, as considerate of the page as docs/units/lykta-night.service makes the night."""
    subprocess.run([sys.executable, "-m", "benchmarks.review", "publish", str(home.root), str(ads)], cwd=CHECKOUT, check=True, preexec_fn=partial(os.nice, 10))


def _publish(home: Home, ads: int) -> None:
    """Fill a store of its own with made-up rows, and publish it as a night does."""
    path, as_of = home.data / f"bench-{secrets.token_hex(4)}.duckdb", _now()
    con = open_store(path, key=home.key("store"), spill=home.spill, threads=2)
    try:
        for statement in con.extract_statements((Path(__file__).parent / "review_store.sql").read_text("utf-8")):
            values = {"ads": ads, "big": _big(ads), "as_of": as_of}
            con.execute(statement, {name: values[name] for name in statement.named_parameters})
        keys = {kind: home.key(kind) for kind in ("analyst", "review", "vault")}
        settings = publish.PublishSettings(folder=home.published, keys=keys, masker=Masker(["noll"]))
        publish.run(con, settings, as_of)
    finally:
        con.close()
        path.unlink(missing_ok=True)
    publish.swap(home.published, as_of)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


@contextmanager
def _served(home: Home) -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    child = subprocess.Popen([sys.executable, "-m", "cli", "review", "--home", str(home.root), "--port", str(port)], cwd=CHECKOUT, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait(timeout=20)


def _percentile(values: list[float], share: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


def _weight(client: Client, name: str) -> float:
    """Return the kB of a cluster page with all it loads, each compressed."""
    paths = (f"/kluster/{name}", "/fil/style.css", "/fil/keys.js", "/fil/lykta.svg")
    return sum(len(gzip.compress(client.ask("GET", path)[2].encode())) for path in paths) / 1000


def _keys(port: int, decisions: int) -> tuple[list[float], list[float]]:
    """Press U on cluster after cluster in Chromium.

    Returns:
        Milliseconds by the browser's own clock from the key until the next cluster's heading was on the screen; and by the driver's clock until it
        heard of it, which measures the driver too.
    """
    painted, heard = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
        page = browser.new_page()
        page.add_init_script(NOTE_KEY)
        page.goto(f"http://127.0.0.1:{port}/logga-in")
        page.fill("[name=name]", "user0")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/ko*")
        page.goto(f"http://127.0.0.1:{port}/ko/nasta")
        for _ in range(decisions):
            page.fill("#alternative", "Vänner")
            page.fill("#reason", "Läst")
            page.evaluate("document.activeElement.blur()")
            page.wait_for_timeout(150)  # a person reads longer; the page reads ahead meanwhile
            before, start = page.url, time.perf_counter()
            page.keyboard.press("u")
            page.wait_for_function("before => location.href !== before && document.querySelector('#beslut')", arg=before, polling="raf")
            heard.append((time.perf_counter() - start) * 1000)
            painted.append(float(page.wait_for_function(SINCE_KEY).json_value()))
        browser.close()
    return painted, heard


if __name__ == "__main__" and sys.argv[1:2] == ["publish"]:
    _publish(find_home(Path(sys.argv[2])), int(sys.argv[3]))
elif __name__ == "__main__":
    size, crowd_length = (float(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in ((1, ADS), (2, CROWD_S)))
    print({name: round(value, 1) for name, value in measure(int(size), crowd_length).items()})
