"""Names of clusters that survive the night, and who came from whom."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


def name_groups(groups: Sequence[Sequence[int]], before: Mapping[int, str], used: Collection[str] = ()) -> dict[str, list[int]]:
    """Give each group an id: that of last night's cluster it shares most ads with, the largest claim first; else a new one.

    Args:
        used: names that meant a cluster once. None is given to another, but in an empty store, where clusters come back under their old names.
    """
    claims: list[tuple[int, str, int]] = []
    for number, group in enumerate(groups):
        shared = Counter(before[ad] for ad in group if ad in before)
        claims += [(-count, cluster, number) for cluster, count in shared.items()]
    owner: dict[int, str] = {}
    taken: set[str] = set()
    for _, cluster, number in sorted(claims):
        if number not in owner and cluster not in taken:
            owner[number] = cluster
            taken.add(cluster)
    taken |= {*before.values(), *used} if before else set()
    named: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        named[owner.get(number) or _new_id(group, taken)] = list(group)
    return named


def _new_id(group: Sequence[int], taken: set[str]) -> str:
    digest = hashlib.md5(str(min(group)).encode(), usedforsecurity=False).hexdigest()
    for length in range(4, 33):
        name = f"k-{digest[:length]}"
        if name not in taken:
            taken.add(name)
            return name
    raise ValueError("no id is free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why clusters part and meet: pairs of ads that a person judged the same, sides that a person judged apart, links that were not followed."""

    joined: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[Collection[int], Collection[int]]] = ()
    cut: Sequence[tuple[int, int]] = ()
    ancestors: Mapping[str, Collection[str]] = field(default_factory=dict)  # cluster -> those that went into it on earlier nights


def lineage_of(named: Mapping[str, Sequence[int]], before: Mapping[int, str], reasons: Reasons | None = None) -> list[tuple[str, str, str]]:
    """Return (cluster, from cluster, why) wherever a name ended, began out of another, or ads went from one to another tonight.

    Why: `merged`, or `joined` when a person said so; `split`, `parted` by a person, or `cut` at a link that was not followed; `moved` when both
    were there before; `dissolved` (of itself) when no two of its ads hang together any more.
    """
    reasons = reasons or Reasons()
    rows: list[tuple[str, str, str]] = []
    now = {ad: cluster for cluster, ads in named.items() for ad in ads}
    were = set(before.values())
    for cluster, ads in sorted(named.items()):
        for source in sorted({before[ad] for ad in ads if ad in before} - {cluster}):
            rows.append((cluster, source, _why(cluster, source, named, before, were, reasons, now)))
            if source not in named:
                rows += [(cluster, elder, "merged") for elder in sorted(set(reasons.ancestors.get(source, ())) - {cluster, source})]
    met = {before[ad] for ad in now if ad in before}
    return [*dict.fromkeys(rows), *((gone, gone, "dissolved") for gone in sorted(were - set(named) - met))]


def _why(
    cluster: str, source: str, named: Mapping[str, Sequence[int]], before: Mapping[int, str], were: Collection[str], reasons: Reasons, now: Mapping[int, str]
) -> str:
    if source not in named:
        ends = [{before.get(left), before.get(right)} for left, right in reasons.joined if now.get(left) == cluster]
        return "joined" if any(source in both and len(both) == 2 for both in ends) else "merged"
    if cluster in were:
        return "moved"
    here = [{now.get(left), now.get(right)} for left, right in reasons.cut]
    for left, right in reasons.apart:
        sides = [{now.get(ad) for ad in side} for side in (left, right)]
        if (cluster in sides[0] and source in sides[1]) or (source in sides[0] and cluster in sides[1]):
            return "parted"
    return "cut" if {cluster, source} in here else "split"


def ancestors_of(rows: Sequence[tuple[str, str, str]]) -> dict[str, set[str]]:
    """Return for each cluster those that went into it, from rows of lineage: cluster, from cluster, why."""
    found: dict[str, set[str]] = defaultdict(set)
    for cluster, source, why in rows:
        if why in ("merged", "joined"):
            found[cluster].add(source)
    return found
