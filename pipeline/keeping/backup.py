"""Backups: the store, the casebook and the config as they are at one moment, in one sealed file; the keys are never in it."""

from __future__ import annotations

import hashlib
import hmac
import os
import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.home import MARKER, Home
from pipeline.keeping.erasure import sync
from pipeline.keeping.sealing import SealedWriter
from pipeline.keeping.wishes import open_wishes

VERSION = 1
KEPT_DAYS = 30  # a backup older than this would bring back what was let go of
EPOCHS = ("store", "casebook", "pseudonym", "vault")


def folder_of(home: Home) -> Path:
    """Return where backups go when nobody says otherwise."""
    return home.data / "backups"


def installation_of(key: str) -> str:
    """Return the name by which an installation knows its own backups; it follows from the backup key and says nothing of it."""
    return hmac.new(bytes.fromhex(key), b"installation", hashlib.sha256).hexdigest()[:16]


def make(home: Home, folder: Path, *, now: datetime, casebook_only: bool = False) -> Path:
    """Write a backup and return its file. The caller holds the night's lock, unless it is of the casebook alone.

    Raises:
        Failure: the folder cannot be written (2), a key is missing (8).
    """
    header: dict[str, Any] = {
        "version": VERSION, "installation": installation_of(home.key("backup")), "made": now.isoformat(), "what": "casebook" if casebook_only else "whole",
        "epochs": {name: home.epoch(name) for name in EPOCHS},
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"lykta-{header['what']}-{now:%Y%m%dT%H%M%SZ}.backup"
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            SealedWriter(file, key=home.key("backup"), header=header) as sealed,
            tarfile.open(fileobj=sealed, mode="w|") as tar,
        ):
            _fill(home, tar, casebook_only=casebook_only)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync(folder)
    _drop_old(folder, now)
    return path


def _fill(home: Home, tar: tarfile.TarFile, *, casebook_only: bool) -> None:
    copy = _casebook_copy(home)
    try:
        if copy is not None:
            tar.add(copy, "data/casebook.db")
    finally:
        if copy is not None:
            copy.unlink()
    if casebook_only:
        return
    tar.add(home.root / MARKER, MARKER)
    tar.add(home.config, "config")
    if home.store.exists():
        _settle_log(home)
        tar.add(home.store, "data/store.duckdb")


def _casebook_copy(home: Home) -> Path | None:
    """Copy the casebook as it is at one moment, encrypted with its own key, while others go on writing."""
    if not home.casebook.exists():
        return None
    copy = home.data / "casebook.copy"
    copy.unlink(missing_ok=True)
    with open_wishes(home) as book:
        book.con.execute(f"ATTACH ? AS copy KEY \"x'{home.key('casebook')}'\"", (str(copy),))  # the key was checked to be hex when the book was opened
        book.con.execute("SELECT sqlcipher_export('copy')")
        book.con.execute("DETACH copy")
    copy.chmod(0o600)
    return copy


def _settle_log(home: Home) -> None:
    """Have DuckDB write its log into the file, so that the file alone is whole."""
    con = connect(memory_limit="1GB", threads=2, spill=home.spill)
    try:
        attach(con, home.store, name="store", key=home.key("store"))
        con.execute("CHECKPOINT store")
    finally:
        con.close()


def _drop_old(folder: Path, now: datetime) -> None:
    for path in folder.glob("lykta-*.backup"):
        made = path.stem.rsplit("-", 1)[1]
        try:
            old = datetime.strptime(made, "%Y%m%dT%H%M%SZ") < now - timedelta(days=KEPT_DAYS)
        except ValueError:
            continue  # not one of ours by its name
        if old:
            path.unlink()


def refuse_inside(home: Home, folder: Path) -> None:
    """Refuse to put a backup where the data itself is, but for the folder made for it (7)."""
    target = folder.resolve()
    if target.is_relative_to(home.root.resolve()) and not target.is_relative_to(folder_of(home).resolve()):
        raise Failure(Exit.POLICY, f"{folder} lies inside the installation. Name a folder on another disk.")
