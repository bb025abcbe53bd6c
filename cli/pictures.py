"""Hash pictures of a folder in the same child process as crawled ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.photo_hash import HashChild
from pipeline import photo_compare
from pipeline.home import SHIPPED_CONFIG
from pipeline.settings import read_shipped

Hashes = dict[str, tuple[tuple[str, bytes, int], ...]]
SIZE_MAX = 20 << 20  # bytes; a larger file is no picture of an ad


def group_files(paths: Sequence[Path]) -> dict[str, Any]:
    """Group the given files whose pictures are the same: the body of `lykta photos group`."""
    hashes, unreadable = hash_files(paths)
    return photo_compare.group(hashes, unreadable, read_shipped(SHIPPED_CONFIG).linking.photos)


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
