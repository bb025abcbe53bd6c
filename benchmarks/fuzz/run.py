"""Give a parser its cases; note the slowest, and every way in which it failed that is none of its own answers."""

from __future__ import annotations

import os
import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.fuzz.inputs import Cases

HOUSE = str(Path(__file__).resolve().parents[2])


class BrokenPromise(Exception):
    """A parser answered, but with something that what comes after it cannot use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One parser: its cases, how it is asked, and the errors that are an answer ("this is none of mine") and no crash."""

    name: str
    cases: Cases[Any]
    ask: Callable[[Any], object]
    answers: tuple[type[Exception], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of it: cases tried, seconds of the slowest one and what it was, and each distinct crash with the first case that led to it."""

    parser: str
    cases: int
    slowest_s: float
    slowest: str
    crashes: tuple[tuple[str, str], ...]


def fuzz(parser: Parser, cases: int, *, seed: int = 1) -> Seen:
    """Try `cases` cases, the same ones for the same seed."""
    dice, slowest = random.Random(f"{parser.name} {seed}"), (0.0, "")
    crashes: dict[str, str] = {}
    for _ in range(cases):
        case = parser.cases(dice)
        began = time.perf_counter()
        try:
            parser.ask(case)
        except parser.answers:
            pass
        except Exception as error:
            crashes.setdefault(_place(error), repr(case)[:400])
        took = time.perf_counter() - began
        if took > slowest[0]:
            slowest = (took, repr(case)[:200])
    return Seen(parser=parser.name, cases=cases, slowest_s=slowest[0], slowest=slowest[1], crashes=tuple(sorted(crashes.items())))


def _place(error: Exception) -> str:
    """Say where an error came from: its kind, the last line of ours, and the line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(HOUSE) and "/.venv/" not in frame.filename and "/benchmarks/" not in frame.filename]
    places = [f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in [*ours[-1:], frames[-1]]]
    return f"{type(error).__name__} at {' from '.join(dict.fromkeys(places))}: {str(error)[:80]}"
