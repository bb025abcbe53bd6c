"""The arithmetic of a score, by hand."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.indicator_settings import IndicatorSettings, faults
from pipeline.score import Found, score_cluster
from pipeline.strict import build

AS_OF = datetime(2026, 11, 23)
SHIPPED = Path(__file__).parents[2] / "config" / "indicators.toml"


@pytest.fixture(scope="module")
def settings() -> IndicatorSettings:
    wrong: list[str] = []
    built = build(IndicatorSettings, tomllib.loads(SHIPPED.read_text("utf-8")), where="config/indicators.toml", faults=wrong)
    assert built is not None and wrong == [] and faults(built) == []
    return built


def found(family: str, strength: str, days: int = 0) -> Found:
    return Found(indicator=family, family=family, strength=strength, last_supported=AS_OF - timedelta(days=days), sentence="x")


def test_an_agency_like_cluster_is_band_c(settings: IndicatorSettings) -> None:
    score = score_cluster([found("contact", "strong"), found("authorship", "moderate"), found("images", "weak")], [], settings, AS_OF)
    assert (score.total, score.gate_met, score.band) == (5.0, True, "C")


def test_language_alone_never_opens_the_gate(settings: IndicatorSettings) -> None:
    signs = [found(family, "strong") for family in ("language", "inconsistency", "rhythm", "distress") for _ in range(5)]
    assert score_cluster(signs, [], settings, AS_OF).band is None


def test_three_friends_who_say_so_are_held(settings: IndicatorSettings) -> None:
    score = score_cluster([found("contact", "strong"), found("movement", "strong")], ["declared_duo_or_collective"], settings, AS_OF)
    assert (score.total, score.gate_met, score.band, score.held_by) == (5.5, True, None, "declared_duo_or_collective")


def test_a_finding_halves_thirty_days_after_the_fortnight_and_expires(settings: IndicatorSettings) -> None:
    totals = [score_cluster([found("contact", "strong", days)], [], settings, AS_OF).total for days in (14, 44, 180)]
    assert totals == [3.0, 1.5, 0.0]


def test_removing_a_finding_never_raises_the_total(settings: IndicatorSettings) -> None:
    signs = [found("contact", "strong"), found("contact", "weak"), found("movement", "strong"), found("language", "moderate")]
    whole = score_cluster(signs, ["recycled_number"], settings, AS_OF).total
    assert all(score_cluster(signs[:i] + signs[i + 1 :], ["recycled_number"], settings, AS_OF).total <= whole for i in range(len(signs)))
