"""How the signs of a cluster add up: a published table of points, with every part kept. Pure."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.indicator_settings import IndicatorSettings

SHARES = (1.0, 0.5, 0.25)  # of a family's highest, second and every further indicator: its signs are correlated
DUO = "declared_duo_or_collective"
DUO_FAMILIES = ("contact", "movement")  # what people who openly work together show as a matter of course
DAY_S = 86_400.0
ORDER = (None, "C", "B", "A")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding as the arithmetic reads it; `raised_by` names the indicator but for which it would be weak, '' when none; `finding` is its id."""

    indicator: str
    family: str
    strength: str
    last_supported: datetime
    title: str = ""
    raised_by: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One indicator's points: those of its strength, what time left of them (0 to 1), and its share in the family."""

    indicator: str
    weight: float
    decay: float
    counted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The indicators of one family, highest first, and their points up to the cap."""

    family: str
    findings: tuple[Counted, ...]
    cap: float
    counted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points with their parts; `band` is None when the gate is not met or the cluster is held."""

    total: float
    gate_met: bool
    band: str | None
    held_by: str
    parts: dict[str, Any]
    hangs_on: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One cluster added up, before its parts are written out."""

    total: float
    families: list[Family]
    gate: list[dict[str, Any]]
    held_by: str
    band: str | None


def score_cluster(findings: Sequence[Found], counters: Sequence[str], settings: IndicatorSettings, as_of: datetime) -> Score:
    """Add up one cluster: family caps, decay, counter-evidence, gate and band, and on which sign the band hangs. Order does not matter."""
    against = _against(counters, settings)
    found = _add_up(findings, against, settings, as_of)
    fall = _furthest(found, findings, against, settings, as_of)
    parts = {
        "families": [dataclasses.asdict(one) for one in found.families],
        "counter": against,
        "total": found.total,
        "gate": found.gate,
        "weakest": weakest_sentence(fall) if fall else "",
    }
    hangs_on = {"indicator": fall.indicator, "then": fall.then, "band": fall.band} if fall else {}
    gate_met = all(rule["met"] for rule in found.gate)
    return Score(total=found.total, gate_met=gate_met, band=found.band, held_by=found.held_by, parts=parts, hangs_on=hangs_on)


def band_of(findings: Sequence[Found], counters: Sequence[str], settings: IndicatorSettings, as_of: datetime) -> str | None:
    """Return the band alone, as `score_cluster` gives it."""
    return _add_up(findings, _against(counters, settings), settings, as_of).band


def _add_up(findings: Sequence[Found], against: Sequence[dict[str, Any]], settings: IndicatorSettings, as_of: datetime) -> Sum:
    families, fresh = _families(findings, settings, as_of), _families(findings, settings, None)
    taken = sum(item["counted"] for item in against)
    total = max(0.0, sum(one.counted for one in families) + taken)
    gate = _gate(fresh, taken, settings)
    declared = any(item["id"] == DUO for item in against)
    held = DUO if declared and not any(one.counted > 0 for one in fresh if one.family not in DUO_FAMILIES) else ""
    band = _band(total, families, settings) if all(rule["met"] for rule in gate) and not held else None
    return Sum(total=total, families=families, gate=gate, held_by=held, band=band)


def _families(findings: Sequence[Found], settings: IndicatorSettings, as_of: datetime | None) -> list[Family]:
    """Add up each family; without a time nothing has aged. An indicator counts once, by its best finding: volume alone raises nothing."""
    best: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for one in findings:
        if one.strength in settings.weights and one.family in settings.family_caps:
            weight = min(settings.weights[one.strength], settings.at_most.get(one.indicator, settings.weights[one.strength]))
            weight *= settings.shares.get(one.indicator, 1.0)
            decay = 1.0 if as_of is None else decay_at(one.last_supported, settings, as_of)
            known = best[one.family].get(one.indicator, (0.0, 0.0))
            best[one.family][one.indicator] = max(known, (weight, decay), key=lambda pair: (pair[0] * pair[1], pair))
    return [_family(name, best[name], settings.family_caps[name]) for name in sorted(best)]


def _family(name: str, best: dict[str, tuple[float, float]], cap: float) -> Family:
    ranked = sorted(best.items(), key=lambda item: (-item[1][0] * item[1][1], item[0]))
    counted = tuple(
        Counted(indicator=indicator, weight=weight, decay=decay, counted=weight * decay * SHARES[min(rank, len(SHARES) - 1)])
        for rank, (indicator, (weight, decay)) in enumerate(ranked)
    )
    return Family(family=name, findings=counted, cap=cap, counted=min(cap, sum(one.counted for one in counted)))


def decay_at(last_supported: datetime, settings: IndicatorSettings, as_of: datetime) -> float:
    """Return what is left of a finding, 0 to 1."""
    rule, days = settings.decay, (as_of - last_supported).total_seconds() / DAY_S
    if days >= rule.expire_days:
        return 0.0
    return 1.0 if days <= rule.none_days else float(0.5 ** ((days - rule.none_days) / rule.half_life_days))


def _against(counters: Sequence[str], settings: IndicatorSettings) -> list[dict[str, Any]]:
    left, rows = settings.counter.most, []
    for counter in sorted(set(counters)):
        counted = min(settings.counter.each, left)
        left -= counted
        rows.append({"id": counter, "counted": -counted})
    return rows


def _gate(fresh: Sequence[Family], taken: float, settings: IndicatorSettings) -> list[dict[str, Any]]:
    gate = settings.gate
    total = max(0.0, sum(one.counted for one in fresh) + taken)
    wide = sum(one.counted >= gate.family_min for one in fresh)
    structural = sum(one.counted for one in fresh if one.family in settings.structural)
    return [
        {"rule": f"total >= {gate.total_min}", "met": total >= gate.total_min},
        {"rule": f"{gate.families_min} families >= {gate.family_min}", "met": wide >= gate.families_min},
        {"rule": f"structural >= {gate.structural_min}", "met": structural >= gate.structural_min},
    ]


def _band(total: float, families: Sequence[Family], settings: IndicatorSettings) -> str:
    """Return A, B or, for all else that passes the gate, C: the gate does not age, so what has faded is read last, not lost."""
    bands, wide = settings.bands, sum(one.counted >= settings.gate.family_min for one in families)
    if total >= bands.a_min and wide >= bands.a_families:
        return "A"
    return "B" if total >= bands.b_min else "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The sign without which a band falls furthest, and what is left then: same, held, falls or gate; `band` is what is left of it, '' for none."""

    indicator: str
    title: str
    then: str
    band: str


