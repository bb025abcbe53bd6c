"""The served snapshots written anew without those who were erased: a copy, not another night's work."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from crawler.records.duckdb_file import attach
from pipeline import publish
from pipeline.home import Home
from pipeline.keeping.erasure import clear, sync
from pipeline.store import sql

# What of a snapshot's table stays, by the columns it has; the store, from which the erased are gone already, says what there is.
STAYS = {
    "ad_id": "ad_id IN (SELECT ad_id FROM store.ad)",
    "left_ad": "left_ad IN (SELECT ad_id FROM store.ad)",
    "right_ad": "right_ad IN (SELECT ad_id FROM store.ad)",
    "contact_id": "(contact_id = '' OR contact_id IN (SELECT contact_id FROM store.contact UNION ALL SELECT contact_id FROM store.contact_vault))",
    "cluster_id": "(cluster_id IS NULL OR cluster_id IN (SELECT cluster_id FROM store.cluster))",
    "finding_id": "finding_id IN (SELECT finding_id FROM store.finding)",
}


def narrow_snapshots(con: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Write the three current snapshots anew without what the attached `store` no longer has, and drop every older one.

    Counts of a cluster stay those of the night until the next one; its ads, contacts and findings do not.
    """
    current = publish.pointer(home.published)
    if not current:
        return
    as_of = datetime.fromisoformat(current["as_of"])
    for kind in ("analyst", "review", "vault"):
        fresh = publish.new_file(home.published, kind, publish.run_name(as_of))
        clear(fresh)
        _narrow(con, home.published / current[kind], fresh, key=home.key(kind), commented=kind == "analyst")
    publish.swap(home.published, as_of, keep_previous=False)


def _narrow(con: duckdb.DuckDBPyConnection, old: Path, fresh: Path, *, key: str, commented: bool) -> None:
    attach(con, old, name="old", key=key, read_only=True)
    attach(con, fresh, name="out", key=key)
    try:
        rows = con.execute("SELECT table_name, list(column_name) FROM duckdb_columns() WHERE database_name = 'old' GROUP BY table_name").fetchall()
        for table, columns in rows:
            rules = [rule for column, rule in STAYS.items() if column in columns] or ["true"]
            con.execute(f'CREATE TABLE out."{table}" AS SELECT * FROM old."{table}" WHERE {" AND ".join(rules)}')  # names of the catalogue
        if commented:
            con.execute(sql("publish_analyst_comments"))
        con.execute("CHECKPOINT out")
    finally:
        con.execute("DETACH out")
        con.execute("DETACH old")
    sync(fresh)
