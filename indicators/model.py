"""What an indicator is: a declared sign from the literature, with its rule, its sources and its innocent explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TIERS = ("strong", "moderate", "weak", "context-only", "route")
ROUTES = ("score", "urgent_review", "minor_safety", "context", "suppress", "minor_input")
FAMILIES = ("contact", "movement", "images", "authorship", "language", "distress", "inconsistency", "venue", "payments", "rhythm", "minor", "none")


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
    """A world of few rows (table name to rows, see indicators/rows.py) and the subjects that the rule finds in it, no more and no fewer."""

    name: str
    given: Mapping[str, tuple[Mapping[str, object], ...]]
    finds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a sign comes from; `basis` is found (read for this) or memory (not read again), `takeaway` what the source says."""

    id: str
    basis: str
    ref: str
    url: str
    takeaway: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One sign, whole. What may be wrong with one is listed by indicators/faults.py.

    `params` are the rule's values, the unit being the last word of the key; `raised_by` names an indicator that, met in full in the same
    cluster, raises this one from weak to moderate; `route` is score, urgent_review (counts only once a person confirmed it) or
    minor_safety (never counts), context (planning alone), suppress (speaks against a link or a visit) or minor_input (read for the child route
    alone); the last three never count, and neither does what belongs to the family none.
    """

    id: str
    title: Text
    definition: Text
    family: str
    tier: str
    sources: tuple[str, ...]
    innocent: tuple[Text, ...]
    misses: tuple[Text, ...]
    reads: tuple[str, ...]
    params: Mapping[str, float]
    rule: Sql
    explain: Text
    examples: tuple[Example, ...]
    route: str = "score"
    raised_by: str = ""
