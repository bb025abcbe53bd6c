"""How time and memory grow with the number of ads; writes docs/SCALE.md.

    python -m benchmarks.scale 10000 30000          developing seed 7; `--again` measures anew what is kept in build/scale/

Each size runs in a process of its own, so that peak memory is that size's. A town of five nights is landed: four of them are run at once, as a
rebuild is, and the last one as any night is. Processor seconds count all processes of the stage and hardly change with what else the
machine does; seconds by the clock do.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.scale_page import page
from benchmarks.worlds import AS_OF, UNTIL, scratch, town_home
from pipeline.home import Home, find_home
from pipeline.night import run_stages
from pipeline.settings import read_settings

SEED, NIGHTS = 7, 5
ROOT = Path(__file__).resolve().parent.parent
KEPT, PAGE = ROOT / "build" / "scale", ROOT / "docs" / "SCALE.md"


def main(arguments: Sequence[str]) -> int:
    """Measure the sizes that are not kept yet, one after the other, then write the page from those asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("sizes", type=int, nargs="+", help="ads")
    parser.add_argument("--again", action="store_true", help="measure anew what is kept")
    parser.add_argument("--page", type=Path, default=PAGE)
    asked = parser.parse_args(arguments)
    KEPT.mkdir(parents=True, exist_ok=True)
    for ads in sorted(asked.sizes):
        if asked.again or not kept_file(ads).exists():
            print(f"{ads:,} ads ...", file=sys.stderr, flush=True)
            kept_file(ads).write_text(json.dumps(measure(ads), indent=1), "utf-8")
    asked.page.write_text(page([json.loads(kept_file(ads).read_text("utf-8")) for ads in sorted(asked.sizes)]), "utf-8")
    return 0


def kept_file(ads: int) -> Path:
    """Return where a size's figures are kept."""
    return KEPT / f"{ads}.json"


def measure(ads: int, seed: int = SEED) -> dict[str, Any]:
    """Return what a size took: `whole` and `last_night`, each a list of stages; bytes on disk; and how busy the machine was beside it."""
    with scratch() as folder:
        _run("--town", str(folder), str(ads), str(seed))
        said = _run("--inside", str(folder))
        return {"ads": ads, "seed": seed, **json.loads(said.strip().splitlines()[-1])}


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "benchmarks.scale", *words], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return done.stdout


def nights_of(home: Home) -> dict[str, Any]:
    """Run all nights but the last at once, then the last, and return what both took."""
    last = sorted(home.landing.glob(f"*-{UNTIL:%Y%m%d}.duckdb"))
    aside = home.root / "aside"
    aside.mkdir()
    for path in last:
        path.rename(aside / path.name)
    whole = stages(home, days_ago=1)
    for path in last:
        (aside / path.name).rename(path)
    tonight = stages(home, days_ago=0)
    published = sum(path.stat().st_size for path in home.published.rglob("*.duckdb"))
    return {"whole": whole, "last_night": tonight, "store_bytes": home.store.stat().st_size, "published_bytes": published, "load": os.getloadavg()[1]}


def stages(home: Home, *, days_ago: int) -> list[dict[str, Any]]:
    """Run the night and return for each stage its seconds by clock and processor, and the peak memory so far in MB.

    `start` is what comes before the first stage (the indicators' examples are tried, the store is opened), `close` what comes after the last.
    """
    settings = dataclasses.replace(read_settings(home), sites=())
    begun, ended = [], [_moment()]
    reports = run_stages(
        home, settings, AS_OF - timedelta(days=days_ago), fetch_photos=None, photos_since=None,
        begin=lambda line: begun.append(_moment()), say=lambda line: ended.append(_moment()),
    )  # fmt: skip
    closed = _moment()
    inside = [_took(report.stage, first, last, report.peak_mb) for report, first, last in zip(reports, begun, ended[1:], strict=True)]
    return [_took("start", ended[0], begun[0], 0), *inside, _took("close", ended[-1], closed, 0)]


def _moment() -> tuple[float, float]:
    return time.monotonic(), processor_s()


def _took(stage: str, begun: tuple[float, float], ended: tuple[float, float], peak_mb: int) -> dict[str, Any]:
    return {"stage": stage, "clock_s": round(ended[0] - begun[0], 2), "cpu_s": round(ended[1] - begun[1], 2), "peak_mb": peak_mb}


def processor_s() -> float:
    """Return the processor seconds of this process and of those it started that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _inside(folder: Path) -> None:
    started = time.monotonic()
    found = nights_of(find_home(folder / "home"))
    print(json.dumps({**found, "clock_s": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--town"]:
        town_home(Path(sys.argv[2]), seed=int(sys.argv[4]), ads=int(sys.argv[3]), nights=NIGHTS)
    elif sys.argv[1:2] == ["--inside"]:
        _inside(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
