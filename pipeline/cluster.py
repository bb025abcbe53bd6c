"""Clusters: ads connected by admitted links, with ids that survive the night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from pipeline.cluster_forming import Bond, Formed, Known, Side, form
from pipeline.cluster_names import Reasons, ancestors_of, lineage_of, name_groups
from pipeline.linking_settings import ClusterRules
from pipeline.report import Report
from pipeline.store import sql

PEOPLE = "SELECT ad_id, persona FROM persona WHERE main AND ad_id IN (SELECT unnest($ads::BIGINT[]))"
APART = (
    "SELECT judgement, side, ad_id FROM link_judged_ad WHERE judgement IN "
    "(SELECT judgement FROM link_judgement WHERE verdict = 'not_same' AND state <> 'gone') ORDER BY ALL"
)
JOINED = "SELECT left_ad, right_ad FROM link WHERE kind = 'judgement' AND admitted ORDER BY ALL"
CUT = pa.schema([("left_ad", pa.int64()), ("right_ad", pa.int64()), ("weight", pa.float64()), ("why", pa.string())])


def run(con: duckdb.DuckDBPyConnection, settings: ClusterRules, as_of: datetime, used: Collection[str] = ()) -> Report:
    """Form clusters anew and give each the id of the one it grew from; who came from whom is kept as lineage.

    `used` are names that a person decided something on: no other cluster gets one of them.
    """
    bonds = list(_bonds(con, settings))
    apart = con.execute(APART).fetchall()
    formed = form(bonds, Known(people=lambda ads: dict(con.execute(PEOPLE, {"ads": list(ads)}).fetchall()), sides=_sides(apart)), settings)
    before: dict[int, str] = dict(con.execute("SELECT ad_id, cluster_id FROM cluster_member").fetchall())
    elders = con.execute("SELECT cluster_id, from_cluster, why FROM cluster_lineage ORDER BY ALL").fetchall()
    named = name_groups(formed.groups, before, {*used, *(name for row in elders for name in row[:2])})
    lineage = lineage_of(named, before, _reasons(con, apart, formed, elders))
    written = _write(con, named, [(as_of.strftime("%Y-%m-%d"), *row) for row in lineage])
    _write_doubts(con, formed)
    return Report(read=len(bonds), written=written, note=_note(formed))


def _bonds(con: duckdb.DuckDBPyConnection, settings: ClusterRules) -> Iterator[Bond]:
    for batch in con.execute(sql("cluster_bonds"), {"bridge_bits": settings.bridge_bits}).to_arrow_table().to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _sides(apart: Sequence[tuple[int, str, int]]) -> dict[int, frozenset[Side]]:
    found: dict[int, frozenset[Side]] = defaultdict(frozenset)
    for judgement, side, ad_id in apart:
        found[ad_id] |= {(judgement, side)}
    return found


def _reasons(con: duckdb.DuckDBPyConnection, apart: Sequence[tuple[int, str, int]], formed: Formed, elders: Sequence[tuple[str, str, str]]) -> Reasons:
    sides: dict[int, dict[str, set[int]]] = defaultdict(lambda: {"left": set(), "right": set()})
    for judgement, side, ad_id in apart:
        sides[judgement][side].add(ad_id)
    return Reasons(
        joined=con.execute(JOINED).fetchall(),
        apart=[(both["left"], both["right"]) for both in sides.values()],
        cut=[(row[0], row[1]) for row in formed.cut],
        ancestors=ancestors_of(elders),
    )


def _note(formed: Formed) -> str:
    bridges = sum(row[3] == "bridge" for row in formed.cut)
    return f"groups held together by one doubtful link alone, left apart for a person: {bridges}" if bridges else ""


def _write(con: duckdb.DuckDBPyConnection, named: Mapping[str, Sequence[int]], lineage: Sequence[tuple[str, str, str, str]]) -> int:
    pairs = [(ad, cluster) for cluster, ads in named.items() for ad in ads]
    table = pa.table({"ad_id": pa.array([pair[0] for pair in pairs], pa.int64()), "cluster_id": pa.array([pair[1] for pair in pairs], pa.string())})
    con.register("member_rows", table)
    con.execute("CREATE OR REPLACE TEMP TABLE member_now AS SELECT * FROM member_rows")
    con.unregister("member_rows")
    changed = int(con.execute("SELECT count(*) FROM (SELECT * FROM member_now EXCEPT SELECT * FROM cluster_member)").fetchall()[0][0])
    for statement in con.extract_statements(sql("cluster_write")):
        con.execute(statement)
    if lineage:
        con.executemany(
            "INSERT INTO cluster_lineage SELECT ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM cluster_lineage WHERE run = ? AND cluster_id = ? AND from_cluster = ?)",
            [(*row, *row[:3]) for row in lineage],
        )
    return changed


def _write_doubts(con: duckdb.DuckDBPyConnection, formed: Formed) -> None:
    columns = zip(zip(*formed.cut, strict=True), CUT.types, strict=True) if formed.cut else None
    con.register("doubt_rows", pa.table([pa.array(column, kind) for column, kind in columns], schema=CUT) if columns else CUT.empty_table())
    for statement in con.extract_statements(sql("cluster_doubt_write")):
        con.execute(statement)
    con.unregister("doubt_rows")
