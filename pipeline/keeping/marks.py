"""Marks of people who said no or were erased, made under an earlier pseudonym key, carried over when their contact is seen again."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from pipeline.home import Home
from pipeline.keeping.wishes import open_wishes
from pipeline.pseudonyms import contact_id, unseal

OLD = """SELECT contact_id, key_epoch FROM do_not_contact WHERE key_epoch < ? UNION SELECT contact_id, key_epoch FROM suppression WHERE key_epoch < ?"""
COPY_DNC = """INSERT INTO do_not_contact SELECT ?, kind, ?, reason, at FROM do_not_contact WHERE contact_id = ? ON CONFLICT (contact_id) DO NOTHING"""
COPY_ERASED = """INSERT INTO suppression SELECT ?, kind, ?, request, at FROM suppression WHERE contact_id = ? ON CONFLICT (contact_id) DO NOTHING"""


def carry_over(home: Home, con: duckdb.DuckDBPyConnection) -> int:
    """Give every mark of an earlier key a row under the present one, where the store knows the contact. Returns how many were found.

    The earlier keys are kept for this alone: a mark holds no value from which a new pseudonym could be made.
    """
    present = home.epoch("pseudonym")
    if present == 1 or not home.casebook.exists():
        return 0
    with open_wishes(home) as book:
        waiting: defaultdict[int, set[str]] = defaultdict(set)
        for old, epoch in book.con.execute(OLD, (present, present)).fetchall():
            waiting[epoch].add(old)
        if not waiting:
            return 0
        keys = {epoch: bytes.fromhex(home.old_key("pseudonym", epoch)) for epoch in waiting}
        vault, found = bytes.fromhex(home.key("vault")), 0
        for now, kind, sealed in con.execute("SELECT contact_id, kind, value FROM contact_vault ORDER BY contact_id").fetchall():
            value = unseal(vault, bytes(sealed))
            for epoch, marked in waiting.items():
                old = contact_id(keys[epoch], kind, value)
                if old in marked:
                    found += book.con.execute(COPY_DNC, (now, present, old)).rowcount
                    book.con.execute(COPY_ERASED, (now, present, old))
        return found
