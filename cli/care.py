"""The work behind the caring commands: each opens what it needs, calls one function, and writes who did it into the audit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.common import write_private
from cli.desk import refuse_under_data
from cli.roles import admitted
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping import backup, carry_out, purge
from pipeline.keeping.deep import seal_files
from pipeline.keeping.erasure import rewrite_if_needed
from pipeline.keeping.requests import Wish, settle, wish_of
from pipeline.keeping.restore import Restored, restore
from pipeline.keeping.rotate import rotate
from pipeline.keeping.upgrade import upgrade
from pipeline.keeping.wishes import open_wishes
from pipeline.night import purge_settings
from pipeline.publish import pointer
from pipeline.report import Report
from pipeline.settings import read_settings
from pipeline.store import open_store


def settle_request(
    home: Home, name: str, *, granted: bool, user: str, password: str, identity: str, out: Path | None, at: datetime
) -> dict[str, Any]:  # fmt: skip
    """Check the account, settle the request and carry it out. Returns the receipt.

    Raises:
        Failure: wrong password or role (7), no such request (2), no file for an access (2), a night that does not end (5).
    """
    settings = read_settings(home)
    with open_wishes(home) as book:
        role = book.log_in(user, password, now=at)
        wish = wish_of(book, name)
    if granted and wish.what == "access" and out is None:
        raise Failure(Exit.USAGE, "Name the file to hand over with --out, outside the installation.")
    receipt: dict[str, Any] = {"request": wish.id, "wanted": wish.what, "answer": "granted" if granted else "refused", "by": user, "at": at.isoformat() + "Z"}
    if granted and wish.what == "access" and out is not None:
        refuse_under_data(home, out)
        _settle(home, wish, granted, identity, receipt, user, role, at)
        body = carry_out.access(home, settings, wish, who=f"access {wish.id}", now=at)
        write_private(out, json.dumps(body, ensure_ascii=False, indent=1, default=str).encode())
        return {**receipt, "file": str(out), "ads": len(body["ads"])}
    _settle(home, wish, granted, identity, receipt, user, role, at)
    if granted and wish.what in ("erase", "dnc"):
        carry_out.hide(home, wish, now=at)
    if granted and wish.what == "erase":
        gone = carry_out.erase(home, settings, who=f"erasure {wish.id}", now=at)
        receipt |= {"ads_deleted": gone.ads, "kept": "the pseudonym alone, so that the next crawl does not bring them back", "backups": "replayed at a restore"}
    return receipt


def _settle(home: Home, wish: Wish, granted: bool, identity: str, receipt: dict[str, Any], user: str, role: str, at: datetime) -> None:
    with open_wishes(home) as book:
        settle(book, wish, granted=granted, identity=identity, receipt=json.dumps(receipt, ensure_ascii=False), who=user, role=role, now=at)


def purge_now(home: Home, *, confirmed: bool, who: str, at: datetime) -> Report:
    """Purge outside a night, publish anew, and write the store's file anew.

    Raises:
        Failure: a night runs (5), or the role may not (7).
    """
    settings = read_settings(home)
    with open_wishes(home) as book:
        admitted(home, book, "purge", at)
    machine = settings.general.machine
    served = pointer(home.published)
    clock = datetime.fromisoformat(served["as_of"]) if home.kind == "demo" and served else at  # a made-up town lives in its own time
    with carry_out.patient_lock(home, who=who, now=at):
        con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
        try:
            con.execute("BEGIN")
            report = purge.run(con, purge_settings(home, settings, clock, confirmed=confirmed), clock)
            con.execute("COMMIT")
            carry_out.republish(con, home, settings)
        finally:
            con.close()
        rewrite_if_needed(home, machine)
        seal_files(home)
    return report


def make_backup(home: Home, folder: Path | None, *, casebook_only: bool, at: datetime) -> Path:
    """Write a backup; a whole one waits for the night to end."""
    target = folder or backup.folder_of(home)
    backup.refuse_inside(home, target)
    with open_wishes(home) as book:
        admitted(home, book, "backup", at)
    if casebook_only:
        return backup.make(home, target, now=at, casebook_only=True)
    with carry_out.patient_lock(home, who="lykta backup", now=at):
        return backup.make(home, target, now=at)


def restore_from(home: Home, file: Path, *, drill: bool, at: datetime) -> Restored:
    """Restore a backup under the night's lock. The casebook may be lost, so an account is asked for only where it can be."""
    try:
        with open_wishes(home) as book:
            admitted(home, book, "restore", at)
    except Failure as failure:
        if failure.code != Exit.INTEGRITY:
            raise
    with carry_out.patient_lock(home, who="lykta restore", now=at):
        return restore(home, file, now=at, drill=drill)


def upgrade_store(home: Home, *, at: datetime) -> dict[str, int]:
    """Bring the store forward under the night's lock. Returns rows a table."""
    with open_wishes(home) as book:
        admitted(home, book, "backup", at)
    with carry_out.patient_lock(home, who="lykta upgrade", now=at):
        return upgrade(home, read_settings(home).general.machine)


def change_key(home: Home, name: str, *, who: str, at: datetime) -> int:
    """Change a key, or finish a change that was interrupted. Returns the new epoch."""
    if not home.rotation.exists():
        with open_wishes(home) as book:
            admitted(home, book, "keys rotate", at)
    return rotate(home, name, who=who, now=at)


def may_ask(home: Home, action: str, purpose: str, *, at: datetime) -> Callable[[str], None]:
    """Check who asks, and return what notes a question with its purpose in the audit.

    On an analyst's own machine there is the analysts' key alone: no casebook, no audit; who may read that key is the guard there.

    Raises:
        Failure: the wrong role, or no purpose in a live installation (7).
    """
    if home.kind == "live" and not purpose.strip():
        raise Failure(Exit.POLICY, "Say what for, with --purpose: questions are logged with it.")
    if not (home.keys / "casebook.key").exists():
        return lambda question: None
    with open_wishes(home) as book:
        who = admitted(home, book, action, at)

    def note(question: str) -> None:
        with open_wishes(home) as book:
            book.audit(who=who, action=f"{action}: {purpose}"[:200], subject=" ".join(question.split())[:500], now=at)

    return note
