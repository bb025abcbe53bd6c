"""Draw a crawl as it is watched in a terminal, as docs/crawl.svg, the picture in the README: a real crawl of the made-up sites, some seconds in."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console

from cli.crawling import find_chromium
from cli.watching import table
from crawler.records.site import Politeness
from crawler.run import Job, crawl_all
from pipeline.settings import read_site
from simulator.serve import serving
from simulator.town import Plan, town_of

ROOT = Path(__file__).resolve().parent.parent
PLAN = Plan(seed=7, ads=900, nights=30, until=date(2026, 11, 23))
PAUSE_S = 1.0  # seconds between requests; a real site is given five
SHOWN_AT, ADS_MAX = 15, 30  # ads of each site at which the picture is taken, and at which its crawl ends


def main() -> None:
    """Write the picture."""
    frames: list[dict[str, Mapping[str, float]]] = []
    latest: dict[str, Mapping[str, float]] = {}

    def counted(site: str, counts: Mapping[str, float]) -> None:
        latest[site] = counts
        frames.append(dict(latest))

    with tempfile.TemporaryDirectory() as folder, serving(town_of(PLAN), PLAN) as running:
        jobs = [_job(Path(folder), name, site.config) for name, site in running.items()]
        crawl_all(
            jobs, key="0" * 64, started_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0), chromium=find_chromium(), log_folder=Path(folder) / "log",
            on_progress=lambda line: None, user_agent="Lykta/0.1 (picture; kontakt@exempel.example)", on_counts=counted,
        )  # fmt: skip
    _draw(_frame(frames))


def _job(folder: Path, name: str, text: str) -> Job:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    site = replace(read_site(path), politeness=Politeness(delay_s=PAUSE_S, timeout_s=15.0))
    return Job(site=site, landing=folder / f"{name}.duckdb", ads_max=ADS_MAX)


def _frame(frames: list[dict[str, Mapping[str, float]]]) -> dict[str, Mapping[str, float]]:
    """Return the first moment at which every site is well under way."""
    whole = (frame for frame in frames if len(frame) == len(frames[-1]))
    return next((frame for frame in whole if min(counts["ads"] for counts in frame.values()) >= SHOWN_AT), frames[-1])


def _draw(latest: Mapping[str, Mapping[str, float]]) -> None:
    console = Console(record=True, width=112, file=io.StringIO(), highlight=False)
    console.print(table(latest))
    drawn = re.sub(r"@font-face\s*\{[^}]*\}", "", console.export_svg(title="lykta crawl"))  # no font is fetched from anywhere
    (ROOT / "docs" / "crawl.svg").write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
