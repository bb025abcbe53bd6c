"""Kill a piece of work at the n-th step that touches the disk, as a power cut would, with every n until it gets through."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

STEPS = ("replace", "fsync", "unlink")


def run_and_kill(work: Callable[[], None], at_step: int) -> bool:
    """Run work in a child that dies by SIGKILL right before its `at_step`-th step. Returns whether it got through."""
    child = os.fork()
    if child == 0:
        kill_before_step(at_step)
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise RuntimeError(f"the work failed by itself at step {at_step}")
    return os.WIFEXITED(status)


def kill_everywhere(work: Callable[[int], Callable[[], None]], *, every: int = 1) -> Iterator[tuple[int, bool]]:
    """Yield (step, got through) for every n-th step until the work gets through; `work(step)` gives the work to be killed at that step."""
    step, through = 1, False
    while not through:
        through = run_and_kill(work(step), step)
        yield step, through
        step += every


def kill_before_step(at_step: int) -> list[int]:
    """Arm this process to die right before its n-th step that touches the disk; never with 0. Returns the steps left, which go on counting below 0."""
    left = [at_step]

    def armed(real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return step

    for name in STEPS:
        setattr(os, name, armed(getattr(os, name)))
    Path.unlink = armed(Path.unlink)  # type: ignore[method-assign, assignment]
    return left
