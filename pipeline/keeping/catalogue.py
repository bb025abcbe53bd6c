"""docs/data.md: what every table and column is, written from the comments that stand in the schema itself."""

from __future__ import annotations

import duckdb

from pipeline.store import make_tables, sql

HEAD = """# What is stored, and what every column means

Written from the comments in the schema (`pipeline/sql/comments.sql`, `pipeline/sql/publish_analyst_comments.sql`) by `python -m tools.papers`;
a test fails when it is stale. Times are UTC. Examples are made up. Retention names the keys of `config/lykta.toml [retention]`.

Names and types of the analysts' tables are a promise: they change only with a new version and a line in CHANGELOG.md.

```mermaid
flowchart LR
  landing[(landing files)] --> ad & ad_version & sighting
  ad_version --> observed & contact & place & stated_stay & price & stated_age & cue
  contact -- value, sealed --> contact_vault
  ad_version --> text_sketch --> text_template
  photo_hash --> photo_group
  contact & photo_group & text_template --> persona & link --> cluster --> finding --> cluster_priority
  cluster_priority --> analyst[(analysts' snapshot)] & review[(review snapshot)]
  contact_vault --> vault[(vault snapshot)]
```
"""

COLUMNS = "| column | type | unit | meaning | example |\n|---|---|---|---|---|\n"


def data_page() -> str:
    """Return the page."""
    con = duckdb.connect()
    try:
        con.execute("ATTACH ':memory:' AS store")
        con.execute("ATTACH ':memory:' AS out")
        con.execute("USE store")
        make_tables(con)
        for statement in con.extract_statements(sql("publish_analyst")):
            con.execute(statement, dict.fromkeys(statement.named_parameters, "2026-01-01"))
        con.execute(sql("publish_analyst_comments"))
        asked, kept = _tables(con, "out"), _tables(con, "store")
        return "".join([HEAD, "\n## What analysts ask: the published snapshot\n", *asked, "\n## What the night writes: the store\n", *kept])
    finally:
        con.close()


def uncommented(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Return tables and columns without a comment."""
    tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = $name AND comment IS NULL", {"name": database}).fetchall()
    columns = con.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE database_name = $name AND comment IS NULL", {"name": database}
    ).fetchall()  # fmt: skip
    return sorted(row[0] for row in [*tables, *columns])


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    if missing := uncommented(con, database):
        raise ValueError(f"without a comment: {', '.join(missing)}")
    parts = []
    for table, comment in con.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = $name ORDER BY table_oid", {"name": database}
    ).fetchall():  # fmt: skip
        meaning, writer, kept = comment.split(" | ")
        parts.append(f"\n### `{table}`\n\n{meaning} Written by {writer}. Kept: {kept}.\n\n{COLUMNS}")
        for column, kind, text in con.execute(
            "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE database_name = $name AND table_name = $table ORDER BY column_index",
            {"name": database, "table": table},
        ).fetchall():
            what, unit, example = text.split(" | ")
            parts.append(f"| `{column}` | {kind} | {unit} | {what} | {example} |\n")
    return parts
