"""Give every parser that meets foreign bytes many cases. Usage: python -m benchmarks.fuzz [--cases 10000] [--seed 1] [PARSER ...]

Prints one line a parser: cases, the slowest in milliseconds, crashes; and for each crash where, and the first case that led to it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.fuzz.parsers import parsers
from benchmarks.fuzz.run import fuzz

REPORT = Path(__file__).resolve().parents[2] / "build" / "fuzz.json"


def main(arguments: list[str]) -> int:
    """Run what was asked for; returns 1 when something crashed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("parser", nargs="*")
    named = asked.parse_args(arguments)
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        known = parsers(Path(folder))
        print(f"{'parser':<14}{'cases':>8}{'slowest ms':>12}{'crashes':>9}", flush=True)
        for name in named.parser or known:
            with known[name]() as parser:
                found = fuzz(parser, named.cases, seed=named.seed)
            seen.append(found)
            print(f"{name:<14}{found.cases:>8,}{found.slowest_s * 1000:>12.1f}{len(found.crashes):>9}", flush=True)
            for place, case in found.crashes:
                print(f"    {place}\n        {case}", flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([asdict(one) for one in seen], ensure_ascii=True, indent=1), "utf-8")
    return int(any(one.crashes for one in seen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
