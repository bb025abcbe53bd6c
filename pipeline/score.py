"""How the signs of a cluster add up: a published table of points, with every part kept."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from indicators.catalogue import catalogue, rule_text
from pipeline.indicator_settings import IndicatorSettings
from pipeline.report import Report
from pipeline.store import sql

SHARES = (1.0, 0.5, 0.25)  # of a family's highest, second and every further finding
DUO = "declared_duo_or_collective"
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """The table of points, and the findings (id or subject) of urgent cues that a person has confirmed."""

    indicators: IndicatorSettings
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding as the arithmetic reads it."""

    indicator: str
    family: str
    strength: str
    last_supported: datetime
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points with their parts; `band` is None when the gate is not met or the cluster is held."""

    total: float
    gate_met: bool
    band: str | None
    held_by: str
    parts: dict[str, Any]


def score_cluster(findings: Sequence[Found], counters: Sequence[str], settings: IndicatorSettings, as_of: datetime) -> Score:
    """Add up one cluster's findings: family caps, decay, counter-evidence, gate and band. Pure; order does not matter."""
    by_family: dict[str, list[Found]] = defaultdict(list)
    for found in findings:
        if found.strength in settings.weights and found.family in settings.family_caps:
            by_family[found.family].append(found)
    families = [_family(name, by_family[name], settings, as_of) for name in sorted(by_family)]
    fresh = {name: _family(name, by_family[name], settings, None)["counted"] for name in sorted(by_family)}
    taken = min(settings.counter.each * len(set(counters)), settings.counter.most)
    total = max(0.0, sum(part["counted"] for part in families) - taken)
    gate = _gate(fresh, max(0.0, sum(fresh.values()) - taken), settings)
    met = all(rule["met"] for rule in gate)
    others = any(value > 0 for name, value in fresh.items() if name not in ("contact", "movement"))
    held = DUO if DUO in counters and not others else ""
    each = _each(sorted(set(counters)), settings)
    weakest = min(
        (found for found in findings if found.sentence and found.strength in settings.weights),
        key=lambda found: (settings.weights.get(found.strength, 0.0), found.indicator),
        default=None,
    )
    parts = {"families": families, "counter": each, "total": total, "gate": gate, "weakest": weakest.sentence if weakest else ""}
    band = _band(total, families, settings) if met and not held else None
    return Score(total=total, gate_met=met, band=band, held_by=held, parts=parts)


def _each(counters: list[str], settings: IndicatorSettings) -> list[dict[str, Any]]:
    left, rows = settings.counter.most, []
    for counter in counters:
        counted = min(settings.counter.each, left)
        left -= counted
        rows.append({"id": counter, "counted": -counted})
    return rows


def _family(name: str, findings: list[Found], settings: IndicatorSettings, as_of: datetime | None) -> dict[str, Any]:
    rows = []
    for found in findings:
        weight, decay = settings.weights[found.strength], 1.0 if as_of is None else decay_at(found.last_supported, settings, as_of)
        rows.append({"indicator": found.indicator, "weight": weight, "decay": decay, "worth": weight * decay})
    rows.sort(key=lambda row: (-float(str(row["worth"])), str(row["indicator"])))
    parts = [{**row, "counted": float(str(row["worth"])) * SHARES[min(rank, len(SHARES) - 1)]} for rank, row in enumerate(rows)]
    for part in parts:
        part.pop("worth")
    cap = settings.family_caps[name]
    return {"family": name, "findings": parts, "cap": cap, "counted": min(cap, sum(float(str(part["counted"])) for part in parts))}


def decay_at(last_supported: datetime, settings: IndicatorSettings, as_of: datetime) -> float:
    """Return what is left of a finding, 0 to 1."""
    rule, days = settings.decay, (as_of - last_supported).total_seconds() / DAY_S
    if days >= rule.expire_days:
        return 0.0
    return 1.0 if days <= rule.none_days else float(0.5 ** ((days - rule.none_days) / rule.half_life_days))


def _gate(fresh: dict[str, float], total: float, settings: IndicatorSettings) -> list[dict[str, Any]]:
    gate = settings.gate
    structural = sum(value for name, value in fresh.items() if name in settings.structural)
    return [
        {"rule": f"total >= {gate.total_min}", "met": total >= gate.total_min},
        {"rule": f"{gate.families_min} families >= {gate.family_min}", "met": sum(value >= gate.family_min for value in fresh.values()) >= gate.families_min},
        {"rule": f"structural >= {gate.structural_min}", "met": structural >= gate.structural_min},
    ]


def _band(total: float, families: list[dict[str, Any]], settings: IndicatorSettings) -> str:
    bands, wide = settings.bands, sum(part["counted"] >= settings.gate.family_min for part in families)
    if total >= bands.a_min and wide >= bands.a_families:
        return "A"
    return "B" if total >= bands.b_min else "C"


def run(con: duckdb.DuckDBPyConnection, settings: ScoreSettings, as_of: datetime) -> Report:
    """Write one row of `cluster_priority` for each cluster, also those that do not pass the gate."""
    known = {item.id: item for item in catalogue()}
    found: dict[str, list[Found]] = defaultdict(list)
    rows = con.execute(sql("score_findings")).fetchall()
    for number, indicator, cluster, subject, strength, last, sentence in rows:
        item = known[indicator]
        if item.route == "urgent_review":
            strength = item.tier if {number, subject} & settings.confirmed else "route"
        found[cluster].append(Found(indicator=indicator, family=item.family, strength=strength, last_supported=last, sentence=sentence))
    counters: dict[str, list[str]] = defaultdict(list)
    for cluster, counter in con.execute("SELECT cluster_id, counter FROM counter_evidence ORDER BY ALL").fetchall():
        counters[cluster].append(counter)
    version = catalogue_version(settings.indicators)
    out = []
    for cluster, coverage in con.execute(sql("score_coverage")).fetchall():
        score = score_cluster(found[cluster], counters[cluster], settings.indicators, as_of)
        parts = json.dumps(score.parts, ensure_ascii=False, sort_keys=True)
        out.append((cluster, score.band, score.total, coverage, score.gate_met, score.held_by, parts, as_of, version))
    con.execute("DELETE FROM cluster_priority")
    if out:
        names = ("cluster", "band", "total", "coverage", "met", "held", "parts", "as_of", "version")
        con.execute(sql("score_write"), dict(zip(names, [list(column) for column in zip(*out, strict=True)], strict=True)))
    return Report(read=len(rows), written=len(out))


def catalogue_version(settings: IndicatorSettings) -> str:
    """Return 16 hex digits that change with any rule, value or weight."""
    said = json.dumps(dataclasses.asdict(settings), sort_keys=True) + "".join(f"{item.id}{dict(item.params)}{rule_text(item)}" for item in catalogue())
    return hashlib.sha256(said.encode()).hexdigest()[:16]
