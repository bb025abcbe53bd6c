"""config/indicators.toml as types, and what can be wrong with it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from indicators.catalogue import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a cluster must reach to be shown: points, families with at least `family_min` points, points of structural families."""

    total_min: float
    families_min: int
    family_min: float
    structural_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Lowest total of each band in points; A asks for `a_families` families too."""

    a_min: float
    a_families: int
    b_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decay:
    """How findings age, in days since what last supported them."""

    none_days: float
    half_life_days: float
    expire_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Points taken for each piece of counter-evidence, the most taken, its times in days and its words (RE2)."""

    each: float
    most: float
    stable_days: float
    recycled_gap_days: float
    own_contact_days: float
    duo_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSettings:
    """All of config/indicators.toml; `params` overrides an indicator's own values."""

    weights: dict[str, float]
    family_caps: dict[str, float]
    structural: tuple[str, ...]
    gate: Gate
    bands: Bands
    decay: Decay
    counter: Counter
    params: dict[str, dict[str, float]]


def faults(settings: IndicatorSettings) -> list[str]:
    """List every mistake: unknown indicators, parameters, families and strengths, each with the nearest known one."""
    known = {item.id: item for item in catalogue()}
    wrong: list[str] = []
    for name, values in settings.params.items():
        if name not in known:
            wrong.append(f"[params.{name}] is not an indicator{_near(name, known)}")
            continue
        wrong += [f"[params.{name}] {key} is not one of its values{_near(key, known[name].params)}" for key in values if key not in known[name].params]
    for item in known.values():
        if item.route != "minor_safety" and item.family not in settings.family_caps:
            wrong.append(f"[family_caps] {item.family} is missing; {item.id} needs it")
        if item.tier != "route" and item.tier not in settings.weights:
            wrong.append(f"[weights] {item.tier} is missing; {item.id} needs it")
    wrong += [f"structural: {name} is not a family{_near(name, settings.family_caps)}" for name in settings.structural if name not in settings.family_caps]
    wrong += [f"[weights] {name} must not be negative" for name, value in settings.weights.items() if value < 0]
    if settings.decay.half_life_days <= 0:
        wrong.append("[decay] half_life_days must be above 0")
    return wrong


def _near(name: str, known: object) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)  # type: ignore[call-overload]
    return f"; did you mean {near[0]}?" if near else ""
