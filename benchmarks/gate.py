"""Run the benchmarks that have floors and print one line for each: name, figure, floor, peer's figure, ok or short."""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
FIGURES = FOLDER.parent / "build" / "figures.json"


def main(only: Sequence[str] = ()) -> int:
    """Measure everything that has a floor, or the named modules alone; earlier figures of the others are kept. Returns 0 when all floors hold, 1 otherwise."""
    floors = tomllib.loads((FOLDER / "gate.toml").read_text("utf-8"))
    floors = {name: floor for name, floor in floors.items() if not only or floor["measure"].split(".")[0] in only}
    modules = sorted({floor["measure"].split(".")[0] for floor in floors.values()})
    figures: dict[str, float] = {}
    for name in modules:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        answer = importlib.import_module(f"benchmarks.{name}").measure()
        figures |= {f"{name}.{key}": value for key, value in answer.items()}
        _keep(figures)
    short = 0
    print(f"{'name':<42} {'figure':>10} {'floor':>12} {'peer':>10}  verdict")
    for name, floor in floors.items():
        short += not _print_line(name, floor, figures)
    return 1 if short else 0


def _keep(figures: dict[str, float]) -> None:
    """Write what was measured so far beside the earlier figures of the others, so that a module that fails costs only its own."""
    FIGURES.parent.mkdir(exist_ok=True)
    earlier = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    FIGURES.write_text(json.dumps(earlier | figures, indent=1, sort_keys=True), "utf-8")


def _print_line(name: str, floor: dict[str, Any], figures: dict[str, float]) -> bool:
    figure = figures[floor["measure"]]
    ok = figure >= floor["at_least"] if "at_least" in floor else figure <= floor["at_most"]
    bound = f">= {floor['at_least']}" if "at_least" in floor else f"<= {floor['at_most']}"
    peer = f"{figures[floor['peer']]:.3f}" if "peer" in floor else "-"
    print(f"{name:<42} {figure:>10.3f} {bound:>12} {peer:>10}  {'ok' if ok else 'SHORT'}")
    return bool(ok)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
