"""Small towns to judge: rows as the earlier stages write them, or ads that are read from their texts; then detect and score."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from crawler.records.ad import Ad
from indicators.trial import add_rows
from pipeline import detect, score
from pipeline.home import SHIPPED_CONFIG
from pipeline.indicator_settings import IndicatorSettings, faults
from pipeline.store import sql
from pipeline.strict import build
from tests.matching.world import ad

START = datetime(2026, 11, 1)
AS_OF = datetime(2026, 11, 23)
TOUR = (("Helsingborg", 1), ("Malmö", 9), ("Lund", 17))
PEOPLE = (("Lina", "22"), ("Mia", "27"), ("Eva", "32"), ("Sara", "37"))
TEXT = (
    "Hej jag heter {name} och är {age} år. Jag är i {city} några dagar och tycker om lugna stunder, god musik och långa samtal vid ett fönster. "
    "Boka via receptionen på {phone} så ordnar vi en tid som passar dig bra."
)


def shipped_indicators() -> IndicatorSettings:
    wrong: list[str] = []
    settings = build(IndicatorSettings, tomllib.loads((SHIPPED_CONFIG / "indicators.toml").read_text("utf-8")), where="config/indicators.toml", faults=wrong)
    assert settings is not None and wrong == [] and faults(settings) == []
    return settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """One ad of somebody: on which phone, where, from which day to which, and what it shows."""

    number: int
    name: str = "Lina"
    phone: str = "c1"
    town: str = "1283"
    first: int = 1
    last: int = 5
    pictures: tuple[int, ...] = ()
    template: int | None = None
    cues: tuple[str, ...] = ()
    age: int | None = None
    body: str = ""
    cluster: str = "k-1"


def store_of(adverts: Sequence[Advert]) -> duckdb.DuckDBPyConnection:
    """Return a store in memory with these ads, as if they had been read, matched, linked by phone and clustered."""
    con = duckdb.connect()
    con.execute(sql("schema"))
    whole: dict[str, list[dict[str, object]]] = defaultdict(list)
    by_phone: dict[str, int] = {}
    for one in adverts:
        key = {"ad_id": one.number, "version_id": one.number}
        first, last = START + timedelta(days=one.first - 1), START + timedelta(days=one.last - 1)
        rows: dict[str, list[dict[str, object]]] = {
            "ad": [{"ad_id": one.number, "site": "exempel", "url": f"u{one.number}", "current_version": one.number, "first_seen": first, "last_seen": last}],
            "ad_version": [{**key, "title": "", "body": one.body}],
            "observed": [{**key, "persona_name": one.name}],
            "sighting": [{**key, "seen_at": seen} for seen in sorted({first, last})],
            "contact": [{**key, "kind": "phone", "contact_id": one.phone, "shown": "•••605", "field": "text"}],
            "persona": [{"ad_id": one.number, "contact_id": one.phone, "persona": one.name, "main": True}],
            "place": [{**key, "municipality": one.town, "main": True}] if one.town else [],
            "photo_group": [{"photo_id": 1000 * one.number + group, "ad_id": one.number, "photo_group": group} for group in one.pictures],
            "text_template": [{**key, "text_template": one.template, "masked_length": 300}] if one.template is not None else [],
            "stated_age": [{**key, "age": one.age, "field": "text"}] if one.age is not None else [],
            "cue": [{**key, "indicator": cue, "cue_id": cue, "field": "text", "quote": cue} for cue in one.cues],
            "cluster_member": [{"ad_id": one.number, "cluster_id": one.cluster}],
        }
        for table, given in rows.items():
            whole[table] += given
        other = by_phone.setdefault(one.phone, one.number)
        if other != one.number:
            whole["link"].append({"left_ad": other, "right_ad": one.number, "kind": "phone", "admitted": True})
    for table, given in whole.items():
        add_rows(con, table, given)
    return con


def judge(con: duckdb.DuckDBPyConnection, as_of: datetime = AS_OF, confirmed: frozenset[str] = frozenset()) -> None:
    """Run detect and score on a store."""
    settings = shipped_indicators()
    detect.run(con, detect.DetectSettings(indicators=settings), as_of)
    score.run(con, score.ScoreSettings(indicators=settings, confirmed=confirmed), as_of)


def findings(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Return indicator, subject and strength of every finding, in order."""
    return con.execute("SELECT indicator, subject, strength FROM finding ORDER BY ALL").fetchall()


def bands(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str | None, float, bool]]:
    """Return band, total and whether the gate is met, by cluster."""
    rows = con.execute("SELECT cluster_id, band, total, gate_met FROM cluster_priority").fetchall()
    return {cluster: (band, total, met) for cluster, band, total, met in rows}


def parts(con: duckdb.DuckDBPyConnection, cluster: str = "k-1") -> dict[str, Any]:
    """Return the kept parts of a cluster's total."""
    row = con.execute("SELECT parts FROM cluster_priority WHERE cluster_id = $cluster", {"cluster": cluster}).fetchone()
    assert row is not None
    found: dict[str, Any] = json.loads(row[0])
    return found


def ring(words: Sequence[str] = ("svensk",), text: str = TEXT, **fields: object) -> list[Ad]:
    """Return four people on one phone and one template who tour three towns; each ad says one of the words."""
    found = []
    for person, (name, age) in enumerate(PEOPLE):
        for stop, (city, first) in enumerate(TOUR):
            number = person * len(TOUR) + stop
            body = text.format(name=name, age=age, city=city, phone="070-174 06 05") + f" En {words[number % len(words)]} stund."
            for night in range(3):
                seen_at = START + timedelta(days=first + night, hours=2, minutes=number)
                found.append(ad(number, body, name=name, age=age, city=city, seen_at=seen_at, **fields))
    return found
