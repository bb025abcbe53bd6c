"""A store of bare facts in memory: ads with their phone and pictures, as reading and matching would have left them. A night is link and cluster."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from pipeline import cluster, link
from pipeline.casebook.belonging import Judged
from pipeline.report import Report
from pipeline.store import make_tables
from tests.matching.world import shipped_linking

START = datetime(2026, 11, 1, 2)


class Facts:
    """Ads by number; the number is the ad's id too."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        make_tables(self.con)
        linking = shipped_linking()
        self.link, self.cluster = dataclasses.replace(linking.link, weigh_by="bits"), linking.cluster

    def add(self, number: int, *phones: str, kind: str = "phone", photos: Sequence[int] = (), name: str = "", seen: datetime = START, days: int = 1) -> None:
        """Put an ad in, seen for some days."""
        self.con.execute(
            "INSERT INTO ad VALUES (?, 'exempel', 'u/' || ?, 'escort', ?, ?, 'listed', ?)", [number, number, seen, seen + timedelta(days=days), number]
        )
        self.con.execute("INSERT INTO observed VALUES (?, ?, false, ?, false)", [number, number, name])
        for phone in phones:
            self.con.execute("INSERT INTO contact VALUES (?, ?, ?, ?, 1.0, 'body', 0, 9, 0, '')", [number, number, kind, phone])
            self.con.execute("INSERT INTO persona VALUES (?, ?, ?, ?)", [number, phone, f"{phone} {name}", phone == phones[0]])
        for photo in photos:
            self.con.execute("INSERT INTO photo_group VALUES (?, ?, ?, '')", [number * 100 + photo, number, photo])

    def drop(self, number: int) -> None:
        """Take an ad out, as purge does."""
        for table in ("contact", "observed", "persona", "photo_group", "link_judged_ad", "cluster_member", "ad"):
            self.con.execute(f"DELETE FROM {table} WHERE ad_id = ?", [number])  # names stand in the line above

    def night(self, judged: Sequence[Judged] = (), *, day: int = 1, used: Sequence[str] = ()) -> Report:
        """Link and cluster. Returns what the link stage said."""
        as_of = START + timedelta(days=day)
        report = link.run(self.con, self.link, as_of, judged)
        cluster.run(self.con, self.cluster, as_of, used)
        return report

    def clusters(self) -> set[frozenset[int]]:
        return {frozenset(ads) for (ads,) in self.con.execute("SELECT list(ad_id) FROM cluster_member GROUP BY cluster_id").fetchall()}

    def ids(self) -> dict[int, str]:
        return dict(self.con.execute("SELECT ad_id, cluster_id FROM cluster_member").fetchall())

    def lineage(self, day: int) -> list[tuple[str, str, str]]:
        """Return what a night wrote: cluster, from cluster, why."""
        run = (START + timedelta(days=day)).strftime("%Y-%m-%d")
        return self.con.execute("SELECT cluster_id, from_cluster, why FROM cluster_lineage WHERE run = ? ORDER BY ALL", [run]).fetchall()
