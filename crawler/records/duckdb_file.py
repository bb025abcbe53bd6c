"""Encrypted DuckDB files: open, attach, and never in plain text."""

from __future__ import annotations

import functools
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

_checked: set[str] = set()  # extensions whose signature DuckDB has checked in this process


@functools.cache
def _install_aes_writer() -> None:
    # DuckDB writes AES-GCM only with OpenSSL, which the httpfs extension carries; the wheel brings it without a download.
    import_extension("httpfs")


def quoted(text: str) -> str:
    """Quote a value as an SQL literal, for the statements that take no parameters (ATTACH, SET)."""
    return "'" + text.replace("'", "''") + "'"


def connect(*, memory_limit: str = "2GB", threads: int = 2, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory connection that can attach encrypted files and has no other way out.

    Args:
        memory_limit: DuckDB's own limit, such as "2GB".
        threads: 1 or more.
        spill: folder for temporary files, which DuckDB encrypts here; without it nothing spills to disk.
    """
    _install_aes_writer()
    # Checking the signature of 21 MB takes 0.1 s, so it is done once a process; what is loaded then stays loaded.
    con = duckdb.connect(config={"memory_limit": memory_limit, "threads": threads, "allow_unsigned_extensions": bool(_checked)})
    con.execute("LOAD httpfs")
    _checked.add("httpfs")
    con.execute("SET allow_unsigned_extensions = false")
    con.execute("SET disabled_filesystems = 'HTTPFileSystem'")
    con.execute("SET temp_file_encryption = true")
    con.execute(f"SET temp_directory = {quoted(str(spill) if spill else '')}")
    con.execute("SET preserve_insertion_order = false")
    return con


def attach(con: duckdb.DuckDBPyConnection, path: Path, *, name: str, key: str, read_only: bool = False) -> None:
    """Attach an encrypted DuckDB file under `name`; a missing file is created unless `read_only`.

    Raises:
        duckdb.Error: wrong key, a damaged file, or another process writes it.
        ValueError: the key is not 64 hex digits (256 bits).
    """
    if len(key) != 64:
        raise ValueError(f"the key for {path.name} is not 64 hex digits")
    mode = ", READ_ONLY" if read_only else ""
    con.execute(f"ATTACH {quoted(str(path))} AS {name} (ENCRYPTION_KEY {quoted(key)}{mode})")
