"""Form groups of ads from what holds them together, and cut them where a person, a doubtful link or common sense says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.linking_settings import ClusterRules
from pipeline.match.groups import Groups

Bond = tuple[int, int, float, bool]  # left ad, right ad, bits (infinite: a person's judgement), doubtful
Side = tuple[int, str]  # of a judgement "not the same": its number, left or right
OTHER = {"left": "right", "right": "left"}


People = Callable[[Collection[int]], Mapping[int, str]]  # who is advertised in some ads


def nobody(ads: Collection[int]) -> Mapping[int, str]:
    """Know nobody: every ad counts as a person of its own."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of ads besides their links: who is advertised in each (asked for groups that may be too large alone), and on which sides
    of judgements "not the same" it stands.
    """

    people: People = nobody
    sides: Mapping[int, frozenset[Side]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """Groups of two ads or more, each sorted, and the links that were not followed: left ad, right ad, bits, why."""

    groups: list[list[int]]
    cut: list[tuple[int, int, float, str]]


def form(bonds: Sequence[Bond], known: Known, rules: ClusterRules) -> Formed:
    """Form groups.

    Two groups that hang together by a single doubtful link are left apart (`bridge`). Ads that a person judged not to belong together are
    parted along the weakest links between them (`judged`). A group with more people than `personas_max` is cut at its weakest links (`people`).
    """
    bridges = lone_bridges(bonds, rules.bridge_ads)
    whole = _groups(bond for bond in bonds if bond[:2] not in bridges)
    inside: dict[int, list[Bond]] = defaultdict(list)
    for bond in bonds:
        if bond[:2] not in bridges:
            inside[whole.of(bond[0])].append(bond)
    final, groups = Groups(), []
    why = {}
    for root, held in sorted(inside.items()):
        parts, reason = _parts(held, known, rules)
        why[root] = reason
        for part in parts:
            groups.append(part)
            for ad in part[1:]:
                final.join(part[0], ad)
    apart = [bond for bond in bonds if final.of(bond[0]) != final.of(bond[1])]
    cut = [(left, right, bits, "bridge" if (left, right) in bridges else why[whole.of(left)]) for left, right, bits, _ in apart]
    return Formed(groups=[part for part in sorted(groups) if len(part) > 1], cut=cut)


def _groups(bonds: Iterable[Bond]) -> Groups:
    return Groups.over((bond[0], bond[1]) for bond in bonds)


def lone_bridges(bonds: Sequence[Bond], ads_min: int) -> set[tuple[int, int]]:
    """Return the doubtful links that alone join two groups of `ads_min` ads or more which hold together without doubt."""
    doubtful = [bond for bond in bonds if bond[3]]
    if not doubtful:
        return set()
    solid = _groups(bond for bond in bonds if not bond[3])
    sizes: Counter[int] = Counter(solid.of(ad) for ad in {ad for bond in bonds for ad in bond[:2]})
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for left, right, _, _ in doubtful:
        one, other = sorted((solid.of(left), solid.of(right)))
        if one != other and min(sizes[one], sizes[other]) >= ads_min:
            between[(one, other)].append((left, right))
    return {pairs[0] for pairs in between.values() if len(pairs) == 1}


def _parts(held: list[Bond], known: Known, rules: ClusterRules) -> tuple[list[list[int]], str]:
    """Return the parts that one connected group falls into, and the reason for the cuts inside it."""
    ads = sorted({ad for bond in held for ad in bond[:2]})
    if not _torn(known.sides.get(ad, frozenset()) for ad in ads):
        return [ads] if len(ads) <= rules.personas_max else _within(held, known.people, rules.personas_max), "people"
    kept = parted(held, known.sides)
    whole = _groups(kept)
    inside: dict[int, list[Bond]] = defaultdict(list)
    for bond in kept:
        inside[whole.of(bond[0])].append(bond)
    alone = [[ad] for ad in ads if whole.of(ad) not in inside]
    return [*alone, *(part for bonds in inside.values() for part in _within(bonds, known.people, rules.personas_max))], "judged"


def _torn(sides: Iterable[frozenset[Side]]) -> bool:
    seen = {side for one in sides for side in one}
    return any((number, OTHER[side]) in seen for number, side in seen)


def parted(bonds: Sequence[Bond], sides: Mapping[int, frozenset[Side]]) -> list[Bond]:
    """Keep the links, the strongest first, that bring no two ads together which a person judged to be apart."""
    groups = Groups()
    stands: dict[int, frozenset[Side]] = dict(sides)
    kept = []
    for bond in sorted(bonds, key=lambda one: (-one[2], one[0], one[1])):
        one, other = groups.of(bond[0]), groups.of(bond[1])
        both = stands.get(one, frozenset()) | stands.get(other, frozenset())
        if one != other and _torn([both]):
            continue
        groups.join(one, other)
        stands[groups.of(one)] = both
        kept.append(bond)
    return kept


def _within(bonds: list[Bond], people: People, personas_max: int) -> list[list[int]]:
    """Cut a connected group at its weakest links until no part advertises more than `personas_max` people; ads that fall out stand alone."""
    groups = _groups(bonds)
    members: dict[int, set[int]] = defaultdict(set)
    inside: dict[int, list[Bond]] = defaultdict(list)
    for bond in bonds:
        name = groups.of(bond[0])
        members[name] |= {bond[0], bond[1]}
        inside[name].append(bond)
    found: list[list[int]] = []
    for name, ads in sorted(members.items()):
        weakest = min(bond[2] for bond in inside[name])
        stronger = [bond for bond in inside[name] if bond[2] > weakest]
        if _too_many(ads, people, personas_max) and stronger:
            found += _within(stronger, people, personas_max)
        else:
            found.append(sorted(ads))
    return found


def _too_many(ads: Collection[int], people: People, personas_max: int) -> bool:
    if len(ads) <= personas_max:
        return False
    known = people(ads)
    return len({known.get(ad, str(ad)) for ad in ads}) > personas_max
