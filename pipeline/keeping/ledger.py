"""The ledger of erasures: kept outside every backup, so that a restore can do again what a backup does not know of."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime

from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping.erasure import sync

FOLDER, FILE = "ledger", "erasures.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One erasure or wish not to be contacted: a pseudonym of a key epoch, when (ISO 8601, UTC), on which request, erase or dnc."""

    contact_id: str
    kind: str
    key_epoch: int
    what: str
    request: str
    at: str


def append(home: Home, entry: Entry) -> None:
    """Add an entry, on the disk before this returns."""
    folder = home.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / FILE
    before = path.read_text("utf-8").splitlines() if path.exists() else []
    chain = json.loads(before[-1])["chain"] if before else ""
    line = json.dumps({**asdict(entry), "chain": _chain(home, chain, entry)}, ensure_ascii=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (line + "\n").encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    sync(folder)


def entries(home: Home) -> list[Entry]:
    """Read the ledger.

    Raises:
        Failure: a line was changed, removed or moved (6).
    """
    path = home.root / FOLDER / FILE
    found: list[Entry] = []
    chain = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.exists() else [], start=1):
        row = json.loads(line)
        stated = row.pop("chain")
        entry = Entry(**row)
        chain = _chain(home, chain, entry)
        if not hmac.compare_digest(chain, stated):
            raise Failure(Exit.INTEGRITY, f"{path}: line {number} was changed outside Lykta. Nothing was restored; put the right ledger back.")
        found.append(entry)
    return found


def entry_of(row: tuple[str, str, int], *, what: str, request: str, at: datetime) -> Entry:
    """Make an entry of (pseudonym, kind, key epoch)."""
    return Entry(contact_id=row[0], kind=row[1], key_epoch=row[2], what=what, request=request, at=at.isoformat())


def _chain(home: Home, before: str, entry: Entry) -> str:
    text = json.dumps([before, asdict(entry)], sort_keys=True)
    return hmac.new(bytes.fromhex(home.key("audit")), text.encode(), hashlib.sha256).hexdigest()
