"""Every fault with the counts that are promised, or with small ones, into build/faults.json; whole counts into docs/FAULTS.md too.

Usage (as root): python -m benchmarks.faults [--short] [FAULT ...]
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "faults.json"
PAGE = ROOT / "docs" / "FAULTS.md"
HEAD = """# What was broken on purpose, and what came of it

Written by `python -m benchmarks.faults` (as root); one fault alone: `python -m benchmarks.faults night`. A line is written when a fault was tried with its
whole count. What readers see is torn when a table of the published snapshots cannot be read or they are of two nights; different means that after the
night was run again a table of the store or of a snapshot held another row than after a night that nothing happened to.

| fault | kept | tried | minutes | counts |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is done, and the arguments of its module for the promised counts and for a short look."""

    what: str
    whole: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


# each by its module
FAULTS: dict[str, Fault] = {
    "night": Fault(what="the night killed at named points and random moments, then run again", whole=("200",), short=("6",)),
    "rotation": Fault(what="the change of a key killed at every step that touches the disk", short=("--every", "12", "pseudonym")),
    "disk": Fault(what="a disk that fills up in the night", whole=("20",), short=("5",)),
    "flips": Fault(what="one bit flipped in store, snapshots or casebook, looked for by doctor --deep", whole=("200",), short=("20",)),
    "hashing": Fault(what="the child that hashes pictures killed", whole=("200",), short=("10",)),
    "clock": Fault(what="the machine's clock stepped under purge"),
    "page_kills": Fault(what="the page killed under eight people who decide", whole=("1000",), short=("10",)),
    "crawl_kills": Fault(what="a crawl killed at random moments and gone on with", whole=("20", "5000"), short=("5", "600")),
}


def main(arguments: list[str]) -> int:
    """Run them one after the other; returns how many did not keep what is promised."""
    short, names = "--short" in arguments, [name for name in arguments if not name.startswith("--")] or list(FAULTS)
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else {}
    broken = 0
    for name in names:
        report[name] = tried(name, FAULTS[name].short if short else FAULTS[name].whole) | {"whole": not short}
        broken += not report[name]["kept"]
        print(f"{name:<10}{'kept' if report[name]['kept'] else 'BROKEN':<8}{json.dumps(report[name]['counts'], ensure_ascii=False)}", flush=True)
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    if not short:
        PAGE.write_text(page(report), "utf-8")
    return broken


def tried(name: str, arguments: tuple[str, ...]) -> dict[str, Any]:
    """Try one fault in a process of its own, which says in build/NAME.log how far it is.

    Returns whether the promise was kept, the day, seconds, and the counts that it printed last.
    """
    began = time.monotonic()
    REPORT.parent.mkdir(exist_ok=True)
    with (REPORT.parent / f"{name}.log").open("w+", encoding="utf-8") as log:
        done = subprocess.run([sys.executable, "-m", f"benchmarks.faults.{name}", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        log.seek(0)
        heard = log.read().strip()
    last = (done.stdout.strip().splitlines() or [""])[-1]
    counts = json.loads(last) if last.startswith("{") else {"said": (last or heard)[-300:]}
    return {"kept": done.returncode == 0, "day": f"{datetime.now(UTC):%Y-%m-%d}", "seconds": round(time.monotonic() - began), "counts": counts}


def page(report: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page of what was tried with its whole count."""
    rows = [_row(FAULTS[name], report[name]) for name in FAULTS if name in report and report[name].get("whole")]
    return HEAD + "".join(rows)


def _row(fault: Fault, found: Mapping[str, Any]) -> str:
    counts = "; ".join(f"{name.replace('_', ' ')}: {json.dumps(value, ensure_ascii=False)}" for name, value in found["counts"].items())
    return f"| {fault.what} | {'yes' if found['kept'] else 'NO'} | {found['day']} | {found['seconds'] / 60:.0f} | {counts} |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
