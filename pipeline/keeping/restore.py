"""Restore: a backup opened beside the living data, brought up to date with every erasure and with retention, then put in its place."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import sqlcipher3

from crawler.records.duckdb_file import attach, connect
from pipeline import publish
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping import ledger, purge
from pipeline.keeping.backup import EPOCHS, VERSION, installation_of
from pipeline.keeping.deep import seal_files
from pipeline.keeping.erasure import rewrite_if_needed, sync
from pipeline.keeping.sealing import SealedReader, Unsealable
from pipeline.keeping.suppression import FILE, write_suppressed
from pipeline.keeping.wishes import erased, open_wishes
from pipeline.night import purge_settings
from pipeline.settings import read_settings
from pipeline.store import open_store

SCRATCH = "restore"  # a whole installation beside the living one, with the same keys and the same ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore brought: when the backup was made, rows a table as they live and as they came back, and how many erasures were replayed."""

    made: datetime
    living: dict[str, int]
    restored: dict[str, int]
    replayed: int


def restore(home: Home, file: Path, *, now: datetime, drill: bool) -> Restored:
    """Restore a backup; a drill does everything in a scratch folder, compares, and leaves the living data alone. The caller holds the lock.

    Raises:
        Failure: the file is no backup, cut short, changed, newer, of another installation or another key (6); nothing was changed then.
    """
    scratch = Home(root=home.root / SCRATCH, kind=home.kind)
    shutil.rmtree(scratch.root, ignore_errors=True)
    try:
        made = unpack(home, file, scratch)
        replayed = bring_up_to_date(home, scratch, now=now)
        result = Restored(made=made, living=counts(home), restored=counts(scratch), replayed=replayed)
        if not drill:
            _put_in_place(home, scratch)
        return result
    finally:
        shutil.rmtree(scratch.root, ignore_errors=True)


def unpack(home: Home, file: Path, scratch: Home) -> datetime:
    """Check a backup from its first byte to its last and unpack it. Returns when it was made."""
    scratch.data.mkdir(parents=True, mode=0o700)
    try:
        with file.open("rb") as opened:
            reader = SealedReader(opened, key=home.key("backup"))
            _refuse_foreign(home, reader.header)
            with tarfile.open(fileobj=io.BufferedReader(reader, 1 << 20), mode="r|") as tar:
                _write_files(tar, scratch.root)
            reader.finish()
    except FileNotFoundError:
        raise Failure(Exit.USAGE, f"{file}: no such file.") from None
    except (Unsealable, tarfile.TarError, EOFError) as why:
        reason = str(why) if isinstance(why, Unsealable) else "it is cut short"
        raise Failure(Exit.INTEGRITY, f"{file.name}: {reason}. Nothing was changed. Take another backup.") from why
    for name in ("keys", ledger.FOLDER):
        (scratch.root / name).symlink_to(home.root / name)
    if not scratch.config.exists():  # a backup of the casebook alone: the rest is what lives
        _copy_rest(home, scratch)
    for folder in (scratch.published, scratch.landing):
        folder.mkdir(exist_ok=True, mode=0o700)
    return datetime.fromisoformat(str(reader.header["made"]))


def _write_files(tar: tarfile.TarFile, root: Path) -> None:
    """Write an archive's files and folders under a folder, as this user, with their times: seals go by them.

    By hand, because Python 3.11.2, which Debian 12 has, cannot be told to keep an archive inside its folder.

    Raises:
        tarfile.TarError: it holds something else, or a path that leads out of the folder.
    """
    for member in tar:
        target = root / member.name
        if not (member.isreg() or member.isdir()) or not target.resolve().is_relative_to(root.resolve()):
            raise tarfile.ExtractError(member.name)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = tar.extractfile(member)
        with target.open("xb") as out:
            shutil.copyfileobj(content, out, 1 << 20)  # type: ignore[arg-type]  # a regular file has content
        target.chmod(member.mode & 0o755)
        os.utime(target, (member.mtime, member.mtime))


def _copy_rest(home: Home, scratch: Home) -> None:
    shutil.copytree(home.config, scratch.config)
    if home.store.exists():
        shutil.copy2(home.store, scratch.store)


