"""Refusals that a person can act on: what, where, what to do, and the exit code that scripts rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line; scripts rely on them."""

    DONE = 0
    OUR_FAULT = 1
    USAGE = 2
    PARTLY = 3
    NOTHING = 4
    BUSY = 5
    INTEGRITY = 6
    POLICY = 7
    MISSING = 8
    INTERRUPTED = 130


class Failure(Exception):
    """Something that stops a command, said in one or more whole sentences."""

    def __init__(self, code: Exit, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.code = code
        self.sentences = sentences
