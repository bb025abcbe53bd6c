"""New keys for old data, in steps that each may be the last before a power cut: doing it again finishes it.

A mark in the keys' folder says which key is being changed and from which epoch. The new key waits as `<name>.next`; the data is written
anew beside the old and put in its place in one step; only then do the key files change places. The old key stays as `<name>-<epoch>.key`:
an older backup needs it, and marks of people who do not want contact can be matched by no other.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import sqlcipher3

from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping import marks
from pipeline.keeping.carry_out import patient_lock, republish
from pipeline.keeping.deep import seal_files
from pipeline.keeping.erasure import clear, copy_tables, put_in_place, sync
from pipeline.keeping.rekey import rekey_tables
from pipeline.keeping.requests import wishes
from pipeline.keeping.suppression import write_suppressed
from pipeline.keeping.wishes import erased, open_wishes
from pipeline.publish import pointer
from pipeline.settings import Settings, read_settings
from pipeline.store import make_tables, open_store

REKEYED = ".rekeyed"
EPOCH = "INSERT INTO key_epoch VALUES ($name, $epoch) ON CONFLICT DO UPDATE SET epoch = excluded.epoch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One key being changed: its name, the epoch of the old one, both keys as hex."""

    name: str
    epoch: int
    old: str
    new: str


def rotate(home: Home, name: str, *, who: str, now: datetime) -> int:
    """Change a key, or finish a change that was interrupted. Returns the new epoch.

    Raises:
        Failure: a key that is not changed here (7), another change is unfinished or a night runs (5), a key file is gone (8).
    """
    if name not in CHANGES:
        why = "the audit's chain would have to be written anew" if name == "audit" else f"choose one of {', '.join(CHANGES)}"
        raise Failure(Exit.POLICY if name == "audit" else Exit.USAGE, f"The {name} key is not changed: {why}.")
    if name == "landing" and any((*home.landing.glob("*.duckdb"), *home.landing.glob("held/*.duckdb"))):
        raise Failure(Exit.BUSY, "Landing files wait to be taken in. Run first: lykta night --no-crawl")
    if name == "pseudonym":
        _refuse_open_requests(home)
    settings = read_settings(home)
    with patient_lock(home, who=who, now=now):
        change = _begin(home, name)
        CHANGES[name](home, settings, change)
        _switch(home, change)
        _afterwards(home, settings, change)
        seal_files(home)
        home.rotation.unlink()
        sync(home.keys)
    return change.epoch + 1


def _refuse_open_requests(home: Home) -> None:
    """A request that waits names its contact by a pseudonym of the present key; it is settled before that key goes."""
    if home.casebook.exists() and not home.rotation.exists():
        with open_wishes(home) as book:
            waiting = [wish.id for wish in wishes(book)]
        if waiting:
            raise Failure(Exit.POLICY, f"Requests are open: {', '.join(waiting)}. Settle them first, with lykta request settle.")


def _begin(home: Home, name: str) -> Change:
    key, waiting = home.keys / f"{name}.key", home.keys / f"{name}.next"
    if home.rotation.exists():
        mark = json.loads(home.rotation.read_text("ascii"))
        if mark["key"] != name:
            raise Failure(Exit.BUSY, f"The change of the {mark['key']} key is unfinished. Run first: lykta keys rotate {mark['key']}")
    else:
        mark = {"key": name, "epoch": home.epoch(name)}
        _write(waiting, secrets.token_hex(32))
        _write(home.rotation, json.dumps(mark))
    kept = home.keys / f"{name}-{mark['epoch']}.key"
    old = (kept if kept.exists() else key).read_text("ascii").strip()
    new = (waiting if waiting.exists() else key).read_text("ascii").strip()
    return Change(name=name, epoch=int(mark["epoch"]), old=old, new=new)


