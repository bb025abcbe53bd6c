"""Clusters: ads connected by admitted links, with ids that survive the night."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from pipeline.linking_settings import ClusterRules
from pipeline.match.groups import Groups
from pipeline.report import Report
from pipeline.store import sql

LINKS = "SELECT left_ad, right_ad, max(weight) FROM link WHERE admitted GROUP BY left_ad, right_ad ORDER BY left_ad, right_ad"
PEOPLE = "SELECT ad_id, persona FROM persona WHERE main ORDER BY ad_id"


def run(con: duckdb.DuckDBPyConnection, settings: ClusterRules, as_of: datetime) -> Report:
    """Form clusters anew and give each the id of the one it grew from; who came from whom is kept as lineage."""
    links = con.execute(LINKS).fetchall()
    people: dict[int, str] = dict(con.execute(PEOPLE).fetchall())
    before: dict[int, str] = dict(con.execute("SELECT ad_id, cluster_id FROM cluster_member").fetchall())
    groups = components(links, people, settings.personas_max)
    named = name_groups(groups, before)
    lineage = [(as_of.strftime("%Y-%m-%d"), *row) for row in lineage_of(named, before)]
    written = _write(con, named, lineage)
    return Report(read=len(links), written=written)


def components(links: Sequence[tuple[int, int, float]], people: Mapping[int, str], personas_max: int) -> list[list[int]]:
    """Return the groups of two ads or more, each sorted; one with more people than `personas_max` is cut at its weakest links."""
    return [group for group in _split(list(links), people, personas_max) if len(group) > 1]


def _split(links: list[tuple[int, int, float]], people: Mapping[int, str], personas_max: int) -> list[list[int]]:
    groups = Groups.over((left, right) for left, right, _ in links)
    members: dict[int, set[int]] = defaultdict(set)
    inside: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for left, right, weight in links:
        name = groups.of(left)
        members[name] |= {left, right}
        inside[name].append((left, right, weight))
    found: list[list[int]] = []
    for name, ads in sorted(members.items()):
        weakest = min(weight for _, _, weight in inside[name])
        stronger = [link for link in inside[name] if link[2] > weakest]
        if len({people.get(ad, str(ad)) for ad in ads}) > personas_max and stronger:
            found += _split(stronger, people, personas_max)
        else:
            found.append(sorted(ads))
    return found


def name_groups(groups: Sequence[Sequence[int]], before: Mapping[int, str]) -> dict[str, list[int]]:
    """Give each group an id: that of last night's cluster it shares most ads with, the largest claim first; else a new one."""
    claims: list[tuple[int, str, int]] = []
    for number, group in enumerate(groups):
        shared = Counter(before[ad] for ad in group if ad in before)
        claims += [(-count, cluster, number) for cluster, count in shared.items()]
    owner: dict[int, str] = {}
    taken: set[str] = set()
    for _, cluster, number in sorted(claims):
        if number not in owner and cluster not in taken:
            owner[number] = cluster
            taken.add(cluster)
    taken |= set(before.values())
    named: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        named[owner.get(number) or _new_id(group, taken)] = list(group)
    return named


def _new_id(group: Sequence[int], taken: set[str]) -> str:
    digest = hashlib.md5(str(min(group)).encode(), usedforsecurity=False).hexdigest()
    for length in range(4, 33):
        name = f"k-{digest[:length]}"
        if name not in taken:
            taken.add(name)
            return name
    raise ValueError("no id is free")


def lineage_of(named: Mapping[str, Sequence[int]], before: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Return (cluster, from cluster, why) for each cluster that merged others or was split from another tonight."""
    rows: list[tuple[str, str, str]] = []
    still = set(named)
    for cluster, ads in sorted(named.items()):
        for source in sorted({before[ad] for ad in ads if ad in before} - {cluster}):
            rows.append((cluster, source, "split" if source in still else "merged"))
    return rows


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
