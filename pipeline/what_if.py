"""What a cluster's band would be without one of its signs, or with other points: the same arithmetic over the same findings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import duckdb

from indicators.faults import near
from pipeline.failure import Exit, Failure
from pipeline.score import ScoreSettings, catalogue_version, counters_in, found_in
from pipeline.score_arithmetic import Found, score_cluster, without

ID_MIN = 6  # hex digits that name a finding among those of one cluster
SCORED = "SELECT as_of, catalogue FROM cluster_priority WHERE cluster_id = $cluster"


def explain_without(con: duckdb.DuckDBPyConnection, cluster_id: str, sign: str, settings: ScoreSettings) -> dict[str, Any]:
    """Return the arithmetic of a cluster less one indicator, or less one finding: parts as `lykta explain` gives them, with band and total before.

    Args:
        con: a store or snapshot.
        sign: an indicator's id, or the first six hex digits or more of a finding's.
        settings: those of the night that scored.

    Raises:
        Failure: no such cluster or sign in it (2), or points, rules or phrases have changed since the night (7).
    """
    row = con.execute(SCORED, {"cluster": cluster_id}).fetchone()
    if row is None:
        raise Failure(Exit.USAGE, f"{cluster_id}: no such cluster. `lykta clusters` lists them.")
    as_of, version = row
    refuse_other_catalogue(version, settings)
    found, against = found_in(con, settings)[cluster_id], counters_in(con)[cluster_id]
    left = _left(found, sign, cluster_id)
    before, after = (score_cluster(one, against, settings.indicators, as_of) for one in (found, left))
    return {
        "version": 1,
        "cluster": cluster_id,
        "without": sign,
        "before": {"band": before.band, "total": before.total},
        "band": after.band,
        "sentence": _said(before.band, after.band, held=bool(after.held_by)),
        **after.parts,
    }


def refuse_other_catalogue(version: str, settings: ScoreSettings) -> None:
    """Refuse to recompute with other points than those of the night (7)."""
    if version != catalogue_version(settings.indicators, settings.lexicon):
        raise Failure(Exit.POLICY, "Points, rules or phrases have changed since the night that scored. Run `lykta night --no-crawl`, then ask again.")


def _left(found: Sequence[Found], sign: str, cluster_id: str) -> list[Found]:
    known = {one.indicator for one in found}
    if sign in known:
        return without(found, sign)
    meant = [one for one in found if len(sign) >= ID_MIN and one.finding.startswith(sign)]
    if len(meant) != 1:
        listed = ", ".join(sorted(known)) or "nothing"
        raise Failure(Exit.USAGE, f"{sign}: {cluster_id} shows no such sign{near(sign, known) or '.'} It shows {listed}.")
    left = [one for one in found if one is not meant[0]]
    in_full = any(one.indicator == meant[0].indicator and one.strength == "strong" for one in left)
    return left if in_full else [_unraised(one, meant[0].indicator) for one in left]


def _unraised(one: Found, by: str) -> Found:
    return dataclasses.replace(one, strength="weak", raised_by="") if one.raised_by == by else one


def _said(before: str | None, after: str | None, *, held: bool) -> str:
    if before == after:
        return f"Bandet vore detsamma: {after}." if after else "Klustret har inget band, med eller utan."
    if after is None:
        why = "hållas tillbaka: de säger öppet att de arbetar tillsammans" if held else "inte nå poänggrinden"
        return f"Klustret skulle {why}. Nu: {before}."
    return f"Bandet skulle bli {after}. Nu: {before or 'inget'}."
