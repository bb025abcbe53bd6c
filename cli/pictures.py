"""Hash pictures of a folder in the same child process as crawled ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.common import local_user
from cli.desk import open_book
from cli.roles import admitted
from crawler.photo_hash import HashChild
from pipeline import photo_compare
from pipeline.home import SHIPPED_CONFIG, Home
from pipeline.night import night_lock
from pipeline.photo_stops import stops
from pipeline.settings import read_settings, read_shipped
from pipeline.store import open_store

Hashes = dict[str, tuple[tuple[str, bytes, int], ...]]
SIZE_MAX = 20 << 20  # bytes; a larger file is no picture of an ad


def group_files(paths: Sequence[Path]) -> dict[str, Any]:
    """Group the given files whose pictures are the same: the body of `lykta photos group`."""
    hashes, unreadable = hash_files(paths)
    return photo_compare.group(hashes, unreadable, read_shipped(SHIPPED_CONFIG).linking.photos)


def compare_files(paths: Sequence[Path], home: Home | None, at: datetime) -> dict[str, Any]:
    """Group the given files, and where an installation is named say which of them never link there: the body of `lykta photos compare`.

    Raises:
        Failure: a night runs (5), or the role may not (7).
    """
    if home is None:
        return group_files(paths)
    hashes, unreadable = hash_files(paths)
    with open_book(home) as book:
        admitted(home, book, "photos compare", at)
    settings = read_settings(home)
    machine = settings.general.machine
    with night_lock(home, who=f"photos compare by {local_user()}", now=at):
        con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
        try:
            stopped = stops(con, hashes, settings.linking.photos)
        finally:
            con.close()
    return {**photo_compare.group(hashes, unreadable, settings.linking.photos), "never_link": stopped}


def hash_files(paths: Sequence[Path]) -> tuple[Hashes, list[dict[str, str]]]:
    """Hash the given files, named by their file names."""
    hashes: Hashes = {}
    unreadable: list[dict[str, str]] = []
    with HashChild() as child:
        for path in paths:
            result = child.hash(path.read_bytes()) if path.stat().st_size <= SIZE_MAX else "larger than 20 MB"
            if isinstance(result, str):
                unreadable.append({"file": path.name, "why": result})
            else:
                hashes[path.name] = result
    return hashes, unreadable
