"""Rows for examples, short to write: an ad, a person on a contact, a stay in a town, a cue, a picture, a text.

Everything lies in the cluster k-1 unless said otherwise. Days are counted from 1 November 2026, which is day 1. Columns that an example
leaves out get an empty value.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

Row = dict[str, object]


def day(number: int) -> datetime:
    """Return the midnight that begins a day."""
    return datetime(2026, 11, 1) + timedelta(days=number - 1)


def ad(number: int, *, cluster: str | None = "k-1", first: int = 1, last: int = 10) -> Row:
    """Return an ad that rules may look at, in a cluster or (None) on its own; its only version has its number."""
    return {"ad_id": number, "version_id": number, "cluster_id": cluster, "first_seen": day(first), "last_seen": day(last)}


def person(number: int, name: str, *, phone: str = "phone-1", first: int = 1, last: int = 10, group: int = 1) -> Row:
    """Return somebody as advertised in an ad on its main contact; `group` is one where contacts are linked with each other."""
    return {
        "cluster_id": "k-1", "contact_id": phone, "kind": "phone", "persona": name, "who": name, "main": True, "contact_group": group, "ad_id": number,
        "first_seen": day(first), "last_seen": day(last),
    }  # fmt: skip


def contacts(people: Iterable[Row]) -> tuple[Row, ...]:
    """Return the masked contacts of people's ads."""
    return tuple({"ad_id": one["ad_id"], "contact_id": one["contact_id"], "kind": one["kind"], "shown": "•••605"} for one in people)


def named(people: Iterable[Row]) -> tuple[Row, ...]:
    """Return the names that people's ads display; versions have their ads' numbers."""
    return tuple({"ad_id": one["ad_id"], "version_id": one["ad_id"], "persona_name": one["who"]} for one in people)


def ads(people: Iterable[Row]) -> tuple[Row, ...]:
    """Return the ads of people."""
    return tuple({"version_id": one["ad_id"], **{key: one[key] for key in ("ad_id", "cluster_id", "first_seen", "last_seen")}} for one in people)


def stay(number: int, town: str, first: int, last: int) -> Row:
    """Return an ad seen in a town from one day to another."""
    return {"ad_id": number, "municipality": town, "town": town, "starts": day(first), "ends": day(last)}


def cue(number: int, indicator: str, quote: str, *, field: str = "text", negated: bool = False) -> Row:
    """Return a phrase of the lexicon read in an ad's text or in a comment on it."""
    return {"ad_id": number, "version_id": number, "indicator": indicator, "quote": quote, "field": field, "negated": negated}


def picture(number: int, group: int, *, stop: str = "") -> Row:
    """Return one picture of an ad; pictures of one group show the same."""
    return {"photo_id": 100 * number + group, "ad_id": number, "photo_group": group, "stop": stop}


def text(number: int, template: int, *, length: int = 300, stop: str = "") -> Row:
    """Return an ad's text, built from a template, `length` characters long once masked."""
    return {"version_id": number, "ad_id": number, "text_template": template, "masked_length": length, "stop": stop}


def listed(number: int, category: str, *, first: int = 1, last: int = 10) -> Row:
    """Return an ad as a section of a site lists it: escort, massage, recruitment or other."""
    return {
        "ad_id": number, "site": "exempel", "url": f"u{number}", "category": category, "state": "listed", "current_version": number,
        "first_seen": day(first), "last_seen": day(last),
    }  # fmt: skip


def at_venue(number: int, venue: str, town: str, *, category: str = "escort", named: bool = True, first: int = 1, last: int = 10) -> Row:
    """Return an ad that names a house in a town, or (named false) gives an address."""
    return {"ad_id": number, "category": category, "venue": venue, "municipality": town, "named": named, "starts": day(first), "ends": day(last)}
