"""Which published signs each cluster and ad shows, with the ads that show them and one sentence each."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from indicators import trial
from indicators.catalogue import catalogue, rule_rows, sentences
from indicators.model import Indicator
from pipeline.detect_inputs import drop_inputs, empty_store, make_inputs, withhold
from pipeline.failure import Exit, Failure
from pipeline.indicator_settings import IndicatorSettings
from pipeline.report import Report
from pipeline.store import sql

CHILD_ROUTE = "minor_safety"
TEXT, TIME = pa.string(), pa.timestamp("us")
FINDING = pa.schema(
    [("finding_id", TEXT), ("indicator", TEXT), ("cluster_id", TEXT), ("subject", TEXT), ("strength", TEXT), ("last_supported", TIME), ("sentence_sv", TEXT),
     ("sentence_en", TEXT)]
)  # fmt: skip
EVIDENCE = pa.schema([("finding_id", TEXT), ("ad_id", pa.int64()), ("field", TEXT), ("shown", TEXT)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectSettings:
    """The catalogue's values as configured."""

    indicators: IndicatorSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sign met: on which cluster (None: an ad on its own) and subject, how strongly, and the rows that show it."""

    id: str
    indicator: str
    cluster: str | None
    subject: str
    strength: str
    last: datetime
    sv: str
    en: str
    evidence: tuple[tuple[int, str, str], ...]


@functools.cache
def faulty_examples() -> tuple[str, ...]:
    """Try every indicator on its own examples, once a process. Returns a sentence for each that does not hold."""
    return tuple(trial.faults(empty_store()))


def refuse_faulty_examples() -> None:
    """Refuse to start with an indicator that does not find what its own examples say.

    Raises:
        Failure: one or more do not hold (8); all are listed.
    """
    if wrong := faulty_examples():
        raise Failure(Exit.MISSING, f"{len(wrong)} examples of indicators do not hold. Nothing was run.", *wrong)


def run(con: duckdb.DuckDBPyConnection, settings: DetectSettings, as_of: datetime) -> Report:
    """Write findings, their evidence and the counter-evidence anew; the caller's transaction holds them.

    Ads that may be of children are found first and are not there for all else.
    """
    make_inputs(con)
    children = [found for indicator in catalogue() if indicator.route == CHILD_ROUTE for found in _met(con, indicator, settings.indicators)]
    withhold(con, {ad_id for found in children for ad_id, _, _ in found.evidence})
    counted = [item for item in catalogue() if item.route not in (CHILD_ROUTE, "minor_input")]
    findings = [*children, *raised([found for indicator in counted for found in _met(con, indicator, settings.indicators)])]
    _replace(con, sorted(findings, key=lambda one: one.id))
    con.execute(sql("detect_counter"), _counter_values(settings.indicators))
    read = int(con.execute("SELECT count(*) FROM shown_ad").fetchall()[0][0])
    drop_inputs(con)
    return Report(read=read, written=len(findings))


def _met(con: duckdb.DuckDBPyConnection, indicator: Indicator, settings: IndicatorSettings) -> Iterator[Finding]:
    for row in rule_rows(con, indicator, {**indicator.params, **settings.params.get(indicator.id, {})}):
        swedish, english = sentences(indicator, row)
        yield Finding(
            id=finding_id(indicator.id, row),
            indicator=indicator.id,
            cluster=row["cluster_id"],
            subject=row["subject"],
            strength=row["strength"],
            last=row["last_supported"],
            sv=swedish,
            en=english,
            evidence=tuple(sorted((item["ad_id"], item["field"], item["shown"]) for item in row["evidence"])),
        )


def finding_id(indicator: str, row: Mapping[str, Any]) -> str:
    """Return 32 hex digits that name a finding from night to night; that of an ad stays when the ad joins a cluster, as does what people said of it."""
    cluster = "" if str(row["subject"]).startswith("ad:") else row["cluster_id"]
    return hashlib.md5(f"{indicator}\n{cluster}\n{row['subject']}".encode(), usedforsecurity=False).hexdigest()


def raised(findings: Sequence[Finding]) -> list[Finding]:
    """Raise weak findings to moderate where the indicator that raises them is met in full in the same cluster."""
    in_full = {(one.indicator, one.cluster) for one in findings if one.strength == "strong"}
    raised_by = {item.id: item.raised_by for item in catalogue()}
    return [
        dataclasses.replace(one, strength="moderate") if one.strength == "weak" and (raised_by[one.indicator], one.cluster) in in_full else one
        for one in findings
    ]


def _replace(con: duckdb.DuckDBPyConnection, findings: Sequence[Finding]) -> None:
    con.execute("DELETE FROM finding")
    con.execute("DELETE FROM finding_evidence")
    rows = [(one.id, one.indicator, one.cluster, one.subject, one.strength, one.last, one.sv, one.en) for one in findings]
    _insert(con, "detect_finding", "finding_rows", FINDING, rows)
    _insert(con, "detect_evidence", "evidence_rows", EVIDENCE, [(one.id, *shown) for one in findings for shown in one.evidence])


def _insert(con: duckdb.DuckDBPyConnection, statement: str, name: str, schema: pa.Schema, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        columns = zip(zip(*rows, strict=True), schema.types, strict=True)
        con.register(name, pa.table([pa.array(column, kind) for column, kind in columns], schema=schema))
        con.execute(sql(statement))
        con.unregister(name)


def _counter_values(settings: IndicatorSettings) -> dict[str, Any]:
    counter = settings.counter
    return {
        "stable_days": counter.stable_days,
        "recycled_gap_days": counter.recycled_gap_days,
        "own_contact_days": counter.own_contact_days,
        "duo_words": counter.duo_words,
        "cue_share": counter.cue_share,
    }