def _write(path: Path, text: str) -> None:
    """Write a small file whole or not at all, mode 0600."""
    beside = path.with_name(path.name + ".part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync(path.parent)


def _switch(home: Home, change: Change) -> None:
    kept, waiting = home.keys / f"{change.name}-{change.epoch}.key", home.keys / f"{change.name}.next"
    if not kept.exists():
        _write(kept, change.old)
    if waiting.exists():
        os.replace(waiting, home.keys / f"{change.name}.key")
        sync(home.keys)


def _rows(home: Home, settings: Settings, change: Change) -> None:
    """Write the store anew with pseudonyms or sealed values of the new key; the store's own epoch says whether that was done."""
    machine = settings.general.machine
    if not home.store.exists():
        return
    open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads).close()
    fresh = home.store.with_name(home.store.name + REKEYED)
    clear(fresh)
    con = connect(memory_limit=machine.memory_limit, threads=machine.threads, spill=home.spill)
    try:
        attach(con, home.store, name="store", key=home.key("store"))
        done = con.execute("SELECT max(epoch) FROM store.key_epoch WHERE key = $name", {"name": change.name}).fetchall()[0][0] or 1
        if done > change.epoch:
            return
        vault = change if change.name == "vault" else _standing(home, "vault")
        attach(con, fresh, name="rekeyed", key=home.key("store"))
        con.execute("USE rekeyed")
        make_tables(con)
        rekey_tables(con, pseudonym=change if change.name == "pseudonym" else None, vault=vault)
        con.execute(EPOCH, {"name": change.name, "epoch": change.epoch + 1})
        con.execute("CHECKPOINT rekeyed")
        _let_go(con, "rekeyed")
        con.execute("CHECKPOINT store")
        _let_go(con, "store")
    finally:
        con.close()
    put_in_place(fresh, home.store)


def _standing(home: Home, name: str) -> Change:
    return Change(name=name, epoch=home.epoch(name), old=home.key(name), new=home.key(name))


def _let_go(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute("USE memory")
    con.execute("DETACH " + name)


def _store(home: Home, settings: Settings, change: Change) -> None:
    """Write the store anew under its new key; which key opens it says whether that was done."""
    if not home.store.exists():
        return
    fresh = home.store.with_name(home.store.name + REKEYED)
    clear(fresh)
    con = connect(memory_limit=settings.general.machine.memory_limit, threads=2, spill=home.spill)
    try:
        try:
            attach(con, home.store, name="store", key=change.old)
        except duckdb.Error:
            attach(con, home.store, name="store", key=change.new)
            return
        attach(con, fresh, name="rekeyed", key=change.new)
        con.execute("USE rekeyed")
        make_tables(con)
        copy_tables(con, "store", "rekeyed")
        con.execute("CHECKPOINT rekeyed")
        _let_go(con, "rekeyed")
        con.execute("CHECKPOINT store")
        _let_go(con, "store")
    finally:
        con.close()
    put_in_place(fresh, home.store)


def _casebook(home: Home, settings: Settings, change: Change) -> None:
    """Write the casebook anew under its new key. Nobody else may have it open: stop the review page first."""
    if not home.casebook.exists() or _opens(home.casebook, change.new):
        return
    fresh = home.casebook.with_name(home.casebook.name + REKEYED)
    fresh.unlink(missing_ok=True)
    con = sqlcipher3.connect(str(home.casebook), isolation_level=None)
    try:
        con.execute(f"PRAGMA key = \"x'{change.old}'\"")  # hex, as made by this program
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        con.execute(f"ATTACH ? AS fresh KEY \"x'{change.new}'\"", (str(fresh),))
        con.execute("SELECT sqlcipher_export('fresh')")
        con.execute("DETACH fresh")
    finally:
        con.close()
    fresh.chmod(0o600)
    for log in ("-wal", "-shm"):
        home.casebook.with_name(home.casebook.name + log).unlink(missing_ok=True)
    put_in_place(fresh, home.casebook)


def _opens(path: Path, key: str) -> bool:
    con = sqlcipher3.connect(str(path))
    try:
        con.execute(f"PRAGMA key = \"x'{key}'\"")
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return True
    except sqlcipher3.DatabaseError:
        return False
    finally:
        con.close()


def _nothing(home: Home, settings: Settings, change: Change) -> None:
    """A snapshot's key needs no old data: what it opens is published anew. A backup's old key stays for the old backups."""


def _afterwards(home: Home, settings: Settings, change: Change) -> None:
    """Publish anew under the new keys, and carry marks over to the new pseudonyms."""
    if change.name in ("landing", "backup", "casebook", "store") or not home.store.exists():
        return
    machine = settings.general.machine
    con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
    try:
        if change.name == "pseudonym":
            marks.carry_over(home, con)
        republish(con, home, settings)
    finally:
        con.close()
    with open_wishes(home) as book:
        contacts = [row[0] for row in erased(book)]
    if contacts and pointer(home.published):
        write_suppressed(home, contacts, [])


CHANGES: dict[str, Callable[[Home, Settings, Change], None]] = {
    "pseudonym": _rows,
    "vault": _rows,
    "store": _store,
    "casebook": _casebook,
    "landing": _nothing,
    "analyst": _nothing,
    "review": _nothing,
    "backup": _nothing,
}
