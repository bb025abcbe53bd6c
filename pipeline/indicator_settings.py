"""config/indicators.toml as types, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indicators import faults as indicator_faults
from indicators.catalogue import catalogue
from indicators.faults import near
from indicators.model import TIERS

POINTS_MAX = 10.0  # of a weight or a cap


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
    """Points taken for each piece of counter-evidence, the most taken, its times in days, its words (RE2), and from which share of a
    cluster's ads, 0 to 1, what they say counts."""

    each: float
    most: float
    stable_days: float
    recycled_gap_days: float
    own_contact_days: float
    duo_words: str
    cue_share: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSettings:
    """All of config/indicators.toml; `params` overrides an indicator's own values, `at_most` bounds the points of single indicators.

    `shares` is what an indicator counts of its points, 1 where it is not named: it is asked with, to see what would move, and never configured.
    """

    weights: dict[str, float]
    family_caps: dict[str, float]
    structural: tuple[str, ...]
    gate: Gate
    bands: Bands
    decay: Decay
    counter: Counter
    params: dict[str, dict[str, float]]
    at_most: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


def faults(settings: IndicatorSettings) -> list[str]:
    """List every mistake in config/indicators.toml and in the indicators' own files, each in one sentence with the nearest known word."""
    configured = (*_params(settings), *_points(settings), *_needed(settings))
    return [*(f"config/indicators.toml: {fault}" for fault in configured), *indicator_faults.faults()]


def _params(settings: IndicatorSettings) -> Iterator[str]:
    known = {item.id: item for item in catalogue()}
    for name, values in settings.params.items():
        if name not in known:
            yield f"[params.{name}] is not an indicator{near(name, known)}"
            continue
        yield from (f"[params.{name}] {key} is not one of its values{near(key, known[name].params)}" for key in values if key not in known[name].params)
        yield from (f"[params.{name}] {key} must not be negative" for key, value in values.items() if value < 0)


def _points(settings: IndicatorSettings) -> Iterator[str]:
    yield from (f"[weights] {name} must lie between 0 and {POINTS_MAX:g}" for name, value in settings.weights.items() if not 0 <= value <= POINTS_MAX)
    yield from (f"[weights] {name} is no strength{near(name, TIERS)}" for name in settings.weights if name not in TIERS or name == "route")
    yield from (f"[family_caps] {name} must lie between 0 and {POINTS_MAX:g}" for name, cap in settings.family_caps.items() if not 0 < cap <= POINTS_MAX)
    known = {item.id for item in catalogue()}
    yield from (f"[at_most] {name} is not an indicator{near(name, known)}" for name in settings.at_most if name not in known)
    yield from (f"[shares] {name} is not configured: change [weights] or [at_most]" for name in settings.shares)
    yield from (f"[at_most] {name} must lie between 0 and {POINTS_MAX:g}" for name, most in settings.at_most.items() if not 0 <= most <= POINTS_MAX)
    if settings.weights.get("context-only", 0.0) != 0:
        yield "[weights] context-only must be 0: what only gives context never counts"
    ranked = [settings.weights[tier] for tier in TIERS if tier in settings.weights]
    if ranked != sorted(ranked, reverse=True):
        yield "[weights] must fall from strong through moderate to weak"
    if settings.decay.half_life_days <= 0:
        yield "[decay] half_life_days must be above 0"


def _needed(settings: IndicatorSettings) -> Iterator[str]:
    for item in (one for one in catalogue() if one.tier not in ("route", "context-only")):
        if item.family not in settings.family_caps:
            yield f"[family_caps] {item.family} is missing; {item.id} needs it"
        if item.tier not in settings.weights:
            yield f"[weights] {item.tier} is missing; {item.id} needs it"
    yield from (f"structural: {name} is not a family{near(name, settings.family_caps)}" for name in settings.structural if name not in settings.family_caps)
