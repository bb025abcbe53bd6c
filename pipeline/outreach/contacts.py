"""From what somebody says of a contact to its pseudonym and mask, and, for a purpose, back from a case to its contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.outreach.visit_list import case_reference
from pipeline.pseudonyms import contact_id, masked, unseal
from pipeline.publish import open_snapshot
from pipeline.reading.addresses import normalise_email, normalise_handle
from pipeline.reading.phones import normalise

PHONES = ("phone", "payment_swish", "whatsapp", "signal", "viber")
KINDS = ("phone", "email", "telegram", "whatsapp", "payment_swish")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A contact that somebody named: its pseudonym, and what may be shown of it."""

    contact_id: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What a contact is part of: its cluster or '', how many personas it carries, and in how many ads it stands."""

    cluster: str
    personas: int
    ads: int


def named(home: Home, kind: str, value: str) -> Named:
    """Return the pseudonym of a contact as it is typed.

    Raises:
        Failure: a phone that is no valid phone number (2).
    """
    if kind in PHONES:
        normal = normalise("".join(mark for mark in value if mark.isdigit() or mark == "+"), "SE") or ""
        if not normal:
            raise Failure(Exit.USAGE, "That is no valid phone number. Write it with its country code, such as +46 and the rest.")
    else:
        normal = normalise_email(value) if kind == "email" else normalise_handle(value)
    return Named(contact_id=contact_id(bytes.fromhex(home.key("pseudonym")), kind, normal), shown=masked(kind, normal))


def touched(con: duckdb.DuckDBPyConnection, pseudonym: str) -> Touched:
    """Return what a contact is part of in a review snapshot."""
    question = (
        "SELECT coalesce(arg_max(cluster_id, ad.last_seen), ''), count(DISTINCT contact.ad_id) FROM contact JOIN ad ON ad.ad_id = contact.ad_id "
        "LEFT JOIN cluster_member ON cluster_member.ad_id = contact.ad_id WHERE contact_id = $contact"
    )
    cluster, ads = con.execute(question, {"contact": pseudonym}).fetchall()[0]
    people = con.execute("SELECT count(DISTINCT persona) FROM persona WHERE contact_id = $contact", {"contact": pseudonym}).fetchall()[0][0]
    return Touched(cluster=cluster, personas=people, ads=ads)


def of_case(con: duckdb.DuckDBPyConnection, cluster: str, case: str) -> str:
    """Return the pseudonym of the contact that a list calls by a case reference, '' when the cluster no longer holds it."""
    question = (
        "SELECT DISTINCT persona.contact_id FROM persona JOIN cluster_member ON cluster_member.ad_id = persona.ad_id "
        "WHERE cluster_id = $cluster AND persona.main AND persona.contact_id <> ''"
    )
    rows: list[Any] = con.execute(question, {"cluster": cluster}).fetchall()
    return next((row[0] for row in rows if case_reference(cluster, row[0]) == case), "")


def opened(home: Home, pseudonym: str) -> tuple[str, str]:
    """Open one contact from the vault and return its kind and value. The caller has checked purpose and limit, and audited.

    Raises:
        Failure: the vault no longer holds it (4).
    """
    con, _, _ = open_snapshot(home, "vault")
    try:
        row = con.execute("SELECT kind, value FROM contact_vault WHERE contact_id = $contact", {"contact": pseudonym}).fetchone()
    finally:
        con.close()
    if row is None:
        raise Failure(Exit.NOTHING, "The contact is no longer kept.")
    return row[0], unseal(bytes.fromhex(home.key("vault")), row[1])

