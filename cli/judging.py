"""What stands behind `lykta link`: judgements on clusters and ads, a cluster's history, and new weights tried on the store."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from cli.common import local_user, now
from cli.desk import open_book, open_desk
from cli.measuring import read_truth
from cli.roles import admitted
from pipeline.casebook.belonging import Reasoned, Side, judge, reasoned, withdraw_judgement
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.link_named import with_named
from pipeline.linking_file import write_chances
from pipeline.night import night_lock
from pipeline.outreach.ties import judged, states, ties
from pipeline.publish import open_snapshot
from pipeline.retrain import Trained, retrain
from pipeline.settings import read_settings
from pipeline.store import open_store
from pipeline.weigh import installed_splink

LINEAGE = "SELECT run, cluster_id, from_cluster, why FROM cluster_lineage WHERE cluster_id = $name OR from_cluster = $name ORDER BY ALL"


def judge_as(home: Home, user: str, password: str, verdict: str, left: str, right: str, *, reason: str, at: datetime) -> int:
    """Record what a person judges of two clusters or ads of the current snapshot. Returns the judgement's number.

    An ad that is judged against the cluster it is in is taken out of that side.

    Raises:
        Failure: wrong password or role (7), no such cluster or ad, no reason, or nothing to compare (2).
    """
    with open_book(home) as book:
        book.log_in(user, password, now=at)
        snapshot, run, _ = open_snapshot(home, "review")
        try:
            one, other = _side(snapshot, left), _side(snapshot, right)
        finally:
            snapshot.close()
        if verdict != "same":
            one, other = _less(one, other), _less(other, one)
        return judge(book, user, verdict, one, other, run=run, reason=reason, now=at)


def _side(snapshot: duckdb.DuckDBPyConnection, name: str) -> Side:
    """Return the ads that a cluster's name or an ad's address means."""
    asked = {"name": name}
    rows = snapshot.execute("SELECT ad_id FROM cluster_member WHERE cluster_id = $name ORDER BY ad_id", asked).fetchall()
    rows = rows or snapshot.execute("SELECT ad_id FROM ad WHERE url = $name ORDER BY ad_id", asked).fetchall()
    if not rows:
        raise Failure(Exit.USAGE, f"{name}: no cluster of that name and no ad with that address in the current snapshot. `lykta clusters` lists them.")
    return Side(name=name, ads=tuple(row[0] for row in rows))


def _less(side: Side, other: Side) -> Side:
    whole, out = set(side.ads), set(other.ads)
    return Side(name=side.name, ads=tuple(sorted(whole - out))) if out < whole else side


def withdraw_as(home: Home, user: str, password: str, number: int, *, reason: str, at: datetime) -> None:
    """Take a judgement back (2 when there is none of that number)."""
    with open_book(home) as book:
        book.log_in(user, password, now=at)
        withdraw_judgement(book, user, number, reason=reason, now=at)


def judgements(home: Home) -> list[dict[str, Any]]:
    """Return every judgement, the latest first, with how it stood on the night of the snapshot."""
    with open_desk(home, action="link judgements", as_of=None) as desk:
        known = states(desk.snapshot)
        return [_judgement(one, *known.get(one.number, ("new", ""))) for one in reasoned(desk.book)]


def _judgement(one: Reasoned, state: str, against: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "verdict": one.verdict.replace("_", "-"),
        "left": one.left_name,
        "right": one.right_name,
        "reason": one.reason,
        "by": one.by,
        "at": one.at.isoformat() + "Z",
        "state": "withdrawn" if one.withdrawn_by else state,
        "against": [int(text) for text in against.split(", ") if text],
    }


def history(home: Home, cluster: str) -> dict[str, Any]:
    """Return who came from whom around one cluster, what was judged of it, what may belong to it and what its ads show that never links.

    Raises:
        Failure: nothing is known of that name (2).
    """
    with open_desk(home, action="link history", as_of=None) as desk:
        rows = desk.snapshot.execute(LINEAGE, {"name": cluster}).fetchall()
        ads = [row[0] for row in desk.snapshot.execute("SELECT ad_id FROM cluster_member WHERE cluster_id = $name", {"name": cluster}).fetchall()]
        if not rows and not ads:
            raise Failure(Exit.USAGE, f"{cluster}: no such cluster, and none that grew out of it or into it. `lykta clusters` lists them.")
        found = ties(desk.snapshot, cluster)
        return {
            "cluster": cluster,
            "lineage": [dict(zip(("run", "cluster", "from", "why"), row, strict=True)) for row in rows],
            "judgements": [_judgement(*row) for row in judged(desk.book, found, ads)],
            "may_belong_to": [{"cluster": item.other or None, "why": item.why, "ads": item.ads, "shared": list(item.kinds)} for item in found.doubts],
            "never_links": [{"kind": item.kind, "shown": item.shown, "reason": item.reason, "ads": item.ads} for item in found.never],
        }


def train(home: Home, *, truth: Path | None, write: bool, at: datetime) -> Trained:
    """Measure new weights from the installation's store, try them, and write them into its config when asked to.

    Raises:
        Failure: another run is on (5), the store is too small to measure by (4), or the role may not (7).
    """
    with open_book(home) as book:
        admitted(home, book, "link train", at)
    rows = read_truth(truth) if truth else []
    settings = read_settings(home)
    machine = settings.general.machine
    with night_lock(home, who=f"link train by {local_user()}", now=now()):
        con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
        try:
            rules = with_named(settings.linking.link, bytes.fromhex(home.key("pseudonym")))
            found = retrain(con, dataclasses.replace(settings.linking, link=rules), at, _groups(con, rows))
        finally:
            con.close()
        if write:
            write_chances(home.config / "linking.toml", found.chances, trained_with=installed_splink(), notes=_notes(found, at))
    return found


def _groups(con: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> dict[int, str] | None:
    known = {(row["site"], row["url"]): str(row["group"]) for row in rows}
    if not known:
        return None
    ads = con.execute("SELECT ad_id, site, url FROM ad ORDER BY ad_id").fetchall()
    return {ad_id: known[(site, url)] for ad_id, site, url in ads if (site, url) in known}


def _notes(found: Trained, at: datetime) -> list[str]:
    return [
        "How often a degree of likeness holds among ads of one advertiser and among strangers; Splink weighs by log2 of their ratio, the bits behind",
        f"each line. Measured {at:%Y-%m-%d} with {installed_splink()} on this installation's store: {found.same_pairs:,} pairs of one advertiser,",
        f"{found.strangers:,} of strangers. With these weights: {_as_text(found.new)}.",
        f"With the ones before: {_as_text(found.old)}.",
    ]


def _as_text(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in figures.items())


def as_json(found: Trained) -> dict[str, Any]:
    """Return a training as scripts read it."""
    chances = {name: {level: [chance.same, chance.strangers] for level, chance in levels.items()} for name, levels in found.chances.items()}
    return {
        "same_pairs": found.same_pairs, "strangers": found.strangers, "changes": list(found.changes), "old": dict(found.old), "new": dict(found.new),
        "chances": chances,
    }  # fmt: skip
