"""How long `lykta --help` takes, beside an empty Python and a bare Typer program, in turn, medians of five."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BARE = "import typer\napp = typer.Typer()\n@app.command()\ndef one():\n    'x'\n@app.command()\ndef two():\n    'x'\napp()\n"


def measure() -> dict[str, float]:
    """Return seconds of wall clock: help_s, and the same for a Typer program of two commands."""
    ours: list[float] = []
    peers: list[float] = []
    for _ in range(5):
        ours.append(_seconds([sys.executable, "-m", "cli", "--help"]))
        peers.append(_seconds([sys.executable, "-c", BARE, "--help"]))
    return {"help_s": statistics.median(ours), "peer_help_s": statistics.median(peers)}


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    print(measure())
