"""How long the event loop stands still: a callback that is due every two milliseconds notes by how much it is late."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

EVERY_S = 0.002
SCHED = Path("/proc/thread-self/schedstat")  # nanoseconds on a processor, nanoseconds waiting for one, times on one


def waited_s() -> float:
    """Return the seconds for which this thread was ready and had no processor: that is the machine's load, not this program's."""
    return int(SCHED.read_text().split()[1]) / 1e9


class Standstill:
    """Watches the running loop until it ends.

    Attributes:
        longest_s: the longest lateness, without what the thread waited for a processor.
        by_clock_s: the longest by the clock alone, as a machine with other work shows it.
        over: how many were longer than 50 ms.
    """

    def __init__(self) -> None:
        self.longest_s = self.by_clock_s = 0.0
        self.over = 0

    async def watch(self) -> None:
        """Note every lateness; to be run as a task of the loop that is watched."""
        while True:
            began, waited = time.perf_counter(), waited_s()
            await asyncio.sleep(EVERY_S)
            late = time.perf_counter() - began - EVERY_S
            own = late - (waited_s() - waited)
            self.by_clock_s, self.longest_s = max(self.by_clock_s, late), max(self.longest_s, own)
            self.over += own > 0.05
