"""Bands: the findings of each cluster added up, with every part kept."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from indicators.catalogue import catalogue, rule_text
from indicators.model import Indicator
from pipeline.indicator_settings import IndicatorSettings
from pipeline.reading.lexicon import Lexicon
from pipeline.report import Report
from pipeline.score_arithmetic import Found, score_cluster
from pipeline.store import sql

PRIORITY = pa.schema(
    [("cluster_id", pa.string()), ("band", pa.string()), ("total", pa.float64()), ("coverage", pa.float64()), ("gate_met", pa.bool_()),
     ("held_by", pa.string()), ("parts", pa.string()), ("as_of", pa.timestamp("us")), ("catalogue", pa.string())]
)  # fmt: skip
NO_LEXICON = Lexicon(phrases=(), negators={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """The table of points, the findings (id or subject) of urgent cues that a person has confirmed, and the lexicon that cues were read by."""

    indicators: IndicatorSettings
    confirmed: frozenset[str] = frozenset()
    lexicon: Lexicon = NO_LEXICON


def run(con: duckdb.DuckDBPyConnection, settings: ScoreSettings, as_of: datetime) -> Report:
    """Write one row of `cluster_priority` for each cluster, also those that do not pass the gate."""
    found, counters = found_in(con, settings), counters_in(con)
    version = catalogue_version(settings.indicators, settings.lexicon)
    rows = []
    for cluster, coverage in con.execute(sql("score_coverage")).fetchall():
        score = score_cluster(found[cluster], counters[cluster], settings.indicators, as_of)
        parts = json.dumps({**score.parts, "hangs_on": score.hangs_on}, ensure_ascii=False, sort_keys=True)
        rows.append((cluster, score.band, score.total, coverage, score.gate_met, score.held_by, parts, as_of, version))
    con.execute("DELETE FROM cluster_priority")
    if rows:
        columns = zip(zip(*rows, strict=True), PRIORITY.types, strict=True)
        con.register("priority_rows", pa.table([pa.array(column, kind) for column, kind in columns], schema=PRIORITY))
        con.execute(sql("score_write"))
        con.unregister("priority_rows")
    return Report(read=sum(map(len, found.values())), written=len(rows))


def counters_in(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the counter-evidence of each cluster."""
    counters: dict[str, list[str]] = defaultdict(list)
    for cluster, counter in con.execute("SELECT cluster_id, counter FROM counter_evidence ORDER BY ALL").fetchall():
        counters[cluster].append(counter)
    return counters


def found_in(con: duckdb.DuckDBPyConnection, settings: ScoreSettings) -> dict[str, list[Found]]:
    """Return the findings of each cluster as the arithmetic reads them."""
    known = {item.id: item for item in catalogue()}
    found: dict[str, list[Found]] = defaultdict(list)
    for number, indicator, cluster, subject, strength, last in con.execute(sql("score_findings")).fetchall():
        item = known[indicator]
        counts = _counted_strength(item, strength, confirmed=bool({number, subject} & settings.confirmed))
        by = item.raised_by if item.tier == "weak" and strength == "moderate" else ""
        found[cluster].append(
            Found(indicator=indicator, family=item.family, strength=counts, last_supported=last, title=item.title.sv, raised_by=by, finding=number)
        )
    return found


def _counted_strength(item: Indicator, strength: str, *, confirmed: bool) -> str:
    """Return the strength that counts: an urgent cue has its tier's once a person confirmed it, and none before."""
    if item.route == "urgent_review":
        return item.tier if confirmed else "route"
    return strength


def catalogue_version(settings: IndicatorSettings, lexicon: Lexicon = NO_LEXICON) -> str:
    """Return 16 hex digits that change with any rule, value, weight or phrase of the lexicon."""
    said = json.dumps(dataclasses.asdict(settings), sort_keys=True) + "".join(f"{item.id}{dict(item.params)}{rule_text(item.id)}" for item in catalogue())
    phrases = json.dumps(dataclasses.asdict(lexicon), sort_keys=True)
    return hashlib.sha256(f"{said}\n{phrases}".encode()).hexdigest()[:16]
