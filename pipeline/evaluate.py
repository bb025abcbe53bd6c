"""Compare clusters and queue with a known truth, beside what anyone could do in an afternoon on the same rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import duckdb
import phonenumbers

from pipeline.match.groups import Groups

DEPTHS = (10, 25, 50)
GROUP_MIN = 4  # ads of a controlled group that counts as one to be found
DIGITS_MIN = 7  # digits without which a text holds no phone worth looking for

ADS = """
SELECT ad.ad_id, ad.site, ad.url, member.cluster_id, priority.band, concat_ws(chr(10), title, body, array_to_string(phones, chr(10))) AS raw
FROM ad JOIN ad_version AS version ON version.version_id = ad.current_version
LEFT JOIN cluster_member AS member ON member.ad_id = ad.ad_id
LEFT JOIN cluster_priority AS priority ON priority.cluster_id = member.cluster_id
ORDER BY ad.ad_id
"""


def evaluate(con: duckdb.DuckDBPyConnection, truth: Sequence[Mapping[str, Any]], queue: Sequence[str]) -> dict[str, Any]:
    """Return the contract's evaluation body.

    Args:
        con: the store, readable by plain table names.
        truth: rows with site, url, group, controlled; ads without truth are left out.
        queue: cluster ids in the order of `lykta queue`.
    """
    known = {(row["site"], row["url"]): (str(row["group"]), bool(row["controlled"])) for row in truth}
    ads = [row for row in con.execute(ADS).fetchall() if (row[1], row[2]) in known]
    groups = {row[0]: known[(row[1], row[2])][0] for row in ads}
    controlled = {row[0]: known[(row[1], row[2])][1] for row in ads}
    ours = {row[0]: row[3] or f"alone {row[0]}" for row in ads}
    banded = {row[3]: row[4] for row in ads if row[3] and row[4]}
    phones = shared_phone_clusters({row[0]: row[5] for row in ads})
    sizes = Counter(phones.values())
    by_size = [name for name, size in sorted(sizes.items(), key=lambda item: (-item[1], str(item[0]))) if size > 1]
    return {
        "ads": len(ads),
        "pairwise": pairwise(ours, groups),
        "b_cubed": b_cubed(ours, groups),
        "precision_at": precision_at(queue, ours, controlled),
        "controlled_groups_found": _found(ours, groups, controlled, set(banded)),
        "uncontrolled_in_band_a": sum(1 for cluster, band in banded.items() if band == "A" and not _mostly(cluster, ours, controlled)),
        "baseline_shared_phone": {
            "pairwise": pairwise(phones, groups),
            "b_cubed": b_cubed(phones, groups),
            "precision_at": precision_at(by_size, phones, controlled),
        },
    }


def _f1(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def pairwise(clusters: Mapping[int, Hashable], groups: Mapping[int, Hashable]) -> dict[str, float]:
    """Precision and recall over pairs of ads put together, from a table of counts: linear in the number of ads.

    Without any pair put together, precision is 1; without any pair that belongs together, recall is 1.
    """

    def pairs(counts: Counter[Any]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = pairs(Counter((clusters[ad], groups[ad]) for ad in groups))
    said = pairs(Counter(clusters[ad] for ad in groups))
    true = pairs(Counter(groups.values()))
    return _f1(both / said if said else 1.0, both / true if true else 1.0)


def b_cubed(clusters: Mapping[int, Hashable], groups: Mapping[int, Hashable]) -> dict[str, float]:
    """Precision and recall averaged over ads: of an ad's cluster, how much is its group, and the other way round."""
    if not groups:
        return _f1(0.0, 0.0)
    both = Counter((clusters[ad], groups[ad]) for ad in groups)
    by_cluster, by_group = Counter(clusters[ad] for ad in groups), Counter(groups.values())
    precision = sum(count * count / by_cluster[cluster] for (cluster, _), count in both.items()) / len(groups)
    recall = sum(count * count / by_group[group] for (_, group), count in both.items()) / len(groups)
    return _f1(precision, recall)


def precision_at(order: Sequence[Hashable], clusters: Mapping[int, Hashable], controlled: Mapping[int, bool]) -> dict[str, float]:
    """Share of the first 10, 25 and 50 clusters in which most ads are controlled; a shorter order divides by its length, an empty one gives 0."""
    members: dict[Hashable, list[bool]] = defaultdict(list)
    for ad, cluster in clusters.items():
        members[cluster].append(controlled[ad])
    right = [2 * sum(members[cluster]) > len(members[cluster]) for cluster in order if cluster in members]
    return {str(depth): (sum(right[:depth]) / len(right[:depth]) if right else 0.0) for depth in DEPTHS}


def _mostly(cluster: Hashable, clusters: Mapping[int, Hashable], controlled: Mapping[int, bool]) -> bool:
    inside = [controlled[ad] for ad, name in clusters.items() if name == cluster]
    return 2 * sum(inside) > len(inside)


def _found(clusters: Mapping[int, Hashable], groups: Mapping[int, Hashable], controlled: Mapping[int, bool], banded: set[Hashable]) -> float:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for ad, group in groups.items():
        if controlled[ad]:
            members[group].append(ad)
    large = [ads for ads in members.values() if len(ads) >= GROUP_MIN]
    return sum(any(clusters[ad] in banded for ad in ads) for ads in large) / len(large) if large else 0.0


def shared_phone_clusters(texts: Mapping[int, str]) -> dict[int, Hashable]:
    """Cluster ads by equal numbers that `phonenumbers` finds in the raw text, valid and read as Swedish: an afternoon's work."""
    firsts: dict[str, int] = {}
    groups = Groups()
    numbered = list(texts.items())
    for place, (_, text) in enumerate(numbered):
        if sum(character.isdigit() for character in text) < DIGITS_MIN:
            continue
        for match in phonenumbers.PhoneNumberMatcher(text, "SE", leniency=phonenumbers.Leniency.VALID):
            value = str(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164))
            groups.join(firsts.setdefault(value, place), place)
    return {ad: groups.of(place) for place, (ad, _) in enumerate(numbered)}
