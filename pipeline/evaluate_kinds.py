"""The evaluation by kind of actor: who is found, who is missed for want of what, and who is shown although nobody controls them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from indicators.catalogue import catalogue
from pipeline.evaluate import GROUP_MIN

BANDS = ("A", "B", "C")
SHOWN_MIN = 1.0  # points from which a family is called shown: the gate's own
GATE_RULES = ("points", "families", "structure")  # in the order in which the arithmetic lists them

ADS = """
SELECT ad.site, ad.url, member.cluster_id FROM ad LEFT JOIN cluster_member AS member USING (ad_id) ORDER BY ad.ad_id
"""
ROUTED = """
SELECT DISTINCT ad.site, ad.url, finding.indicator
FROM finding JOIN finding_evidence USING (finding_id) JOIN ad USING (ad_id) WHERE list_contains($indicators, finding.indicator)
"""
ROUTES = {"urgent_review": "same day", "minor_safety": "child route"}
SCORES = "SELECT cluster_id, band, held_by, parts FROM cluster_priority ORDER BY cluster_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A cluster as scored: its band (None without), what is missing for one ('' when nothing is), and what it shows."""

    band: str | None
    missing: str
    families: frozenset[str]
    indicators: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of the truth: how many ads, and how its clusters stand; `missing` is '' for one in a band.

    `routes` are those by which a person reads one of its ads whatever the band: the same day, or as possibly a child's.
    """

    kind: str
    controlled: bool
    ads: int
    band: str | None
    missing: str
    families: frozenset[str]
    indicators: frozenset[str]
    routes: frozenset[str]


def by_kind(con: duckdb.DuckDBPyConnection, truth: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a row for each kind that the truth names, in order of name; none when it names no kinds.

    Args:
        con: the store, readable by plain table names.
        truth: rows with site, url, group, controlled and, where known, kind.
    """
    kinds: dict[str, list[Group]] = defaultdict(list)
    for group in groups_of(con, truth):
        kinds[group.kind].append(group)
    return [_row(kind, found) for kind, found in sorted(kinds.items())]


def groups_of(con: duckdb.DuckDBPyConnection, truth: Sequence[Mapping[str, Any]]) -> list[Group]:
    """Return how each group of the truth stands; groups whose kind is unknown, and ads that are not in the store, are left out."""
    return list(groups_by_name(con, truth).values())


def groups_by_name(con: duckdb.DuckDBPyConnection, truth: Sequence[Mapping[str, Any]]) -> dict[str, Group]:
    """Return the same by the truth's names of groups, in order."""
    clusters = {(site, url): cluster for site, url, cluster in con.execute(ADS).fetchall()}
    standings = {cluster: _standing(*said) for cluster, *said in con.execute(SCORES).fetchall()}
    routed = _routed(con)
    members: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in truth:
        if row.get("kind") and (row["site"], row["url"]) in clusters:
            members[str(row["group"])].append(row)
    found = {}
    for name, rows in sorted(members.items()):
        keys = [(row["site"], row["url"]) for row in rows]
        routes = frozenset(route for key in keys for route in routed.get(key, ()))
        found[name] = _group(rows, [clusters[key] for key in keys], standings, routes)
    return found


def _routed(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], set[str]]:
    """Return the ads that a person reads whatever the band, with the routes that bring them there."""
    route_of = {item.id: ROUTES[item.route] for item in catalogue() if item.route in ROUTES}
    routed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site, url, indicator in con.execute(ROUTED, {"indicators": sorted(route_of)}).fetchall():
        routed[(site, url)].add(route_of[indicator])
    return routed


def _standing(band: str | None, held_by: str, parts: str) -> Standing:
    said = json.loads(parts)
    unmet = [name for name, rule in zip(GATE_RULES, said["gate"], strict=True) if not rule["met"]]
    missing = "" if band else "held" if held_by and not unmet else "families" if "families" in unmet else unmet[-1]
    return Standing(
        band=band,
        missing=missing,
        families=frozenset(one["family"] for one in said["families"] if one["counted"] >= SHOWN_MIN),
        indicators=frozenset(found["indicator"] for one in said["families"] for found in one["findings"] if found["counted"] > 0),
    )


def _group(rows: Sequence[Mapping[str, Any]], placed: Sequence[str | None], standings: Mapping[str, Standing], routes: frozenset[str]) -> Group:
    """Sum up one group. Its best band is that of any cluster it has an ad in; what it lacks is read off the one with most of its ads."""
    held = Counter(cluster for cluster in placed if cluster is not None and cluster in standings)
    main, count = held.most_common(1)[0] if held else (None, 0)
    band = min((standings[cluster].band or "-" for cluster in held), default="-", key=lambda one: (BANDS + ("-",)).index(one))
    stands = standings[main] if main else Standing(band=None, missing="", families=frozenset(), indicators=frozenset())
    missing = "" if band != "-" else "not linked" if not held else "split" if 2 * count < len(placed) else stands.missing
    return Group(
        kind=str(rows[0]["kind"]),
        controlled=bool(rows[0]["controlled"]),
        ads=len(rows),
        band=None if band == "-" else band,
        missing=missing,
        families=stands.families,
        indicators=stands.indicators,
        routes=routes,
    )


def _row(kind: str, groups: Sequence[Group]) -> dict[str, Any]:
    large = [one for one in groups if one.ads >= GROUP_MIN]
    shown = Counter(family for one in large for family in one.families)
    return {
        "kind": kind,
        "controlled": any(one.controlled for one in groups),
        "groups": len(groups),
        "in_band": sum(one.band is not None for one in groups),
        "large_groups": len(large),
        "large_in_band": sum(one.band is not None for one in large),
        "large_urgent": sum(one.band is None and ROUTES["urgent_review"] in one.routes for one in large),
        "bands": {band: sum(one.band == band for one in groups) for band in BANDS},
        "read_otherwise": dict(sorted(Counter(route for one in large if one.band is None for route in one.routes).items())),
        "missing": dict(sorted(Counter(one.missing for one in large if one.missing).items())),
        "families": {family: count / len(large) for family, count in sorted(shown.items())},
        "flagged_by": dict(sorted(Counter(name for one in groups if one.band for name in one.indicators).items())),
    }
