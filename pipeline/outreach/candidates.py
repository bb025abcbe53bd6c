"""Clusters as candidates for a person's reading, and the order in which they should be read."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

import duckdb

from pipeline.casebook.book import Contact
from pipeline.outreach.sentences import said
from pipeline.outreach.settings import OutreachSettings

Contacts = Mapping[str, Sequence[Contact]]  # earlier contacts of each cluster, the latest first

PEOPLE_CAP = 5
HALF_LIFE_DAYS = {False: 7, True: 30}  # until somebody is probably elsewhere: an ad of a person, a venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One cluster with all that the rules of queue and list read. `band` is None when it does not pass the scoring gate."""

    cluster: str
    band: str | None
    coverage: float
    gate_met: bool
    held_by: str
    municipality: str
    municipalities: tuple[str, ...]
    venue: bool
    last_seen: datetime
    first_seen: datetime
    ads: int
    personas: int
    why: tuple[str, ...]
    counters: tuple[str, ...]
    counter_sentences: tuple[str, ...]
    contacts: frozenset[str]
    reachable: bool
    languages: tuple[str, ...]
    urgent: bool


@functools.cache
def outreach_sql(name: str) -> str:
    """Return the text of `pipeline/outreach/<name>.sql`."""
    return (files("pipeline.outreach") / f"{name}.sql").read_text("utf-8")


def candidates(con: duckdb.DuckDBPyConnection, settings: OutreachSettings) -> list[Candidate]:
    """Return the clusters that touch the municipalities served, in the order of their ids."""
    rows = con.execute(outreach_sql("candidates"), {"sv": settings.language == "sv"}).fetchall()
    names = list(Candidate.__dataclass_fields__)
    found = []
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for name in ("municipalities", "why", "counters", "counter_sentences", "languages"):
            values[name] = tuple(values[name] or ())
        values["contacts"] = frozenset(values["contacts"])
        values["coverage"] = values["coverage"] or 0.0
        values["gate_met"] = bool(values["gate_met"])
        values["held_by"] = values["held_by"] or ""
        found.append(Candidate(**values))
    served = set(settings.municipalities)
    return [one for one in found if not served or served & set(one.municipalities)]


def ordered(found: Iterable[Candidate], contacts: Contacts, as_of: datetime) -> list[Candidate]:
    """Put candidates in reading order: band, window, unreached, reachability, people, then a shuffle by the day."""
    return sorted(found, key=lambda one: order_key(one, contacts, as_of))


def likely_scam(one: Candidate, settings: OutreachSettings) -> bool:
    """Whether the ads are probably a scam: counter-evidence stops a contact (lane R5). A possible cry for help is read first all the same."""
    return not one.urgent and bool(set(one.counters) & set(settings.scam_counters))


def order_key(one: Candidate, contacts: Contacts, as_of: datetime) -> tuple[object, ...]:
    """Return the key by which outreach.ranking orders: lexicographic, never a sum."""
    made = contacts.get(one.cluster)
    since_offer = (as_of - made[0][0]).days if made else 100_000
    window = window_days(one, as_of)
    return (
        one.band or "D",
        window <= 0,
        window,
        -since_offer,
        not one.reachable,
        -min(one.personas, PEOPLE_CAP),
        shuffled(one.cluster, as_of),
    )


def window_days(one: Candidate, as_of: datetime) -> int:
    """Return the days left until the person or venue is probably not to be found: twice the half-life of an ad, less the days unseen."""
    return 2 * HALF_LIFE_DAYS[one.venue] - (as_of - one.last_seen).days


def shuffled(cluster: str, as_of: datetime) -> str:
    """Return a number in hex that orders ties by the day and the cluster, the same for everybody who looks that day."""
    return _shuffled(cluster, as_of.date())


@functools.lru_cache(maxsize=65_536)
def _shuffled(cluster: str, day: date) -> str:
    return hashlib.sha256(f"{day:%Y-%m-%d} {cluster}".encode()).hexdigest()


def not_known(one: Candidate, language: str) -> list[str]:
    """Say what the ads do not tell."""
    names = ["chosen_themselves"]
    if not one.municipality:
        names.append("where")
    if one.personas > 1:
        names.append("how_many")
    if one.coverage < 0.6:
        names.append("incomplete")
    return [said(language, name) for name in names]
