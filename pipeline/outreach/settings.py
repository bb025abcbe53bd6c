"""What config/outreach.toml says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachSettings:
    """Field names are the keys of config/outreach.toml, which gives units and origins."""

    municipalities: tuple[str, ...]
    elsewhere_text_days: int
    team: str
    language: str
    unseen_days: int
    unseen_venue_days: int
    cooldown_unanswered_days: int
    cooldown_declined_days: int
    other_agency_days: int
    list_days: int
    list_rows: int
    random_share: float
    team_safety_max: int
    scam_counters: tuple[str, ...]
    offers: tuple[str, ...]
    safe_wording: str
