"""The whole night on the made-up town: sites on loopback, a crawl, the stages, two made-up colleagues, queue and list."""

from __future__ import annotations

import json
import os
import pty
import secrets
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.crawling import find_chromium
from cli.desk import open_book, open_desk
from cli.nightly import run_night
from cli.tables import print_list, print_queue
from cli.terminal import print_lines, say
from pipeline import setup
from pipeline.failure import Exit, Failure
from pipeline.home import CHECKOUT, MARKER, Home, create_home
from simulator import command

SEED, NIGHTS = 1, 30
COLLEAGUES = ("påhittad-anna", "påhittad-bertil")
DECIDED = 6  # clusters at the head of the queue that the made-up colleagues decide
QUEUE_SHOWN = 12
SITES_START_S = 60
COMMAND_S = 60


def run_demo(folder: Path, *, ads: int, at: datetime) -> Exit:
    """Make the demo anew and show it. Returns 3 when a site could not be crawled, as without a Chromium.

    Raises:
        Failure: the folder holds something else than an earlier demo (7).
    """
    home, town = _clean(folder, at), folder.parent / f"{folder.name}-town"
    passwords = _hire(home, at)
    _land(home, town, ads, at)
    with _sites(town, ads, at) as configs:
        for config in configs:
            shutil.copy(config, home.config / "sites" / config.name)
        if find_chromium() is None:
            say("No Chromium could be had: the site that needs a browser is left out.")
        say("The night: crawl, then every stage ...")
        night = run_night(home, crawl=True, as_of=None, at=at, who="make demo", say=say)
    with open_desk(home, action="queue", as_of=None) as desk:
        rows = desk.queue()
    print_queue(rows[:QUEUE_SHOWN], made_up=True)
    say(f"{len(rows)} clusters wait, the first {min(len(rows), QUEUE_SHOWN)} are shown.")
    _decide(home, rows[:DECIDED], passwords)
    listed, csv_file = _take_out(home, folder)
    print_list(listed, made_up=True)
    print_lines(_where(home, town, csv_file, passwords))
    say(*(f"Failed: {line}" for line in night.failed))
    return Exit.PARTLY if night.failed else Exit.DONE


def _clean(folder: Path, at: datetime) -> Home:
    marker = folder / MARKER
    if folder.exists() and any(folder.iterdir()) and not (marker.is_file() and 'kind = "demo"' in marker.read_text("utf-8")):
        raise Failure(Exit.POLICY, f"{folder} holds something else than a demo. Name another folder with --folder.")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder.parent / f"{folder.name}-town", ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    home = create_home(folder, kind="demo")
    setup.write_legal_basis(home, controller="", officer="", import_days=365, today=at.date())
    return home


def _hire(home: Home, at: datetime) -> dict[str, str]:
    """Make the accounts of two made-up colleagues with passwords of this demo alone."""
    passwords = {name: secrets.token_urlsafe(12) for name in COLLEAGUES}
    with open_book(home) as book:
        for name, password in passwords.items():
            book.add_user(name, role="coordinator", organisation="Påhittade kommunen", password=password, note_signed=True, now=at)
    return passwords


def _land(home: Home, town: Path, ads: int, at: datetime) -> None:
    say(f"A made-up town: {ads} ads, {NIGHTS - 1} nights as landing files ...")
    command.simulate(
        town, seed=SEED, ads=ads, nights=NIGHTS, until=at.date().isoformat(), as_import=False, serve=False, limit=0, modes=[],
        key=home.key("landing"), say=say, without_last=True,
    )  # fmt: skip
    for path in sorted((town / "landing").glob("*.duckdb")):
        path.rename(home.landing / path.name)


