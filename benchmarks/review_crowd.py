"""Coordinators who read and decide and analysts who ask, while a snapshot is published."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape

from benchmarks.review_client import Client
from pipeline.casebook.book import Casebook
from pipeline.home import CHECKOUT, Home

ANALYSTS = 2
READING_S, THINKING_S = 4.0, 10.0  # a person reads; this one reads fast. An analyst looks at an answer before the next question
QUESTION = "SELECT band, count(*) AS clusters FROM cluster_priority GROUP BY band ORDER BY band"
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a crowd met: milliseconds of every page, answers of 500 and above, decisions acknowledged and lost, analysts' questions and their failures."""

    times: list[float] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    lost: int = 0
    asked: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the counts."""
        return {
            "crowd_answers": float(len(self.times)),
            "crowd_failures": float(len(self.failures)),
            "crowd_decisions": float(len(self.acknowledged)),
            "crowd_lost": float(self.lost),
            "crowd_questions": float(len(self.asked)),
            "crowd_questions_failed": float(sum(code != 0 for code in self.asked)),
        }


def crowd(home: Home, port: int, *, names: Sequence[str], seconds: float, publish: Callable[[], None]) -> Seen:
    """Let people work for some seconds while a snapshot is published, and count what became of it."""
    seen, until = Seen(), time.monotonic() + seconds
    spread = [2 * READING_S * number / len(names) for number in range(len(names))]  # people do not come in step
    threads = [threading.Thread(target=_coordinate, args=(port, name, until, seen, late)) for name, late in zip(names, spread, strict=True)]
    threads += [threading.Thread(target=_analyse, args=(home, until, seen)) for _ in range(ANALYSTS)]
    for thread in threads:
        thread.start()
    publish()
    for thread in threads:
        thread.join()
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        stored = {row[0] for row in book.con.execute("SELECT reason FROM judgement UNION ALL SELECT reason FROM second_reading").fetchall()}
    seen.lost = len(set(seen.acknowledged) - stored)
    return seen


def _coordinate(port: int, name: str, until: float, seen: Seen, late: float) -> None:
    time.sleep(late)
    client, turn = Client(port), 0
    client.log_in(name)
    while time.monotonic() < until:
        _page(client, seen, "/ko")
        time.sleep(READING_S)
        where, page = _page(client, seen, "/ko/nasta")
        time.sleep(READING_S)
        if 'id="beslut"' in page:
            turn += 1
            _decide(client, seen, where, page, f"{name} {turn}")


def _page(client: Client, seen: Seen, path: str) -> tuple[str, str]:
    """Open a page and what it moves on to; note the time of both together."""
    start = time.perf_counter()
    status, where, body = client.ask("GET", path)
    if where:
        status, _, body = client.ask("GET", where)
    _note(seen, start, status)
    return where or path, body


def _decide(client: Client, seen: Seen, where: str, page: str, reason: str) -> None:
    """Decide as unsure on the page that is open; a merge page is an answer, not an acknowledgement."""
    form = page[page.index('id="beslut"') :]
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(form[: form.index("</form>")])}
    start = time.perf_counter()
    status, to, _ = client.ask("POST", where.split("?")[0], {**hidden, "alternative": "Vänner", "reason": reason, "decision": "unsure"})
    _note(seen, start, status)
    if status == 303 and "gjort=" in to:
        seen.acknowledged.append(reason)


def _note(seen: Seen, start: float, status: int) -> None:
    seen.times.append((time.perf_counter() - start) * 1000)
    if status >= 500:
        seen.failures.append(status)


def _analyse(home: Home, until: float, seen: Seen) -> None:
    asked = [sys.executable, "-m", "cli", "sql", QUESTION, "--home", str(home.root)]
    while time.monotonic() < until:
        seen.asked.append(subprocess.run(asked, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode)
        time.sleep(THINKING_S)
