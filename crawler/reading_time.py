"""How long a page may take to be read. What hangs inside a parser hears nobody, so it is ended together with its process, which begins anew without it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

READING_S = 20.0  # seconds of processor time; the heaviest page that is read takes two
WAITING = 10.0  # times as long by the clock, for a page that waits instead of working; ten programs may run beside on a busy machine
ENDED_BY = frozenset({-signal.SIGPROF, -signal.SIGALRM})  # how a process ends that took too long, as its parent is told


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End this process, whatever it does, when what is done here takes more processor time; the kernel does it, since a parser in C hears no Python.

    What was committed stays. The parent knows the end by `ENDED_BY`, and the page by what it was told before.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WAITING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def too_long(seconds: float) -> str:
    """Say why a page was left."""
    return f"took longer than {seconds:g} s to read"
