"""A disk that fills up, in plain words: DuckDB, SQLite and the system each say it in their own, and what follows from it says something else again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.failure import Exit, Failure

WORDS = ("no space left", "disk is full")  # DuckDB and the system; SQLite


@contextmanager
def plain_when_full(where: str, *, served: str = "The old snapshot is served.") -> Iterator[None]:
    """Turn whatever a full disk leads to into one sentence; every other error passes.

    Args:
        where: what was being done, such as `stage publish`.
        served: what readers see now.

    Raises:
        Failure: the disk is full (1).
    """
    try:
        yield
    except Exception as error:
        if not comes_from_a_full_disk(error):
            raise
        raise Failure(Exit.OUR_FAULT, f"The disk is full ({where}). {served} Make room, then run the night again.") from error


def comes_from_a_full_disk(error: BaseException | None) -> bool:
    """Say whether an error, or one that led to it, is a full disk."""
    while error is not None:
        if getattr(error, "errno", None) == errno.ENOSPC or any(words in str(error).lower() for words in WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
