"""One cluster as a person reads it: what is claimed, the evidence, what speaks against it, and its ads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from pipeline.outreach.candidates import outreach_sql
from pipeline.outreach.compare import SHOWN_MAX, Piece, pieces
from pipeline.outreach.sentences import said
from pipeline.outreach.signs import Sign, signs


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAd:
    """One ad without its text. `number` counts from 1 in the order of appearance; `person` is 0 when nobody can be told apart."""

    number: int
    ad_id: int
    site: str
    url: str
    category: str
    first_seen: datetime
    last_seen: datetime
    municipality: str
    age: int | None
    contacts: tuple[tuple[str, str, str], ...]
    pictures: tuple[int, ...]
    person: int
    template: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one claim rests on in some ads: the field, what may be shown of it, the numbers of the ads."""

    field: str
    shown: str
    ads: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One finding with its evidence and what its indicator says of itself."""

    finding: str
    indicator: str
    strength: str
    last_supported: datetime
    sentence: str
    evidence: tuple[Evidence, ...]
    sign: Sign | None

    @property
    def ads(self) -> int:
        """How many ads the claim rests on."""
        return len({number for item in self.evidence for number in item.ads})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """One cluster. `weakest` says on which sign its band hangs, '' without a band."""

    cluster: str
    band: str | None
    coverage: float
    gate_met: bool
    held_by: str
    first_seen: datetime
    last_seen: datetime
    personas: int
    ads: tuple[ShownAd, ...]
    claims: tuple[Claim, ...]
    counters: tuple[tuple[str, str], ...]
    lineage: tuple[tuple[str, str, str, str], ...]
    weakest: str

    @property
    def templates(self) -> Counter[int]:
        """How many of the ads are built from each template."""
        return Counter(ad.template for ad in self.ads if ad.template is not None)


def cluster_view(con: duckdb.DuckDBPyConnection, cluster: str, *, language: str) -> ClusterView | None:
    """Read one cluster from a review snapshot, or None when there is none of that name. Ads of possible minors are not in it."""
    return next(iter(cluster_views(con, [cluster], language=language)), None) if "," not in cluster else None


def cluster_views(con: duckdb.DuckDBPyConnection, clusters: Sequence[str], *, language: str) -> list[ClusterView]:
    """Read several clusters at once, which costs little more than one; those that are not there are left out."""
    asked = {"clusters": ",".join(clusters)}
    spoken = {**asked, "sv": language == "sv"}
    heads = con.execute(outreach_sql("view_heads"), asked).fetchall()
    ads = _by_cluster(con.execute(outreach_sql("view_ads"), asked).fetchall())
    claims = _by_cluster(con.execute(outreach_sql("view_findings"), spoken).fetchall())
    counters = _by_cluster(con.execute(outreach_sql("view_counter"), spoken).fetchall())
    return [_view(head, _ads(ads[head[0]]), claims[head[0]], counters[head[0]], language) for head in heads]


def _by_cluster(rows: Sequence[tuple[Any, ...]]) -> defaultdict[str, list[tuple[Any, ...]]]:
    """Gather rows by their first column, and leave it out."""
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def _view(
    head: tuple[Any, ...], ads: tuple[ShownAd, ...], claims: Sequence[tuple[Any, ...]], counters: Sequence[tuple[Any, ...]], language: str
) -> ClusterView:
    cluster, band, coverage, gate_met, held_by, parts, first_seen, last_seen, personas, lineage = head
    return ClusterView(
        cluster=cluster,
        band=band,
        coverage=coverage or 0.0,
        gate_met=bool(gate_met),
        held_by=held_by or "",
        weakest=_weakest(json.loads(parts or "{}"), language),
        first_seen=first_seen,
        last_seen=last_seen,
        personas=personas,
        ads=ads,
        claims=_claims(claims, ads, language),
        counters=tuple((counter, sentence) for counter, sentence in counters),
        lineage=tuple((line["run"], line["to"], line["from"], line["why"]) for line in lineage),
    )


def _weakest(parts: dict[str, Any], language: str) -> str:
    """Say on which sign a band hangs; a snapshot from before this was kept in parts says it in Swedish."""
    on = parts.get("hangs_on")
    if not on:
        return str(parts.get("weakest", ""))
    sign = signs(language).get(on["indicator"])
    return said(language, f"hangs_{on['then']}", title=sign.title if sign else on["indicator"], band=on["band"])


def _ads(rows: Sequence[tuple[Any, ...]]) -> tuple[ShownAd, ...]:
    people: dict[str, int] = {}
    for row in rows:
        if row[10]:
            people.setdefault(row[10], len(people) + 1)
    return tuple(
        ShownAd(
            number=number,
            ad_id=row[0],
            site=row[1],
            url=row[2],
            category=row[3],
            first_seen=row[4],
            last_seen=row[5],
            municipality=row[6],
            age=row[7],
            contacts=tuple((item["kind"], item["id"], item["shown"]) for item in row[8]),
            pictures=tuple(row[9]),
            person=people.get(row[10], 0),
            template=row[11],
        )
        for number, row in enumerate(rows, start=1)
    )


def _claims(rows: Sequence[tuple[Any, ...]], ads: Sequence[ShownAd], language: str) -> tuple[Claim, ...]:
    numbers, known = {ad.ad_id: ad.number for ad in ads}, signs(language)
    return tuple(
        Claim(
            finding=finding,
            indicator=indicator,
            strength=strength,
            last_supported=supported,
            sentence=sentence,
            evidence=_evidence(evidence or (), numbers),
            sign=known.get(indicator),
        )
        for finding, indicator, strength, supported, sentence, evidence in rows
    )


def _evidence(items: Sequence[dict[str, Any]], numbers: dict[int, int]) -> tuple[Evidence, ...]:
    found: dict[tuple[str, str], list[int]] = {}
    for item in items:
        if item["ad_id"] in numbers:
            found.setdefault((item["field"], item["shown"]), []).append(numbers[item["ad_id"]])
    return tuple(Evidence(field=field, shown=shown, ads=tuple(sorted(set(ads)))) for (field, shown), ads in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAd:
    """An ad with its masked text, cut into what it shares with its template and what changes. `cut`: the text was longer."""

    ad: ShownAd
    title: str
    body: tuple[Piece, ...]
    cut: bool


def read_ads(con: duckdb.DuckDBPyConnection, shown: Sequence[ShownAd]) -> list[ReadAd]:
    """Read the masked texts of some ads of a cluster and mark what those of one template share."""
    return marked(shown, texts_of(con, shown))


def texts_of(con: duckdb.DuckDBPyConnection, ads: Iterable[ShownAd]) -> dict[int, tuple[str, str]]:
    """Read the masked texts of some ads: title and body by the ad's number."""
    rows = con.execute(outreach_sql("view_texts"), {"ads": ",".join(str(ad.ad_id) for ad in ads)}).fetchall()
    return {ad_id: (title, body) for ad_id, title, body in rows}


def marked(shown: Sequence[ShownAd], texts: Mapping[int, tuple[str, str]]) -> list[ReadAd]:
    """Mark in the texts of some ads of a cluster what those of one template share."""
    groups: dict[object, list[ShownAd]] = {}
    for ad in shown:
        groups.setdefault(ad.template if ad.template is not None else f"alone {ad.ad_id}", []).append(ad)
    found: dict[int, ReadAd] = {}
    for group in groups.values():
        bodies = [texts.get(ad.ad_id, ("", ""))[1] for ad in group]
        for ad, body, cut in zip(group, bodies, pieces([body[:SHOWN_MAX] for body in bodies]), strict=True):
            found[ad.ad_id] = ReadAd(ad=ad, title=texts.get(ad.ad_id, ("", ""))[0][:500], body=tuple(cut), cut=len(body) > SHOWN_MAX)
    return [found[ad.ad_id] for ad in shown]
