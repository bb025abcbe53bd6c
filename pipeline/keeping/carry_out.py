"""Carry out what was granted: an erasure under the night's lock, an access as one file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import duckdb

from pipeline import publish
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping import ledger, marks
from pipeline.keeping.casebook_purge import delete_decisions
from pipeline.keeping.deep import seal_files
from pipeline.keeping.erasure import Gone, forget_contacts, rewrite_if_needed
from pipeline.keeping.narrow import narrow_snapshots
from pipeline.keeping.requests import Wish
from pipeline.keeping.suppression import write_suppressed
from pipeline.keeping.wishes import erased, open_wishes
from pipeline.night import night_lock
from pipeline.pseudonyms import unseal
from pipeline.settings import Settings
from pipeline.store import keeping_sql, open_store

WAIT_S = 60.0
# an erasure is no purge: the moment of the last one stays, because the next night's look at the clock counts from it
ERASED = "INSERT INTO purged SELECT coalesce(max(purged_at), $now), $ads, $texts, coalesce(arg_max(overdue, purged_at), 0), '', false FROM purged"


@contextmanager
def patient_lock(home: Home, *, who: str, now: datetime, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the night's lock, waiting for a night that ends soon.

    Raises:
        Failure: it did not end in time (5).
    """
    until = time.monotonic() + wait_s
    while True:
        lock = night_lock(home, who=who, now=now)
        try:
            lock.__enter__()
        except Failure:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
            continue
        try:
            yield
        finally:
            lock.__exit__(None, None, None)
        return


def hide(home: Home, wish: Wish | None, *, now: datetime) -> None:
    """Have every reader leave the erased out from now on, and write the erasure into the ledger."""
    with open_wishes(home) as book:
        contacts = [row[0] for row in erased(book)]
    if wish is not None:
        row = (wish.contact_id, wish.kind, wish.key_epoch)
        ledger.append(home, ledger.entry_of(row, what=wish.what, request=wish.id, at=now))
    current = publish.pointer(home.published)
    tables = (("analyst", "ad_contact"), ("review", "contact"))
    write_suppressed(home, contacts, [(home.published / current[kind], home.key(kind), table) for kind, table in tables if kind in current])


def erase(home: Home, settings: Settings, *, who: str, now: datetime, wait_s: float = WAIT_S) -> Gone:
    """Delete everything of everybody who was erased: store, snapshots, the decisions on clusters that are no more.

    Raises:
        Failure: a night runs and does not end in time (5); readers leave the person out all the same, and the same command finishes it.
    """
    with patient_lock(home, who=who, now=now, wait_s=wait_s):
        return erase_locked(home, settings, now=now)


def erase_locked(home: Home, settings: Settings, *, now: datetime) -> Gone:
    """Do the work of `erase` for a caller that holds the night's lock."""
    machine = settings.general.machine
    con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
    try:
        marks.carry_over(home, con)
        with open_wishes(home) as book:
            contacts = [row[0] for row in erased(book)]
        con.execute("BEGIN")
        gone = forget_contacts(con, contacts)
        con.execute(ERASED, {"now": now, "ads": gone.ads, "texts": gone.texts})
        con.execute("COMMIT")
        clusters = {row[0] for row in con.execute("SELECT cluster_id FROM cluster").fetchall()}
        narrow_snapshots(con, home)
    finally:
        con.close()
    rewrite_if_needed(home, machine)
    with open_wishes(home) as book:
        decided = {row[0] for row in book.con.execute("SELECT DISTINCT cluster FROM judgement").fetchall()}
        delete_decisions(book, sorted(decided - clusters))
        book.con.execute("DELETE FROM tip WHERE contact_id IN (SELECT contact_id FROM suppression)")
        book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seal_files(home)
    return gone


def republish(con: duckdb.DuckDBPyConnection, home: Home, settings: Settings) -> None:
    """Publish the store again as it is now, under the current run's name, and drop every older snapshot."""
    current = publish.pointer(home.published)
    if not current:
        return
    as_of = datetime.fromisoformat(current["as_of"])
    publish.run(con, publish.publish_settings(home, settings.reading.number_words_of_all_languages()), as_of)
    publish.swap(home.published, as_of, keep_previous=False)


def access(home: Home, settings: Settings, wish: Wish, *, who: str, now: datetime) -> dict[str, Any]:
    """Gather all that is kept about a contact, for the person it belongs to: ads, when they were seen, what was read, for how long it stays.

    Raises:
        Failure: nothing is kept about it (4), or a night runs (5).
    """
    machine = settings.general.machine
    with patient_lock(home, who=who, now=now):
        con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
        try:
            ads = con.execute(keeping_sql("access"), {"contact": wish.contact_id}).fetchall()
            names = [column[0] for column in con.description or ()]
            sealed = con.execute("SELECT value FROM contact_vault WHERE contact_id = $contact", {"contact": wish.contact_id}).fetchone()
        finally:
            con.close()
    if not ads:
        raise Failure(Exit.NOTHING, "Nothing is kept about this contact.")
    retention = settings.general.retention
    return {
        "request": wish.id, "made": now.isoformat() + "Z", "controllers": list(settings.general.legal_basis.controllers),
        "contact": unseal(bytes.fromhex(home.key("vault")), sealed[0]) if sealed else "no longer kept in clear",
        "kept_days": {name: getattr(retention, name) for name in retention.__dataclass_fields__},
        "ads": [dict(zip(names, row, strict=True)) for row in ads],
    }  # fmt: skip
