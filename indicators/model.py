"""What an indicator is: a declared sign from the literature, with its rule, its sources and its innocent explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.never import NEVER_SCORE

TIERS = ("strong", "moderate", "weak", "context-only", "route")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Sql:
    """Name of the rule's file beside the indicator."""

    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A world of few rows (table name to rows) and the subjects that the rule must find in it, no more and no fewer."""

    name: str
    given: Mapping[str, tuple[Mapping[str, object], ...]]
    finds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One sign, whole.

    `params` are the rule's values, one unit a key; `raised_by` names an indicator that raises this one from weak to moderate;
    `route` is score, urgent_review (counts only once a person confirmed it) or minor_safety (never counts).

    Raises:
        ValueError: the id is an attribute that never counts, the tier is unknown, or an innocent explanation is missing.
    """

    id: str
    title: Text
    definition: str
    family: str
    tier: str
    sources: tuple[str, ...]
    innocent: tuple[Text, ...]
    misses: tuple[Text, ...]
    reads: tuple[str, ...]
    params: Mapping[str, float]
    rule: Sql
    explain: Text
    examples: tuple[Example, ...] = ()
    route: str = "score"
    raised_by: str = ""

    def __post_init__(self) -> None:
        if self.id in NEVER_SCORE:
            raise ValueError(f"{self.id} is never scored; see indicators/never.py")
        if self.tier not in TIERS:
            raise ValueError(f"{self.id}: tier {self.tier} is not one of {', '.join(TIERS)}")
        if not self.innocent or not self.sources:
            raise ValueError(f"{self.id}: an indicator names its sources and at least one innocent explanation")