def _refuse_foreign(home: Home, header: dict[str, object]) -> None:
    version = header.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise Unsealable(f"it was written by a newer program (version {version}; this one reads {VERSION})")
    if header.get("installation") != installation_of(home.key("backup")):
        raise Unsealable("it is of another installation, or of an earlier backup key; put that key back into keys/backup.key to read it")
    epochs = header.get("epochs")
    for name in EPOCHS:
        now, then = home.epoch(name), epochs.get(name) if isinstance(epochs, dict) else None
        if now != then:
            raise Unsealable(f"the {name} key was changed since (epoch {then}, now {now}); only a backup made after that can be restored")


def bring_up_to_date(home: Home, scratch: Home, *, now: datetime) -> int:
    """Do again what the backup does not know of: every erasure and wish of the ledger, then purge. Returns how many entries were replayed."""
    entries = ledger.entries(home)
    with open_wishes(scratch) as book:
        for entry in entries:
            row = (entry.contact_id, entry.kind, entry.key_epoch)
            reason = f"begäran {entry.request}".strip()
            book.con.execute("INSERT INTO do_not_contact VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id) DO NOTHING", (*row, reason, entry.at))
            if entry.what == "erase":
                book.con.execute("INSERT INTO suppression VALUES (?, ?, ?, ?, ?) ON CONFLICT (contact_id) DO NOTHING", (*row, entry.request, entry.at))
        contacts = [row[0] for row in erased(book)]
    if scratch.store.exists():
        _purge_and_publish(scratch, now)
    if contacts:
        write_suppressed(scratch, contacts, [])
    return len(entries)


def _purge_and_publish(scratch: Home, now: datetime) -> None:
    settings = read_settings(scratch)
    machine = settings.general.machine
    con = open_store(scratch.store, key=scratch.key("store"), spill=scratch.spill, memory_limit=machine.memory_limit, threads=machine.threads)
    try:
        clock = now if scratch.kind != "demo" else con.execute("SELECT coalesce(max(purged_at), $now) FROM purged", {"now": now}).fetchall()[0][0]
        con.execute("BEGIN")
        purge.run(con, purge_settings(scratch, settings, clock, confirmed=True), clock)
        con.execute("COMMIT")
        publish.run(con, publish.publish_settings(scratch, settings.reading.number_words_of_all_languages()), clock)
        publish.swap(scratch.published, clock)
    finally:
        con.close()
    rewrite_if_needed(scratch, machine)


def _put_in_place(home: Home, scratch: Home) -> None:
    """Put the restored files in place of the living ones, the pointer to the snapshots last; a kill in between is mended by restoring again."""
    for log in ("casebook.db-wal", "casebook.db-shm", "store.duckdb.wal"):
        (home.data / log).unlink(missing_ok=True)
    home.published.mkdir(parents=True, exist_ok=True)
    for path in (scratch.casebook, scratch.store):
        if path.exists():
            os.replace(path, home.data / path.name)
    old = {path.name for path in home.published.glob("*.duckdb")}
    fresh = [path for path in scratch.published.iterdir() if path.name != publish.POINTER]
    for path in fresh:
        os.replace(path, home.published / path.name)
    if (scratch.published / publish.POINTER).exists():
        os.replace(scratch.published / publish.POINTER, home.published / publish.POINTER)
        for name in old - {path.name for path in fresh} - {FILE}:
            (home.published / name).unlink()
    if not home.config.exists():
        shutil.copytree(scratch.config, home.config)
    sync(home.data)
    sync(home.published)
    seal_files(home)


def counts(home: Home) -> dict[str, int]:
    """Return the rows of every table of store and casebook; a store that cannot be opened counts nothing."""
    found: dict[str, int] = {}
    if home.store.exists():
        con = connect(memory_limit="1GB", threads=2)
        try:
            attach(con, home.store, name="store", key=home.key("store"), read_only=True)
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' ORDER BY table_name").fetchall():
                found[f"store.{table}"] = int(con.table(f"store.{table}").count("*").fetchall()[0][0])
        except duckdb.Error:
            found["store: cannot be opened"] = 0
        finally:
            con.close()
    if home.casebook.exists():
        found |= _casebook_counts(home)
    return found


def _casebook_counts(home: Home) -> dict[str, int]:
    try:
        with open_wishes(home) as book:
            tables = [row[0] for row in book.con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()]
            return {f"casebook.{table}": int(book.con.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in tables}
    except (Failure, sqlcipher3.DatabaseError):
        return {"casebook: cannot be opened": 0}
