"""A partner's file of a few made-up ads, an installation that took it in, and commands run as a person or a script runs them."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from PIL import Image

import cli

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "ett ganska långt lösenord"
CIRCUIT = (("Helsingborg", 1), ("Malmö", 9), ("Lund", 17))
PEOPLE = (("Lina", "22"), ("Mia", "27"), ("Eva", "32"), ("Sara", "37"))
TEXT = (
    "Hej jag heter {name} och är {age} år. Jag är i {city} några dagar och tycker om lugna stunder, god musik och långa samtal vid ett fönster. "
    "Ring vår reception på {phone} så ordnar vi en tid som passar dig bra."
)


def run(*arguments: str) -> tuple[int, str, str]:
    """Run a command in this process. Returns exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(list(arguments))
    return code, out.getvalue(), err.getvalue()


def json_of(*arguments: str) -> Any:
    """Run a command with --json and return its answer."""
    _, out, err = run(*arguments, "--json")
    assert out, err
    return json.loads(out)


def typed(arguments: Sequence[str], *answers: str, seconds: float = 60.0) -> tuple[int, str]:
    """Run a command on a terminal of its own, typing an answer at each prompt. Returns exit code and what the screen showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "cli", *arguments])
    waiting, screen, until = list(answers), b"", time.monotonic() + seconds
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if not ready:
            continue
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        screen += chunk
        if waiting and screen.rstrip().endswith(b":"):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), screen.decode("utf-8", "replace")


def ring_ads() -> list[dict[str, Any]]:
    """Four people on one phone and one template, in three towns one after the other."""
    ads = []
    for person, (name, age) in enumerate(PEOPLE):
        for city, day in CIRCUIT:
            url = f"https://exempel.example/{name.lower()}-{city.lower()}"
            body = TEXT.format(name=name, age=age, city=city, phone="noll sju noll ett sju fyra noll sex noll fem")
            seen = [f"2026-09-{day + offset:02d}T02:{10 + person}:00Z" for offset in range(3)]
            ads.append({"site": "exempel", "url": url, "seen": seen, "title": f"{name} i {city}", "body": body, "name": name, "age": age, "city": city})
    return ads


def other_ads() -> list[dict[str, Any]]:
    """People on their own, one possible sign of need, one ad with an age under 18."""
    return [
        {"site": "exempel", "url": "https://exempel.example/anna", "seen": ["2026-09-19T02:00:00Z"], "title": "Anna i Lund", "name": "Anna", "age": "31",
         "body": "Jag arbetar för mig själv och bestämmer mina egna tider. Skriv gärna först till mig på 070-174 06 20.", "city": "Lund", "images": ["a.jpg"]},
        {"site": "exempel", "url": "https://exempel.example/rop", "seen": ["2026-09-19T02:00:00Z"], "title": "Hej", "name": "Eleonora", "age": "26",
         "body": "Ring 070-174 06 30. Jag måste betala tillbaka skulden innan jag får åka hem.", "city": "Malmö", "comments": ["hon verkade rädd"]},
        {"site": "exempel", "url": "https://exempel.example/ung", "seen": ["2026-09-19T02:00:00Z"], "title": "Ny", "name": "Gabriella", "age": "17",
         "body": "Jag är 17 år, ring 070-174 06 40.", "city": "Malmö", "images": ["a.jpg"]},
    ]  # fmt: skip


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """Write JSON Lines; a text stands as it is."""
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), "utf-8")
    return path


def draw(path: Path) -> Path:
    """Draw a picture of nothing in particular."""
    picture = Image.effect_mandelbrot((400, 300), (-2.0, -1.2, 0.8, 1.2), 60).convert("RGB")
    picture.save(path, "JPEG", quality=85)
    return path


def make_home(folder: Path, kind: str = "research") -> Path:
    """Make an installation with the command."""
    code, _, err = run("init", str(folder), "--for", kind, "--controller", "Exempelstads kommun")
    assert code == 0, err
    return folder


def subprocess_run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    return subprocess.run([sys.executable, "-m", "cli", *arguments], capture_output=True, text=True, cwd=ROOT, timeout=300, **options)
