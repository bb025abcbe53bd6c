"""Measure what Splink weighs by: how often two ads of one advertiser are alike, and two of strangers, in stores of known making or one's own.

No labels are needed: pairs that a rule is certain of stand for ads of one advertiser, and pairs that nothing else connects for strangers.
A sign is never measured on pairs that were chosen by it.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipeline.link import ads_of, candidates
from pipeline.link_model import COMPARISONS
from pipeline.linking_settings import Chance, LinkRules
from pipeline.match.groups import Groups
from pipeline.weigh import Chances, Model, levels

STRANGERS_AN_AD = 100  # ads that each ad is compared with to see what strangers have in common
STRANGERS_MAX = 2_000_000  # pairs of strangers of one store
RAREST = 1e-5  # chance that strangers share a sign is taken to be no smaller: what a store has not seen it cannot rule out
UNSEEN = 0.5  # what a level that was never seen counts: rarer than one, not impossible

# Signs that connect two ads, as conditions on a candidate pair; two shared pictures are certain enough to measure contacts by.
SIGNS = {"contact": "list_contains($strong, kind)", "photo": "photos >= 1", "template": "same_template", "account": "same_account"}
PICTURES = "photos >= 2"

Counts = Mapping[str, Counter[str]]  # comparison -> level -> pairs
Keys = set[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Pairs of one store by comparison and level: of one advertiser as far as a rule is certain, and of strangers."""

    same: Counts
    strangers: Counts


def tally(con: duckdb.DuckDBPyConnection, settings: LinkRules) -> Tally:
    """Count how alike the ads of a store are. The store's `excluded` is brought up to date; no link is written."""
    candidates(con, settings)
    ads = ads_of(con)
    model = Model(chances=settings.chances, doubt_ads=settings.doubt_ads)
    signs = {name: _pairs(con, condition, settings) for name, condition in SIGNS.items()}
    by_contact = levels(ads, signs["contact"], model)
    by_pictures = levels(ads, _pairs(con, PICTURES, settings), model)
    same = {name: by_pictures[name] if name == "contact" else counts for name, counts in by_contact.items()}
    return Tally(same=same, strangers=_strangers(ads, signs, model))


def _pairs(con: duckdb.DuckDBPyConnection, condition: str, settings: LinkRules) -> pa.Table:
    """Return the candidate pairs of ads for which one of the conditions above holds, each once."""
    values = {"strong": list(settings.strong)} if "$strong" in condition else {}
    return con.execute("SELECT DISTINCT left_ad, right_ad FROM link_pair WHERE " + condition + " ORDER BY left_ad, right_ad", values).to_arrow_table()


def _strangers(ads: pa.Table, signs: Mapping[str, pa.Table], model: Model) -> Counts:
    """Count the levels of each comparison over strangers: pairs that no other sign connects, however far round."""
    numbers = ads["ad_id"].to_pylist()
    found: dict[str, Counter[str]] = {}
    for left_out in (*signs, ""):
        related = (pair for sign, pairs in signs.items() if sign != left_out for pair in _as_tuples(pairs))
        counts = levels(ads, _table(strangers(numbers, related)), model)
        found.update({name: one for name, one in counts.items() if name == left_out or (not left_out and name not in signs)})
    return found


def _as_tuples(pairs: pa.Table) -> Iterator[tuple[int, int]]:
    yield from zip(pairs["left_ad"].to_pylist(), pairs["right_ad"].to_pylist(), strict=True)


def strangers(ads: Sequence[int], related: Iterable[tuple[int, int]]) -> Keys:
    """Pair every ad with others in an order that means nothing, leaving out those that belong together by the given pairs."""
    groups = Groups.over(related)
    shuffled = sorted(ads, key=lambda ad: hashlib.md5(str(ad).encode(), usedforsecurity=False).digest())
    steps = min(STRANGERS_AN_AD, len(ads) - 1, max(1, STRANGERS_MAX // max(1, len(ads))))
    found: Keys = set()
    for step in range(1, steps + 1):
        for left, right in zip(shuffled, shuffled[step:], strict=False):
            if groups.of(left) != groups.of(right):
                found.add((min(left, right), max(left, right)))
    return found


def _table(keys: Keys) -> pa.Table:
    ordered = sorted(keys)
    return pa.table({"left_ad": pa.array([key[0] for key in ordered], pa.int64()), "right_ad": pa.array([key[1] for key in ordered], pa.int64())})


def chances_of(tallies: Sequence[Tally]) -> dict[str, dict[str, Chance]]:
    """Turn the counts of one store or several into shares, to seven decimals."""
    found: dict[str, dict[str, Chance]] = {}
    for comparison in COMPARISONS:
        names = [level.name for level in comparison.levels]
        same = _shares(names, [one.same[comparison.name] for one in tallies])
        apart = _shares(names, [one.strangers[comparison.name] for one in tallies])
        found[comparison.name] = {name: Chance(same=same[name], strangers=max(apart[name], RAREST)) for name in names}
    return found


def _shares(names: Sequence[str], counts: Sequence[Counter[str]]) -> dict[str, float]:
    whole: Counter[str] = Counter()
    for one in counts:
        whole.update(one)
    total = sum(whole.values()) + UNSEEN * len(names)
    return {name: round((whole[name] + UNSEEN) / total, 7) for name in names}


def bits(chance: Chance) -> float:
    """Return what a level weighs: log2 of how much likelier it is among ads of one advertiser."""
    return math.log2(chance.same / chance.strangers)


def difference(old: Chances, new: Chances) -> list[str]:
    """Say of every level how many bits it weighed and weighs, such as "name same: 5.1 -> 4.8 bits"."""
    return [
        f"{name} {level}: {bits(old[name][level]):.1f} -> {bits(chance):.1f} bits" for name, chances in new.items() for level, chance in chances.items()
    ]  # fmt: skip


def as_toml(chances: Chances) -> str:
    """Write chances as the tables of config/linking.toml, with the bits of each level as a comment."""
    tables = []
    for name, shares in chances.items():
        width = max(map(len, shares))
        rows = [f"{level:<{width}} = {_as_inline(chance)}   # {bits(chance):+.1f} bits" for level, chance in shares.items()]
        tables.append("\n".join([f"[link.chances.{name}]", *rows]))
    return "\n\n".join(tables) + "\n"


def _as_inline(chance: Chance) -> str:
    return f"{{ same = {chance.same:.7f}, strangers = {chance.strangers:.7f} }}"
