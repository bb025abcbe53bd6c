"""Who may do what on the command line, checked and audited before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cli.common import local_user
from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure
from pipeline.home import Home

ACTIVE = "SELECT role FROM user WHERE name = ? AND note_signed_at IS NOT NULL AND name NOT IN (SELECT user FROM closed_account)"

# Who may do what in a live installation. Elsewhere everything is made up or lawfully held, and any local user may.
ROLES: Mapping[str, frozenset[str]] = {
    "queue": frozenset({"coordinator", "approver"}),
    "urgent": frozenset({"coordinator", "approver"}),
    "clusters": frozenset({"coordinator", "approver"}),
    "explain": frozenset({"coordinator", "approver"}),
    "elsewhere": frozenset({"coordinator", "approver"}),
    "link judgements": frozenset({"coordinator", "approver"}),
    "link history": frozenset({"coordinator", "approver"}),
    "link train": frozenset({"admin"}),
    "photos compare": frozenset({"coordinator", "approver"}),
    "list": frozenset({"coordinator", "approver", "outreach"}),
    "safeguarding": frozenset({"safeguarding"}),
    "evaluate": frozenset({"coordinator", "approver", "analyst"}),
    "indicators sensitivity": frozenset({"coordinator", "approver", "analyst", "dpo", "auditor"}),
    "bias": frozenset({"coordinator", "approver", "dpo", "auditor"}),
    "dnc add": frozenset({"coordinator", "approver", "dpo"}),
    "dnc": frozenset({"coordinator", "approver", "dpo"}),
    "access": frozenset({"coordinator", "approver", "dpo"}),
    "erase": frozenset({"coordinator", "approver", "dpo"}),
    "request list": frozenset({"coordinator", "approver", "dpo"}),
    "sql": frozenset({"analyst"}),
    "export": frozenset({"analyst"}),
    "incident": frozenset({"dpo", "auditor"}),
    "backup": frozenset({"admin"}),
    "restore": frozenset({"admin"}),
    "keys rotate": frozenset({"admin"}),
    "purge": frozenset({"admin", "dpo"}),
    "hold": frozenset({"safeguarding"}),
    "disclosure": frozenset({"dpo", "safeguarding"}),
    "sites accept": frozenset({"coordinator", "approver", "admin"}),
    "users add": frozenset({"admin"}),
    "audit verify": frozenset({"auditor", "dpo", "admin"}),
}


def admitted(home: Home, book: Casebook, action: str, at: datetime) -> str:
    """Return who asks, after the role was checked; what was asked for is audited either way.

    Raises:
        Failure: the operating system's user has no active account of the right role in a live installation (7).
    """
    who = local_user()
    if home.kind == "live":
        row = book.con.execute(ACTIVE, (who,)).fetchone()
        if row is None or row[0] not in ROLES[action]:
            book.audit(who=who, action=f"refused: {action}", subject="", now=at)
            needed = " or ".join(sorted(ROLES[action]))
            raise Failure(Exit.POLICY, f"{who} may not run {action}: it needs an active account as {needed}. An admin makes one with: lykta users add {who}")
    book.audit(who=who, action=action, subject="", now=at)
    return who
