"""Measure an installation: against a known truth, against other weights, and by who is flagged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cli.common import now
from cli.desk import Desk, open_book, open_desk
from cli.roles import admitted
from crawler.records.duckdb_file import attach, connect
from pipeline.bias import MEASURES, bias, units
from pipeline.evaluate import evaluate
from pipeline.evaluate_kinds import by_kind
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.score import ScoreSettings
from pipeline.sensitivity import sensitivity
from pipeline.settings import read_settings
from pipeline.what_if import explain_without

MOVES = ("up", "down", "enters", "leaves")


def evaluate_home(home: Home, truth: Path) -> dict[str, Any]:
    """Return the contract's evaluation body.

    Raises:
        Failure: the truth cannot be read (2), nothing was published yet (4).
    """
    rows = read_truth(truth)
    with open_desk(home, action="evaluate", as_of=None) as desk:
        order = [str(row["cluster"]) for row in desk.queue()]
    con = connect(memory_limit="2GB", threads=2)
    try:
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        con.execute("USE store")
        kinds = by_kind(con, rows)
        return {**evaluate(con, rows, order), **({"by_kind": kinds} if kinds else {})}
    finally:
        con.close()


def read_truth(path: Path) -> list[dict[str, Any]]:
    """Read truth.jsonl: site, url, group, controlled a line, and the kind of actor where it is known."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise Failure(Exit.USAGE, f"{path}: cannot be read ({error.strerror}).") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            rows.append({**{name: row[name] for name in ("site", "url", "group")}, "controlled": bool(row["controlled"]), "kind": str(row.get("kind") or "")})
        except (ValueError, KeyError, TypeError):
            raise Failure(Exit.USAGE, f'{path}, line {number}: write {{"site", "url", "group", "controlled"}}.') from None
    return rows


def table(body: dict[str, Any]) -> list[list[str]]:
    """Lay the evaluation out as rows of measure, ours, the baseline's."""
    peer = body["baseline_shared_phone"]
    rows = [["ads", str(body["ads"]), ""]]
    for name in ("pairwise", "b_cubed"):
        rows += [[f"{name} {part}", f"{body[name][part]:.3f}", f"{peer[name][part]:.3f}"] for part in ("precision", "recall", "f1")]
    rows += [[f"precision at {depth}", f"{value:.2f}", f"{peer['precision_at'][depth]:.2f}"] for depth, value in body["precision_at"].items()]
    rows += [
        ["controlled groups found", f"{body['controlled_groups_found']:.2f}", ""],
        ["uncontrolled in band A", str(body["uncontrolled_in_band_a"]), ""],
    ]
    return rows


def kinds_table(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Lay the evaluation by kind out: controllers first."""
    return [
        [row["kind"], "yes" if row["controlled"] else "no", f"{row['large_in_band']}/{row['large_groups']}", f"{row['in_band']}/{row['groups']}",
         " ".join(f"{band}{row['bands'][band]}" for band in ("A", "B", "C")), ", ".join(f"{why} {count}" for why, count in row["missing"].items()),
         ", ".join(f"{route} {count}" for route, count in row["read_otherwise"].items())]
        for row in sorted(rows, key=lambda row: (not row["controlled"], row["kind"]))
    ]  # fmt: skip


def sensitivity_of(home: Home) -> dict[str, Any]:
    """Return the body of `lykta indicators sensitivity` over the current snapshot (4 when nothing is published, 7 when points have changed since)."""
    with open_desk(home, action="indicators sensitivity", as_of=None) as desk:
        return sensitivity(desk.snapshot, score_settings(desk))


def explained_without(desk: Desk, cluster: str, sign: str) -> dict[str, Any]:
    """Return what a cluster's arithmetic would be without one sign."""
    return explain_without(desk.snapshot, cluster, sign, score_settings(desk))


def score_settings(desk: Desk) -> ScoreSettings:
    """Return what the night scores with."""
    settings = read_settings(desk.home)
    return ScoreSettings(indicators=settings.indicators, confirmed=desk.book.confirmed_cues(), lexicon=settings.lexicon)


def moved_table(body: Mapping[str, Any]) -> list[list[str]]:
    """Lay out what moves, most first; what moves nothing is one line."""
    moved = [(sum(row[key] for key in MOVES), row) for row in body["changes"]]
    rows = [[row["what"], f"x {row['share']:g}", *(str(row[key]) for key in MOVES)] for many, row in sorted(moved, key=lambda pair: -pair[0]) if many]
    still = sum(1 for many, _ in moved if not many)
    return [*rows, [f"{still} other changes", "", *("0" for _ in MOVES)]]


def bias_of(home: Home) -> dict[str, Any]:
    """Return the body of `lykta bias`; who asked is audited."""
    with open_book(home) as book:
        admitted(home, book, "bias", now())
        approved = frozenset(cluster for cluster, one in book.judgements().items() if one.decision == "approve" and one.approver)
        visited = frozenset(book.contacts_made())
    con = connect(memory_limit="2GB", threads=2)
    try:
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        con.execute("USE store")
        return bias(units(con, approved, visited))
    finally:
        con.close()


def bias_table(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Lay one table of `lykta bias` out; suppressed cells are dots, and an asterisk marks a rate from which that of all differs."""
    return [[row["group"], "··" if row["units"] is None else str(row["units"]), *(_rate(row[name]) for name in MEASURES)] for row in rows]


def _rate(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "··"
    return f"{100 * cell['rate']:.1f} % ({100 * cell['low']:.1f}-{100 * cell['high']:.1f}){' *' if cell['differs'] else ''}"
