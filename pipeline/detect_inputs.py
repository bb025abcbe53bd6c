"""The tables that rules look at, made of what the earlier stages wrote."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipeline.match.groups import Groups
from pipeline.reading.places import municipality_names
from pipeline.store import sql

TABLES = ("shown_ad", "person", "stay")
BY_CONTACT = "SELECT left_ad, right_ad FROM link WHERE admitted AND kind NOT IN ('photo', 'template')"


def make_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables of detect_inputs.sql anew."""
    pairs = con.execute(BY_CONTACT).fetchall()
    groups = Groups.over(pairs)
    linked = sorted({ad for pair in pairs for ad in pair})
    towns = municipality_names()
    _register(con, "contact_linked", {"ad_id": pa.array(linked, pa.int64()), "contact_group": pa.array([groups.of(ad) for ad in linked], pa.int64())})
    _register(con, "town_named", {"municipality": pa.array(list(towns), pa.string()), "town": pa.array(list(towns.values()), pa.string())})
    con.execute(sql("detect_inputs"))
    con.unregister("contact_linked")
    con.unregister("town_named")


def _register(con: duckdb.DuckDBPyConnection, name: str, columns: dict[str, pa.Array]) -> None:
    con.register(name, pa.table(columns))


def drop_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Forget them."""
    for statement in ("DROP TABLE temp.shown_ad", "DROP TABLE temp.person", "DROP TABLE temp.stay"):
        con.execute(statement)


def empty_store() -> duckdb.DuckDBPyConnection:
    """Return a store in memory with every table that rules read, and no row."""
    con = duckdb.connect()
    con.execute(sql("schema"))
    make_inputs(con)
    return con