@contextmanager
def _sites(town: Path, ads: int, at: datetime) -> Iterator[list[Path]]:
    """Serve the last night as sites on loopback, as a program of its own. Gives their config files."""
    arguments = ["simulate", str(town), "--serve", "--seed", str(SEED), "--ads", str(ads), "--nights", str(NIGHTS), "--until", at.date().isoformat()]
    ready = town / "ready.json"
    ready.unlink(missing_ok=True)
    child = subprocess.Popen([sys.executable, "-m", "cli", *arguments], cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SITES_START_S
        while not ready.is_file():
            if child.poll() is not None or time.monotonic() > until:
                raise Failure(Exit.OUR_FAULT, f"The made-up sites did not start. See what is wrong with: lykta {' '.join(arguments)}")
            select.select([], [], [], 0.1)
        say("Three sites on loopback: " + ", ".join(f"{name} {base}" for name, base in json.loads(ready.read_text("utf-8"))["sites"].items()))
        yield sorted((town / "sites").glob("*.toml"))
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()


def _decide(home: Home, rows: Sequence[Mapping[str, Any]], passwords: Mapping[str, str]) -> None:
    """Let the two colleagues decide the head of the queue, through the same commands that people use."""
    say(f"The made-up colleagues decide {len(rows)} clusters ...")
    first, second = COLLEAGUES
    for row in rows:
        decision, reason = colleague_rule(row)
        arguments = ["decide", row["cluster"], decision, "--user", first, "--reason", reason, "--alternative", _alternative(row), *ASSESSED]
        if _typed([*arguments, "--home", str(home.root)], passwords[first]) == 0 and decision == "approve":
            _typed(["approve", row["cluster"], "--user", second, "--home", str(home.root)], passwords[second])


ASSESSED = (
    "--channel", "message", "--person-safety", "påhittat: neutral text, ingen ringer upp", "--team-safety", "1", "--interpreter", "påhittat: telefontolk",
    "--legal", "påhittat: SoL 2025:400", "--minor-checked",
)  # fmt: skip


def colleague_rule(row: Mapping[str, Any]) -> tuple[str, str]:
    """Decide as the made-up colleagues do: what is blocked waits, one sign alone is unsure, all else is let through. Never reads the truth."""
    if row["blocked_by"]:
        return "unsure", "påhittat: något hindrar kontakt just nu"
    if len(row["why"]) < 2:
        return "unsure", "påhittat: ett enda tecken räcker inte"
    return "approve", "påhittat: flera tecken som pekar åt samma håll"


def _alternative(row: Mapping[str, Any]) -> str:
    return "påhittat: vänner som arbetar tillsammans kan se ut så här" if row["band"] != "A" else "påhittat: en byrå där alla bestämmer själva kan se ut så här"


def _typed(arguments: Sequence[str], password: str) -> int:
    """Run a command of ours on a terminal of its own and type the password when it asks. Returns its exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(CHECKOUT)
        os.execv(sys.executable, [sys.executable, "-m", "cli", *arguments])
    printed, sent, until = b"", False, time.monotonic() + COMMAND_S
    while time.monotonic() < until:
        readable, _, _ = select.select([terminal], [], [], 0.5)
        try:
            chunk = os.read(terminal, 4096) if readable else b" "
        except OSError:
            break  # the other end is closed: the command is done
        printed += chunk
        if not sent and b"Password of" in printed:
            os.write(terminal, password.encode() + b"\n")
            sent = True
        if not chunk:
            break
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    last = printed.decode("utf-8", "replace").strip().splitlines()
    say("  " + (last[-1].strip() if last else f"{arguments[0]}: exit {code}"))
    return code


def _take_out(home: Home, folder: Path) -> tuple[dict[str, Any], Path]:
    csv_file = folder.parent.parent / "build" / "demo" / "besokslista-pahittad.csv"
    with open_desk(home, action="list", as_of=None) as desk:
        body = desk.outreach_list()
        if body["rows"]:
            desk.take_out_csv(body, csv_file)
    return body, csv_file


def _where(home: Home, town: Path, csv_file: Path, passwords: Mapping[str, str]) -> list[str]:
    pointer = json.loads((home.published / "current.json").read_text("utf-8"))
    said = " och ".join(f"{name} ({password})" for name, password in passwords.items())
    return [
        "Where things are:",
        f"  installation        {home.root} (keys in {home.keys})",
        f"  store               {home.store} (encrypted)",
        f"  published snapshot  {home.published / pointer['analyst']} (encrypted, read-only)",
        f"  list as CSV         {csv_file if csv_file.exists() else 'none: the list is empty'}",
        f"  log                 {home.log}",
        f"  truth of the town   {town / 'truth.jsonl'}",
        f"  made-up colleagues  {said}",
        "What to type next, in this folder:",
        f"  export LYKTA_HOME={home.root}; alias lykta={CHECKOUT / '.venv/bin/lykta'}",
        "  lykta review                    the page where colleagues read and decide",
        "  lykta queue                     what waits to be read",
        "  lykta explain CLUSTER           why it stands where it stands",
        "  lykta urgent                    what a person should read today",
        f"  lykta evaluate {town / 'truth.jsonl'}",
        "  lykta doctor                    is everything in order",
    ]
