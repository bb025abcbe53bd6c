"""What a stage says when it is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of one stage: rows read, rows written, rows refused, and one sentence when there is something to say."""

    read: int
    written: int
    refused: int = 0
    note: str = ""
