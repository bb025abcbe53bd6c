"""Limits that hold for the whole process: a question that makes one enormous value is past DuckDB's own limits before DuckDB looks at them."""

from __future__ import annotations

import os
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.failure import Exit

BEYOND_S = 15.0  # seconds after the time limit; DuckDB looks at its clock between values, not within one


@contextmanager
def capped_memory(more: int) -> Iterator[None]:
    """Let this process take so many bytes more than it has now, here; what asks for more fails, and the process goes on. A lower limit stays.

    The limit is taken back at the end: a program started from the same process later would have it too.
    """
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + more
    if soft == resource.RLIM_INFINITY or wanted < soft:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End the process with one line (7) when what is done here takes longer: it holds nothing that could be lost."""
    timer = threading.Timer(seconds, _end, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    print(f"Ended after {seconds:g} seconds: one value of this question is too large to be stopped in between. Ask for less.", file=sys.stderr, flush=True)
    os._exit(int(Exit.POLICY))
