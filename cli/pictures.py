"""Hash pictures of a folder in the same child process as crawled ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawler.photo_hash import HashChild

Hashes = dict[str, tuple[tuple[str, bytes, int], ...]]
SIZE_MAX = 20 << 20  # bytes; a larger file is no picture of an ad


def hash_folder(folder: Path) -> tuple[Hashes, list[dict[str, str]]]:
    """Hash every file of a folder. Returns hashes by file name, and the files that could not be read with the reason."""
    return hash_files(sorted(path for path in folder.iterdir() if path.is_file()))


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
