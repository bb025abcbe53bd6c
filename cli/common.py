"""Options that many commands share, and the few steps that stand before most of them."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from pipeline.failure import Exit, Failure
from pipeline.home import Home, find_home

HomeOption = Annotated[Path | None, typer.Option("--home", help="The installation to work on; otherwise LYKTA_HOME, or the nearest folder upwards.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON with a stable, versioned shape.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="A date (2026-11-23) or UTC time to look at things from.")]


def now() -> datetime:
    """Return the present moment as naive UTC; the only clock that commands read."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def moment(text: str | None) -> datetime | None:
    """Read --as-of: a date means the end of that day, a time with zone is turned into UTC.

    Raises:
        Failure: neither a date nor a time (2).
    """
    if text is None:
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59))
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Failure(Exit.USAGE, f"--as-of {text}: write a date such as 2026-11-23 or a time such as 2026-11-23T02:10:00Z.") from error
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read


def home_of(named: Path | None) -> Home:
    """Find the installation a command works on (8 when there is none)."""
    return find_home(named)


def local_user() -> str:
    """Return the operating system's name of who runs the command, for the audit."""
    return getpass.getuser()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whoever might read an earlier one of that name."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o600)
        file.write(content)
