"""What people judged of ads that belong together: which judgements can be followed tonight, and which contradict each other.

A judgement names two sides. "Same" makes all ads of both sides one; "not the same" keeps the two sides apart. One that has no ad left on a
side is kept and ignored. Where "not the same" stands against a chain of "same", nothing is resolved in silence: until a person settles it,
what was said to be apart stays apart, and no "same" of that chain joins anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipeline.casebook.belonging import Judged
from pipeline.match.groups import Groups
from pipeline.store import sql

Sides = Mapping[str, Sequence[int]]  # left and right


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a judgement stands tonight: `held`, `unsure`, `gone` (a side has no ad left) or `contradicted` by the judgements `against`."""

    judgement: int
    verdict: str
    state: str
    against: tuple[int, ...] = ()


def hold(con: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> list[Stand]:
    """Write how every judgement stands tonight and which of its ads are here. Returns the former."""
    here = _here(con, judged)
    stands = stands_of(judged, here)
    con.execute("DELETE FROM link_judged_ad")
    con.execute("DELETE FROM link_judgement")
    if here:
        con.executemany(
            "INSERT INTO link_judged_ad VALUES (?, ?, ?)",
            [(number, side, ad_id) for number, sides in sorted(here.items()) for side, ads in sorted(sides.items()) for ad_id in ads],
        )
    if stands:
        rows = [(one.judgement, one.verdict, one.state, ", ".join(map(str, one.against))) for one in stands]
        con.executemany("INSERT INTO link_judgement VALUES (?, ?, ?, ?)", rows)
    return stands


def _here(con: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> dict[int, dict[str, list[int]]]:
    rows = [(one.number, side, ad_id) for one in judged for side, ads in (("left", one.left), ("right", one.right)) for ad_id in ads]
    columns = list(zip(*rows, strict=True)) if rows else [(), (), ()]
    kinds = {"judgement": pa.int64(), "side": pa.string(), "ad_id": pa.int64()}
    con.register("judged_rows", pa.table({name: pa.array(column, kind) for (name, kind), column in zip(kinds.items(), columns, strict=True)}))
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, side, ad_id in con.execute(sql("link_judged")).fetchall():
        found[number][side].append(ad_id)
    con.unregister("judged_rows")
    return found


def stands_of(judged: Sequence[Judged], here: Mapping[int, Sides]) -> list[Stand]:
    """Say how judgements stand when of their ads only some are here: number -> side -> ads."""
    left_over = [one for one in judged if len(here.get(one.number, {})) == 2]
    verdicts = {one.number: one.verdict for one in left_over}
    against = contradictions(verdicts, here)
    found = []
    for one in judged:
        state = "gone" if one.number not in verdicts else "contradicted" if one.number in against else "unsure" if one.verdict == "unsure" else "held"
        found.append(Stand(judgement=one.number, verdict=one.verdict, state=state, against=tuple(sorted(against.get(one.number, ())))))
    return found


def contradictions(verdicts: Mapping[int, str], here: Mapping[int, Sides]) -> dict[int, set[int]]:
    """Return for each judgement that others contradict which those are: a "not the same" between ads that "same" joins, however far round."""
    groups = Groups()
    for number in (number for number, verdict in verdicts.items() if verdict == "same"):
        ads = [*here[number]["left"], *here[number]["right"]]
        for ad_id in ads[1:]:
            groups.join(ads[0], ad_id)
    joined: dict[int, set[int]] = defaultdict(set)
    for number in (number for number, verdict in verdicts.items() if verdict == "same"):
        joined[groups.of(here[number]["left"][0])].add(number)
    found: dict[int, set[int]] = defaultdict(set)
    for number in (number for number, verdict in verdicts.items() if verdict == "not_same"):
        torn = _roots(groups, here[number]["left"]) & _roots(groups, here[number]["right"])
        for same in (same for root in torn for same in joined[root]):
            found[number].add(same)
            found[same].add(number)
    return found


def _roots(groups: Groups, ads: Iterable[int]) -> set[int]:
    return {groups.of(ad_id) for ad_id in ads}


def said(stands: Sequence[Stand]) -> str:
    """Say in one line what the night could not follow; '' when it followed every judgement."""
    torn = [f"{one.judgement} against {', '.join(map(str, one.against))}" for one in stands if one.state == "contradicted" and one.verdict == "not_same"]
    gone = [str(one.judgement) for one in stands if one.state == "gone"]
    lines = [f"judgements contradict each other and wait for a person: {'; '.join(torn)}"] if torn else []
    lines += [f"judgements on ads that are gone, kept and not followed: {', '.join(gone)}"] if gone else []
    return "; ".join(lines)


def met(con: duckdb.DuckDBPyConnection) -> dict[int, list[str]]:
    """Return for each judgement with an ad on both sides the names of the clusters that its ads are in tonight."""
    return dict(con.execute(sql("link_judged_clusters")).fetchall())
