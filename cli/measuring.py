"""Evaluate an installation's clusters and queue against a known truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.desk import open_desk
from crawler.records.duckdb_file import attach, connect
from pipeline.evaluate import evaluate
from pipeline.failure import Exit, Failure
from pipeline.home import Home


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
        return evaluate(con, rows, order)
    finally:
        con.close()


def read_truth(path: Path) -> list[dict[str, Any]]:
    """Read truth.jsonl: site, url, group, controlled a line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise Failure(Exit.USAGE, f"{path}: cannot be read ({error.strerror}).") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            rows.append({"site": row["site"], "url": row["url"], "group": row["group"], "controlled": bool(row["controlled"])})
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
