"""Step the machine's clock under `lykta purge`: forward, back, over a night of summer time, a leap day and a weekend. Nothing is deleted by a wrong clock.

The real command runs under libfaketime (Debian: apt-get install faketime). Usage: python -m benchmarks.faults.clock
"""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.casebook.book import Casebook
from tests.keeping.world import Installation, ad

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
PASSWORD = "ett ganska långt lösenord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one moment (naive UTC) to another, in a time zone; whether purge may delete then."""

    name: str
    base: datetime
    then: datetime
    zone: str = "UTC"
    may: bool = True
    flags: tuple[str, ...] = ()


WINTER = datetime(2027, 1, 15, 3)
STEPS = (
    Step(name="400 days forward", base=WINTER, then=WINTER + timedelta(days=400), may=False),
    Step(name="400 days forward, confirmed", base=WINTER, then=WINTER + timedelta(days=400), flags=("--clock-is-right",)),
    Step(name="three hours back", base=WINTER, then=WINTER - timedelta(hours=3), may=False),
    Step(name="to 1970", base=WINTER, then=datetime(1970, 1, 2), may=False),
    Step(name="half an hour back", base=WINTER, then=WINTER - timedelta(minutes=30)),
    Step(name="off over a long weekend", base=WINTER, then=WINTER + timedelta(days=4)),
    Step(name="the night that summer time begins", base=datetime(2027, 3, 28, 0, 50), then=datetime(2027, 3, 28, 1, 10), zone="Europe/Stockholm"),
    Step(name="the night that summer time ends", base=datetime(2027, 10, 31, 0, 30), then=datetime(2027, 10, 31, 1, 10), zone="Europe/Stockholm"),
    Step(name="a leap day", base=datetime(2028, 2, 28, 23, 50), then=datetime(2028, 2, 29, 0, 10), zone="Europe/Stockholm"),
)


def stepped(step: Step, folder: Path) -> dict[str, object]:
    """Purge an installation as the machine's clock says `then`. Returns what it did, and whether that is right."""
    town = Installation.at(folder)
    offset = (step.then.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()
    fake = {"LD_PRELOAD": str(LIBRARY), "FAKETIME": f"{offset:+.0f}", "DONT_FAKE_MONOTONIC": "1", "TZ": step.zone}
    purge = [sys.executable, "-m", "cli", "purge", *step.flags, "--home", str(folder)]
    done = subprocess.run(purge, cwd=ROOT, env={**os.environ, **fake}, capture_output=True, text=True, timeout=120)
    left = bool(town.holds("marke-1x"))
    right = (done.returncode, left) == ((0, not step.flags) if step.may else (7, True))
    return {"step": step.name, "exit": done.returncode, "text_left": left, "right": right, "said": done.stderr.strip()[-120:]}


def lived_until(base: datetime, folder: Path) -> Installation:
    """Return an installation whose only night was at the base."""
    town = Installation(folder, kind="live")
    town.night(base, ad(1, base))
    with Casebook.open(town.home.casebook, key=town.home.key("casebook"), audit_key=town.home.key("audit")) as book:
        book.add_user(getpass.getuser(), role="dpo", organisation="kommunen", password=PASSWORD, note_signed=True, now=base)
    return town


def main() -> None:
    if LIBRARY is None:
        sys.exit("libfaketime is not here. Debian: apt-get install faketime. The clock of tests/keeping/test_retention.py is handed in and needs none.")
    began, rows = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        lived = {base: lived_until(base, Path(folder) / f"{base:%Y%m%d}") for base in dict.fromkeys(step.base for step in STEPS)}
        for number, step in enumerate(STEPS):
            lived[step.base].copy(Path(folder) / f"step-{number}")
            rows.append(stepped(step, Path(folder) / f"step-{number}"))
    wrong = [row for row in rows if not row["right"]]
    print(json.dumps({"steps": len(rows), "wrong": wrong, "seconds": round(time.monotonic() - began)}, ensure_ascii=False))
    sys.exit(int(bool(wrong)))


if __name__ == "__main__":
    main()
