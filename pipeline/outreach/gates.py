"""The twelve gates: each says in one sentence why it stops a row, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.casebook.book import Casebook, Judgement
from pipeline.outreach.candidates import Candidate
from pipeline.outreach.settings import OutreachSettings


def standing(one: Candidate, book: Casebook, settings: OutreachSettings, as_of: datetime, *, do_not_contact: frozenset[str]) -> list[str]:
    """Return what stops contact whatever anybody decides: wishes, age of the sighting, cooldowns, other agencies, scam."""
    stops: list[str] = []
    if one.contacts & do_not_contact:
        stops.append("Spärrad: personen vill inte bli kontaktad.")
    limit = settings.unseen_venue_days if one.venue else settings.unseen_days
    if (as_of - one.last_seen).days > limit:
        stops.append(f"Inte sedd på mer än {limit} dagar.")
    stops += _cooldowns(one, book, settings, as_of)
    if set(one.counters) & set(settings.scam_counters):
        stops.append("Annonserna kan vara en bluff.")
    return stops


def _cooldowns(one: Candidate, book: Casebook, settings: OutreachSettings, as_of: datetime) -> list[str]:
    stops = []
    for at, outcome, answered, declined, agency in book.contacts_made(one.cluster):
        days = (as_of - at).days
        if outcome == "no_contact_requested":
            stops.append("Personen har sagt att hen inte vill bli kontaktad igen.")
        elif agency != settings.team and days < settings.other_agency_days:
            stops.append(f"En annan verksamhet tog kontakt för {days} dagar sedan.")
        elif declined and days < settings.cooldown_declined_days:
            stops.append(f"Avböjde för {days} dagar sedan; vänta {settings.cooldown_declined_days} dagar.")
        elif not answered and days < settings.cooldown_unanswered_days:
            stops.append(f"Inget svar för {days} dagar sedan; vänta {settings.cooldown_unanswered_days} dagar.")
    return stops


def of_decision(one: Candidate, judgement: Judgement | None, settings: OutreachSettings) -> list[str]:
    """Return what the two people's decisions still lack."""
    if judgement is None:
        return ["Väntar på en första persons beslut."]
    if judgement.decision != "approve":
        return ["Beslutet är att inte gå vidare." if judgement.decision == "dismiss" else "Den första personen är osäker."]
    stops: list[str] = []
    if not judgement.approver:
        stops.append("Väntar på en andra persons godkännande.")
    if not one.gate_met and not judgement.assessment.get("nomination"):
        stops.append("Når inte poänggrinden, och ingen samordnare har nominerat den med skriftligt skäl.")
    if not judgement.alternative.strip():
        stops.append("En alternativ förklaring saknas.")
    return [*stops, *_assessed(judgement.assessment, settings)]


def _assessed(assessment: Mapping[str, Any], settings: OutreachSettings) -> list[str]:
    stops = []
    if not assessment.get("minor_check"):
        stops.append("Kontrollen att inget barn annonseras är inte gjord.")
    if not assessment.get("person_safety"):
        stops.append("Bedömningen av personens säkerhet saknas.")
    if int(assessment.get("team_safety", 3)) > settings.team_safety_max:
        stops.append("Teamets säkerhet kräver en ny plan.")
    if not assessment.get("interpreter"):
        stops.append("Tolk är inte ordnad.")
    if not assessment.get("legal"):
        stops.append("Laglig grund och deltagarnas roller är inte nedskrivna.")
    return stops
