"""What each sign is worth: the same store judged without one kind of link, or without one family of signs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline import cluster, detect, link, persona, score
from pipeline.evaluate import b_cubed, pairwise
from pipeline.evaluate_kinds import groups_of
from pipeline.home import Home
from pipeline.indicator_settings import IndicatorSettings
from pipeline.settings import Settings
from pipeline.store import sql

MESSENGERS = ("telegram", "whatsapp", "signal", "wechat", "line", "viber", "snapchat")
LINKS: Mapping[str, tuple[str, ...]] = {"phone": ("phone",), "email": ("email",), "payment": ("payment_swish",), "messenger": MESSENGERS}
SEEN: Mapping[str, str] = {  # a sign that is switched off is not there for people and indicators either
    "photo": "UPDATE photo_group SET stop = 'switched off'",
    "template": "UPDATE text_template SET stop = 'switched off'",
}
GROUP_MIN = 4  # ads
ALONE = ("independent", "independent_touring", "friends_phone", "friends_flat", "no_contact")
MEMBERS = "SELECT ad.site, ad.url, coalesce(member.cluster_id, 'alone ' || ad_id) FROM ad LEFT JOIN cluster_member AS member USING (ad_id)"


@contextmanager
def in_memory(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a copy of an installation's store in memory, to be changed and forgotten."""
    con = connect(memory_limit="3GB", threads=1)
    try:
        con.execute("SET enable_progress_bar = false")
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        con.execute(sql("schema"))
        for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' ORDER BY ALL").fetchall():
            con.table(f"store.main.{name}").insert_into(name)
        con.execute("DETACH store")
        yield con
    finally:
        con.close()


def ablations(home: Home, settings: Settings, truth: Sequence[Mapping[str, Any]], as_of: datetime) -> dict[str, dict[str, float]]:
    """Return the figures of `measured` for the whole, and without each link kind and each family of signs."""
    with in_memory(home) as con:
        found = {"everything": measured(con, truth)}
        for name, kinds in LINKS.items():
            rules = dataclasses.replace(settings.linking.link, strong=tuple(kind for kind in settings.linking.link.strong if kind not in kinds))
            found[f"no link by {name}"] = _judged(con, dataclasses.replace(settings, linking=dataclasses.replace(settings.linking, link=rules)), truth, as_of)
        for name, change in SEEN.items():
            found[f"no {name}"] = _judged(con, settings, truth, as_of, change=change)
        for family in settings.indicators.family_caps:
            found[f"no family {family}"] = _scored(con, _without(settings.indicators, family), truth, as_of)
    return found


def _without(indicators: IndicatorSettings, family: str) -> IndicatorSettings:
    return dataclasses.replace(indicators, family_caps={name: cap for name, cap in indicators.family_caps.items() if name != family})


def _judged(con: duckdb.DuckDBPyConnection, settings: Settings, truth: Sequence[Mapping[str, Any]], as_of: datetime, change: str = "") -> dict[str, float]:
    """Tell people apart, link, cluster, detect and score anew, measure, and put everything back."""
    con.execute("BEGIN")
    if change:
        con.execute(change)
        persona.run(con, settings.linking.persona, as_of)
    link.run(con, settings.linking.link, as_of)
    cluster.run(con, settings.linking.cluster, as_of)
    detect.run(con, detect.DetectSettings(indicators=settings.indicators), as_of)
    score.run(con, score.ScoreSettings(indicators=settings.indicators), as_of)
    figures = measured(con, truth)
    con.execute("ROLLBACK")
    return figures


def _scored(con: duckdb.DuckDBPyConnection, indicators: IndicatorSettings, truth: Sequence[Mapping[str, Any]], as_of: datetime) -> dict[str, float]:
    con.execute("BEGIN")
    score.run(con, score.ScoreSettings(indicators=indicators), as_of)
    figures = measured(con, truth)
    con.execute("ROLLBACK")
    return figures


def measured(con: duckdb.DuckDBPyConnection, truth: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return linking against the truth, the share of controllers' groups in a band, and how pure the bands are, each 0 to 1."""
    known = {(row["site"], row["url"]): str(row["group"]) for row in truth}
    placed = {number: (key, name) for number, (*key, name) in enumerate(con.execute(MEMBERS).fetchall()) if tuple(key) in known}
    clusters = {number: name for number, (_, name) in placed.items()}
    groups = {number: known[(key[0], key[1])] for number, (key, _) in placed.items()}
    found = groups_of(con, truth)
    large = [one for one in found if one.controlled and one.ads >= GROUP_MIN]
    banded, urgent = [one for one in found if one.band], [one for one in found if one.band in ("A", "B")]
    alone = [one for one in found if one.kind in ALONE]
    pairs = pairwise(clusters, groups)
    return {
        "pairwise_precision": pairs["precision"],
        "pairwise_recall": pairs["recall"],
        "b_cubed_f1": b_cubed(clusters, groups)["f1"],
        "groups_found": _share(sum(one.band is not None for one in large), len(large)),
        "controlled_of_banded": _share(sum(one.controlled for one in banded), len(banded)),
        "controlled_of_a_and_b": _share(sum(one.controlled for one in urgent), len(urgent)),
        "alone_in_band_a": float(sum(one.band == "A" for one in alone)),
        "alone_in_a_band": _share(sum(one.band is not None for one in alone), len(alone)),
    }


def _share(count: int, of: int) -> float:
    return count / of if of else 0.0
