"""The store's rows under new pseudonyms and newly sealed values, written into a fresh database."""

from __future__ import annotations

import unicodedata
from typing import Protocol

import duckdb
import pyarrow as pa

from pipeline.pseudonyms import contact_id, seal, unseal

# Columns that hold a pseudonym; what is no pseudonym there (a picture group, a template) is in no map and stays as it is.
PSEUDONYMS = {
    "contact": "contact_id", "contact_vault": "contact_id", "persona": "contact_id", "excluded": "id", "link": "shared", "observed": "persona_name",
    "finding": "subject",
}  # fmt: skip
KNOWN = """SELECT contact_id FROM store.contact UNION SELECT contact_id FROM store.contact_vault
UNION SELECT id FROM store.excluded WHERE kind = 'contact'"""
NAMES = """SELECT DISTINCT observed.persona_name, version.name FROM store.observed AS observed
LEFT JOIN store.ad_version AS version USING (version_id) WHERE observed.persona_name <> ''"""


class Keys(Protocol):
    """An old key and a new one, as hex; alike when the key stays."""

    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...


def rekey_tables(con: duckdb.DuckDBPyConnection, *, pseudonym: Keys | None, vault: Keys) -> None:
    """Copy every table of `store` into the database in use, with pseudonyms of the new key and values sealed anew.

    What is kept in clear or sealed gives its new pseudonym. What is kept as a pseudonym alone (its text was let go of) gets one that no new
    ad will have: it stays linked to what it was linked to, and to nothing after.
    """
    values = [(old, kind, unseal(bytes.fromhex(vault.old), bytes(sealed))) for old, kind, sealed in con.execute("SELECT * FROM store.contact_vault").fetchall()]
    fresh = _pseudonyms(con, values, pseudonym) if pseudonym else {}
    con.register("map_rows", pa.table({"old": pa.array(list(fresh), pa.string()), "new": pa.array(list(fresh.values()), pa.string())}))
    con.execute("CREATE OR REPLACE TEMP TABLE pseudonym_map AS SELECT * FROM map_rows")
    con.unregister("map_rows")
    for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' ORDER BY table_name").fetchall():
        if table != "contact_vault":
            con.execute(f'INSERT INTO "{table}" BY NAME ' + _select(table))  # names come from the catalogue
    key = bytes.fromhex(vault.new)
    sealed_rows = [(fresh.get(old, old), kind, seal(key, value)) for old, kind, value in values]
    if sealed_rows:
        con.executemany("INSERT INTO contact_vault VALUES (?, ?, ?)", sealed_rows)


def _select(table: str) -> str:
    column = PSEUDONYMS.get(table)
    if column is None:
        return f'SELECT * FROM store."{table}"'
    return (
        f'SELECT source.* REPLACE (coalesce(pseudonym_map.new, source."{column}") AS "{column}") FROM store."{table}" AS source '
        f'LEFT JOIN pseudonym_map ON pseudonym_map.old = source."{column}"'
    )


def _pseudonyms(con: duckdb.DuckDBPyConnection, values: list[tuple[str, str, str]], keys: Keys) -> dict[str, str]:
    key = bytes.fromhex(keys.new)
    fresh = {old: contact_id(key, "former", old) for (old,) in con.execute(KNOWN).fetchall()}
    fresh |= {old: contact_id(key, kind, value) for old, kind, value in values}
    for old, name in con.execute(NAMES).fetchall():
        letters = "".join(mark for mark in unicodedata.normalize("NFKC", name or "").casefold() if mark.isalpha())
        if letters:
            fresh[old] = contact_id(key, "name", letters)
        else:
            fresh.setdefault(old, contact_id(key, "former", old))
    return fresh
