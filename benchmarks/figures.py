"""Copy the figures that `make gate` measured into README.md, between its markers; never by hand."""

from __future__ import annotations

import json
import sys
import tomllib

from benchmarks.gate import FIGURES, FOLDER

README = FOLDER.parent / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"


def main() -> int:
    """Write the table. Returns 1 when nothing was measured yet or the README lacks its markers."""
    text = README.read_text("utf-8")
    if not FIGURES.exists() or START not in text or END not in text:
        print("Run make gate first; README.md needs its figures markers.", file=sys.stderr)
        return 1
    figures = json.loads(FIGURES.read_text("utf-8"))
    floors = tomllib.loads((FOLDER / "gate.toml").read_text("utf-8"))
    lines = ["| what | measured | floor | an afternoon's work |", "|---|---|---|---|"]
    for name, floor in floors.items():
        if floor["measure"] not in figures:
            continue  # not measured on this machine yet
        bound = f"at least {floor['at_least']}" if "at_least" in floor else f"at most {floor['at_most']}"
        peer = f"{figures[floor['peer']]:.3f}" if "peer" in floor else ""
        lines.append(f"| {name.replace('_', ' ')} | {figures[floor['measure']]:.3f} | {bound} | {peer} |")
    before, rest = text.split(START, 1)
    README.write_text(before + START + "\n" + "\n".join(lines) + "\n" + END + rest.split(END, 1)[1], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