def _furthest(found: Sum, findings: Sequence[Found], against: Sequence[dict[str, Any]], settings: IndicatorSettings, as_of: datetime) -> Fall | None:
    """Find the sign without which the band would fall furthest; None for a cluster without band."""
    titles = {one.indicator: one.title or one.indicator for one in findings if one.strength in settings.weights and one.family in settings.family_caps}
    if found.band is None or not titles:
        return None
    left = {name: _add_up(without(findings, name), against, settings, as_of) for name in titles}
    name = min(left, key=lambda one: (ORDER.index(left[one].band), left[one].total, one))
    after = left[name]
    then = "same" if after.band == found.band else "held" if after.held_by else "falls" if after.band else "gate"
    return Fall(indicator=name, title=titles[name], then=then, band=after.band or "")


def weakest_sentence(fall: Fall) -> str:
    """Say in Swedish on which sign a band hangs."""
    if fall.then == "same":
        return f"Bandet hänger inte på ett enda tecken: utan ”{fall.title}”, som väger mest, vore det fortfarande {fall.band}."
    if fall.then == "held":
        return f"Utan ”{fall.title}” skulle klustret hållas tillbaka: de säger öppet att de arbetar tillsammans."
    return f"Utan ”{fall.title}” skulle " + (f"bandet falla till {fall.band}." if fall.band else "klustret inte nå poänggrinden.")


def without(findings: Sequence[Found], indicator: str) -> list[Found]:
    """Leave one indicator out: its findings are gone, and those that it raised are weak again."""
    return [dataclasses.replace(one, strength="weak", raised_by="") if one.raised_by == indicator else one for one in findings if one.indicator != indicator]
