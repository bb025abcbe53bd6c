"""A look at every byte that is kept: seals of finished files, every cell read with its key, the casebook's own page check."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Failure
from pipeline.home import Home
from pipeline.keeping.wishes import open_wishes
from pipeline.publish import POINTER, pointer

SEALS = "seals.json"
KEY_OF = {"store": "store", "lykta": "analyst", "review": "review", "vault": "vault", "suppressed": "analyst"}


def seal_files(home: Home) -> int:
    """Write down a keyed digest of the store and of every snapshot as they are now. Returns how many files."""
    sealed = {path.name: [*_state(path), _digest(home, path)] for path in _files(home)}
    beside = home.data / (SEALS + ".new")
    beside.write_text(json.dumps(sealed), "ascii")
    beside.replace(home.data / SEALS)
    return len(sealed)


def damages(home: Home) -> list[str]:
    """Read everything. Returns a sentence for each damaged file; empty when all is whole.

    A file that was written since its seal is read cell by cell alone; one that was not must also have the digest it was sealed with, so
    that a flipped byte in a block that no table uses is found too.
    """
    found = []
    sealed = json.loads((home.data / SEALS).read_text("ascii")) if (home.data / SEALS).exists() else {}
    for path in _files(home):
        size, written, digest = sealed.get(path.name, (None, None, None))
        if (size, written) == _state(path) and digest != _digest(home, path):
            found.append(f"{path}: bytes have changed on the disk since it was written. {_advice(home, path)}")
        elif why := _unreadable(home, path):
            found.append(f"{path}: {why}. {_advice(home, path)}")
    current = pointer(home.published) if (home.published / POINTER).exists() else {}
    found += [
        f"{home.published / name}: is missing. {_advice(home, home.published / name)}"
        for kind, name in current.items()
        if kind in ("analyst", "review", "vault") and not (home.published / name).exists()
    ]
    return [*found, *_casebook(home)]


def _files(home: Home) -> list[Path]:
    return [*([home.store] if home.store.exists() else []), *sorted(home.published.glob("*.duckdb"))]


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _digest(home: Home, path: Path) -> str:
    digest = hmac.new(bytes.fromhex(home.key("audit")), path.name.encode(), hashlib.sha256)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _unreadable(home: Home, path: Path) -> str:
    con = connect(memory_limit="1GB", threads=2)
    try:
        attach(con, path, name="looked_at", key=home.key(KEY_OF[path.stem.split("-")[0]]), read_only=True)
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'looked_at'").fetchall():
            con.execute(f'SELECT bit_xor(hash(COLUMNS(*))) FROM looked_at."{table}"')  # a name of the catalogue
    except (duckdb.Error, RuntimeError, KeyError) as error:
        return f"a part of it cannot be read ({type(error).__name__})"
    finally:
        con.close()
    return ""


def _casebook(home: Home) -> list[str]:
    if not home.casebook.exists():
        return []
    try:
        with open_wishes(home) as book:
            book.con.execute("PRAGMA cipher_log_level = NONE")  # what is damaged is said once, by the caller
            pages = [row[0] for row in book.con.execute("PRAGMA cipher_integrity_check").fetchall()]
            rows = [row[0] for row in book.con.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
            broken = book.first_broken_row()
    except Exception as error:  # a damaged page may fail anywhere, in any of three libraries
        why = error.sentences[0] if isinstance(error, Failure) else f"{home.casebook}: a part of it cannot be read ({type(error).__name__})."
        return [f"{why} Restore the newest backup of the casebook."]
    if pages or rows:
        return [f"{home.casebook}: {len(pages) + len(rows)} damaged pages. Restore the newest backup of the casebook."]
    return [f"{home.casebook}: the audit chain is broken at row {broken}. Report it."] if broken is not None else []


def _advice(home: Home, path: Path) -> str:
    if path == home.store:
        return "Restore a backup: lykta restore FILE --yes"
    return "Publish anew: lykta night --no-crawl"
