"""Copy the figures that `make gate` measured into README.md, between its markers; never by hand."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from benchmarks.gate import FIGURES, FOLDER

README = FOLDER.parent / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"
# What each benchmark measures, and who is beside it in the same run.
BENCHMARKS = {
    "town": ("A made-up town of 5,000 ads, linked and ranked", "one group a phone number"),
    "towns": ("Ten made-up towns of 20,000 ads", "one group a phone number"),
    "speed": ("A night over 100,000 ads, nothing known before, two cores", ""),
    "start": ("The command line", "an empty Typer program"),
    "reading": ("Reading, on judging seeds", "phonenumbers, py3langid"),
    "review": ("The review page", ""),
    "templates": ("Texts of one template, 10,000 ads, by share of words changed", "datasketch"),
    "templates_million": ("Texts of a million ads in the store", ""),
    "photos": ("Reused pictures", "imagehash.phash or pdqhash alone"),
    "crawl": ("The crawl, politeness off", "a bare Scrapy or scrapy-playwright spider"),
    "crawl_addresses": ("Addresses that must not be reached", ""),
    "crawl_bombs": ("Packed, endless and dripping pages", ""),
    "crawl_memory": ("Memory of a crawl of 10,000 pages", ""),
    "crawl_night": ("A night of 200 sites and 20,000 pages, by a simulated clock", ""),
}


def main() -> int:
    """Write the tables. Returns 1 when nothing was measured yet or the README lacks its markers."""
    text = README.read_text("utf-8")
    if not FIGURES.exists() or START not in text or END not in text:
        print("Run make gate first; README.md needs its figures markers.", file=sys.stderr)
        return 1
    figures = json.loads(FIGURES.read_text("utf-8"))
    floors = tomllib.loads((FOLDER / "gate.toml").read_text("utf-8"))
    before, rest = text.split(START, 1)
    README.write_text(before + START + "\n" + "\n".join(tables(floors, figures)) + "\n" + END + rest.split(END, 1)[1], "utf-8")
    return 0


def tables(floors: Mapping[str, Mapping[str, Any]], figures: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of a table a benchmark; what was not measured yet is left out."""
    measured = [(name, floor) for name, floor in floors.items() if floor["measure"] in figures]
    for module, rows in groupby(measured, key=lambda row: row[1]["measure"].split(".")[0]):
        title, peer = BENCHMARKS.get(module, (module.replace("_", " "), ""))
        yield f"\n**{title}**\n\n| what | measured | floor | {peer or 'peer'} | times the peer |\n|---|---:|---|---:|---:|"
        for name, floor in rows:
            yield _row(name, floor, figures)


def _row(name: str, floor: Mapping[str, Any], figures: Mapping[str, float]) -> str:
    figure, bound = figures[floor["measure"]], f"at least {floor['at_least']}" if "at_least" in floor else f"at most {floor['at_most']}"
    peer = figures[floor["peer"]] if "peer" in floor else None
    ratio = _plain(figure / peer) if peer and not floor["measure"].endswith("ratio") else ""
    return f"| {floor.get('what', name.replace('_', ' '))} | {_plain(figure)} | {bound} | {'' if peer is None else _plain(peer)} | {ratio} |"


def _plain(figure: float) -> str:
    """Write a figure with three digits, a large one whole."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


if __name__ == "__main__":
    sys.exit(main())
