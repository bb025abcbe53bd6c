"""How long 100,000 landed ads take from ingest to publish with nothing known before, and how much memory, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.worlds import run_night, scratch, town_home

ADS = 100_000
FROM_OBSERVED = ("match", "persona", "link", "cluster", "detect", "score", "publish")


def measure(ads: int = ADS) -> dict[str, float]:
    """Return seconds from landing to publish, seconds of the stages after observe, and the peak memory of one process in MB."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.speed", "--inside", str(ads)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _inside(ads: int) -> None:
    with scratch() as folder:
        made = subprocess.run([sys.executable, "-m", "benchmarks.speed", "--town", str(folder), str(ads)], check=True)
        assert made.returncode == 0
        home, _ = _found_home(folder)
        reports = run_night(home)
    for report in reports:
        print(f"{report.stage:<8} {report.seconds:7.1f} s {report.peak_mb:6} MB read {report.read} written {report.written}", file=sys.stderr)
    print(
        json.dumps(
            {
                "landed_to_published_s": sum(report.seconds for report in reports),
                "observed_to_published_s": sum(report.seconds for report in reports if report.stage in FROM_OBSERVED),
                "peak_mb": max(report.peak_mb for report in reports),
            }
        )
    )


def _found_home(folder):  # type: ignore[no-untyped-def]
    from pathlib import Path

    from pipeline.home import find_home

    return find_home(Path(folder) / "home"), None


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        _inside(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--town"]:
        from pathlib import Path

        town_home(Path(sys.argv[2]), seed=7, ads=int(sys.argv[3]), nights=5)
    else:
        print(measure(int(sys.argv[1]) if sys.argv[1:] else ADS))
