"""Which published signs each cluster and ad shows, with the ads that show them and one sentence each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from indicators.catalogue import catalogue, rule_text
from indicators.model import Indicator
from pipeline.indicator_settings import Counter, IndicatorSettings
from pipeline.report import Report
from pipeline.store import sql

FIXED = ("cluster_id", "subject", "strength", "last_supported", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectSettings:
    """The catalogue's values as configured."""

    indicators: IndicatorSettings


def run(con: duckdb.DuckDBPyConnection, settings: DetectSettings, as_of: datetime) -> Report:
    """Write findings, their evidence and the counter-evidence anew; the caller's transaction holds them."""
    con.execute(sql("detect_inputs"))
    findings: list[tuple[Any, ...]] = []
    evidence: list[tuple[Any, ...]] = []
    for indicator in catalogue():
        for row in _rows(con, indicator, settings.indicators, as_of):
            number = _finding_id(indicator.id, row)
            values = {key: value for key, value in row.items() if key not in FIXED}
            sentences = (indicator.explain.sv.format(**values), indicator.explain.en.format(**values))
            findings.append((number, indicator.id, row["cluster_id"], row["subject"], row["strength"], row["last_supported"], *sentences))
            evidence += sorted((number, item["ad_id"], item["field"], item["shown"]) for item in row["evidence"])
    findings = _raised(findings)
    _replace(con, sorted(findings), sorted(evidence))
    con.execute(sql("detect_counter"), _counter_values(settings.indicators.counter))
    read = int(con.execute("SELECT count(*) FROM shown_ad").fetchall()[0][0])
    con.execute("DROP TABLE temp.person")
    con.execute("DROP TABLE temp.shown_ad")
    return Report(read=read, written=len(findings))


def _rows(con: duckdb.DuckDBPyConnection, indicator: Indicator, settings: IndicatorSettings, as_of: datetime) -> list[dict[str, Any]]:
    text = rule_text(indicator)
    values: dict[str, Any] = {**indicator.params, **settings.params.get(indicator.id, {})}
    if "$as_of" in text:
        values["as_of"] = as_of
    cursor = con.execute(text, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _finding_id(indicator: str, row: dict[str, Any]) -> str:
    return hashlib.md5(f"{indicator}\n{row['cluster_id']}\n{row['subject']}".encode(), usedforsecurity=False).hexdigest()


def _raised(findings: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    strong = {(row[1], row[2]) for row in findings if row[4] == "strong"}
    raised_by = {item.id: item.raised_by for item in catalogue() if item.raised_by}
    return [(*row[:4], "moderate", *row[5:]) if row[4] == "weak" and (raised_by.get(row[1], ""), row[2]) in strong else row for row in findings]


def _replace(con: duckdb.DuckDBPyConnection, findings: list[tuple[Any, ...]], evidence: list[tuple[Any, ...]]) -> None:
    con.execute("DELETE FROM finding")
    con.execute("DELETE FROM finding_evidence")
    if findings:
        columns = [list(column) for column in zip(*findings, strict=True)]
        con.execute(sql("detect_finding"), dict(zip(("id", "indicator", "cluster", "subject", "strength", "last", "sv", "en"), columns, strict=True)))
    if evidence:
        columns = [list(column) for column in zip(*evidence, strict=True)]
        con.execute(sql("detect_evidence"), dict(zip(("id", "ad", "field", "shown"), columns, strict=True)))


def _counter_values(counter: Counter) -> dict[str, Any]:
    return {
        "stable_days": counter.stable_days,
        "recycled_gap_days": counter.recycled_gap_days,
        "own_contact_days": counter.own_contact_days,
        "duo_words": counter.duo_words,
    }
