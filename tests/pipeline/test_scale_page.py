"""The page on growth says what each size took, and how much more the largest took than the smallest."""

from __future__ import annotations

from typing import Any

from benchmarks.scale_page import page


def took(ads: int, link_s: float) -> dict[str, Any]:
    """A size whose night has two stages."""
    stages = [
        {"stage": "ingest", "clock_s": 2.0, "cpu_s": 0.04, "peak_mb": 300},
        {"stage": "link", "clock_s": 9.0, "cpu_s": link_s, "peak_mb": 400},
    ]
    return {"ads": ads, "seed": 7, "whole": stages, "last_night": stages, "store_bytes": 5_000_000, "published_bytes": 2_000_000, "load": 1.2}


def test_each_size_has_a_line_and_each_stage_its_growth() -> None:
    lines = page([took(10_000, 2.0), took(100_000, 25.0)]).split("\n")
    assert "| 10,000 | 2 | 11 | 2 | 11 | 400 | 5 | 2 |" in lines and "| 100,000 | 25 | 11 | 25 | 11 | 400 | 5 | 2 |" in lines
    assert lines.count("| link | 2.0 | 25.0 | 12.5 |") == 2 and lines.count("| all | 2.0 | 25.0 | 12.3 |") == 2
    assert lines.count("| ingest | 0.0 | 0.0 |  |") == 2, "what takes no time has no growth"
    assert sum("it holds 10 times as many ads" in line for line in lines) == 2
