"""The twelve gates: each says in one sentence why it stops a row, or nothing."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Contact, Judgement
from pipeline.outreach.candidates import Candidate, Contacts
from pipeline.outreach.sentences import said
from pipeline.outreach.settings import OutreachSettings


def standing(one: Candidate, contacts: Contacts, settings: OutreachSettings, as_of: datetime, *, do_not_contact: frozenset[str]) -> list[str]:
    """Return what stops contact whatever anybody decides: wishes, age of the sighting, cooldowns, other agencies, scam."""
    say = functools.partial(said, settings.language)
    stops: list[str] = []
    if one.contacts & do_not_contact:
        stops.append(say("no_contact"))
    limit = settings.unseen_venue_days if one.venue else settings.unseen_days
    if (as_of - one.last_seen).days > limit:
        stops.append(say("unseen", days=limit))
    stops += _cooldowns(contacts.get(one.cluster, ()), settings, as_of)
    if set(one.counters) & set(settings.scam_counters):
        stops.append(say("scam"))
    return stops


def _cooldowns(contacts: Sequence[Contact], settings: OutreachSettings, as_of: datetime) -> list[str]:
    say, stops = functools.partial(said, settings.language), []
    for at, outcome, answered, declined, agency in contacts:
        days = max(0, (as_of - at).days)
        if outcome == "no_contact_requested":
            stops.append(say("said_no"))
        elif agency != settings.team and days < settings.other_agency_days:
            stops.append(say("other_agency", days=days))
        elif declined and days < settings.cooldown_declined_days:
            stops.append(say("declined", days=days, wait=settings.cooldown_declined_days))
        elif not answered and days < settings.cooldown_unanswered_days:
            stops.append(say("unanswered", days=days, wait=settings.cooldown_unanswered_days))
    return stops


def of_decision(one: Candidate, judgement: Judgement | None, settings: OutreachSettings) -> list[str]:
    """Return what the two people's decisions still lack."""
    say = functools.partial(said, settings.language)
    if judgement is None:
        return [say("first_person")]
    if judgement.decision != "approve":
        return [say("dismissed" if judgement.decision == "dismiss" else "unsure")]
    stops: list[str] = []
    if not judgement.approver:
        stops.append(say("second_person"))
    if not one.gate_met and not judgement.assessment.get("nomination"):
        stops.append(say("gate"))
    if not judgement.alternative.strip():
        stops.append(say("alternative"))
    return [*stops, *assessed(judgement.assessment, settings)]


def assessed(assessment: Mapping[str, Any], settings: OutreachSettings) -> list[str]:
    """Return what an assessment of safety, interpreter and law still lacks."""
    say, stops = functools.partial(said, settings.language), []
    if not assessment.get("minor_check"):
        stops.append(say("minor_check"))
    if not assessment.get("person_safety"):
        stops.append(say("person_safety"))
    if int(assessment.get("team_safety", 3)) > settings.team_safety_max:
        stops.append(say("team_safety"))
    if not assessment.get("interpreter"):
        stops.append(say("interpreter"))
    if not assessment.get("legal"):
        stops.append(say("legal"))
    return stops
