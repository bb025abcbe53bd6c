"""No cluster loses its name, and no ad its cluster, without a row that says why, through growth, merge, split, judgement and purge."""

from __future__ import annotations

import random
from datetime import timedelta

from pipeline import cluster
from pipeline.cluster_names import Reasons, lineage_of, name_groups
from pipeline.outreach.ties import successor
from tests.matching.facts import START, Facts


def weave(town: Facts, chance: random.Random, present: list[int]) -> None:
    """Let links come and go as signs are shared and lost, a person's judgements among them."""
    for left, right in {tuple(sorted(chance.sample(present, 2))) for _ in range(9)}:
        kind, bits = chance.choice([("phone", 14.0), ("photo", 10.0), ("judgement", 0.0)])
        town.con.execute("INSERT INTO link VALUES (?, ?, ?, ?, '', true, '') ON CONFLICT DO NOTHING", [left, right, kind, bits])
    gone = [pair for pair in town.con.execute("SELECT left_ad, right_ad FROM link ORDER BY ALL").fetchall() if chance.random() < 0.08]
    for left, right in gone:
        town.con.execute("DELETE FROM link WHERE left_ad = ? AND right_ad = ?", [left, right])
    town.con.execute("DELETE FROM link_judged_ad")
    town.con.execute("DELETE FROM link_judgement")
    town.con.execute("INSERT INTO link_judgement VALUES (1, 'not_same', 'held', '')")
    for side, ad_id in zip(("left", "right"), chance.sample(present, 2), strict=True):
        town.con.execute("INSERT INTO link_judged_ad VALUES (1, ?, ?)", [side, ad_id])


def test_in_thirty_nights_no_id_changes_without_a_reason() -> None:
    town, chance, present, seen = Facts(), random.Random(7), [], set()
    whys: set[str] = set()
    for night in range(1, 31):
        for number in range(night * 4, night * 4 + 4):
            town.add(number)
            present.append(number)
        for number in [one for one in present if chance.random() < 0.03]:
            town.drop(number)
            town.con.execute("DELETE FROM link WHERE left_ad = ? OR right_ad = ?", [number, number])
            present.remove(number)
        weave(town, chance, present)
        before = town.ids()
        cluster.run(town.con, town.cluster, START + timedelta(days=night))
        after, rows = town.ids(), town.lineage(night)
        said = {(one, source) for one, source, _ in rows}
        ended = set(before.values()) - set(after.values())
        assert ended <= {source for _, source in said}, night
        assert {(after[ad], before[ad]) for ad in before.keys() & after.keys() if after[ad] != before[ad]} <= said, night
        assert not (set(after.values()) - set(before.values())) & seen, "a name that meant a cluster once means no other"
        seen |= set(after.values())
        whys |= {why for _, _, why in rows}
    assert whys == {"merged", "joined", "split", "parted", "cut", "moved", "dissolved"}


def test_who_went_into_a_cluster_is_known_when_that_one_goes_into_another() -> None:
    before = {1: "k-a", 2: "k-a", 3: "k-b", 4: "k-b", 5: "k-b"}
    named = name_groups([[1, 2, 3, 4, 5]], before)
    assert lineage_of(named, before, Reasons(ancestors={"k-a": {"k-old"}})) == [("k-b", "k-a", "merged"), ("k-b", "k-old", "merged")]


def test_a_name_that_something_was_decided_on_is_given_to_no_other_cluster_but_comes_back_in_a_store_made_anew() -> None:
    (name,) = name_groups([[1, 2]], {})
    (other,) = name_groups([[1, 2]], {9: "k-else"}, used={name})
    assert other != name and other.startswith(name)
    assert list(name_groups([[1, 2]], {}, used={name})) == [name]


def test_a_name_that_went_into_another_leads_to_the_one_that_is_there_now() -> None:
    town = Facts()
    rows = [("1", "k-b", "k-a", "merged"), ("2", "k-c", "k-b", "joined"), ("2", "k-c", "k-a", "merged"), ("2", "k-d", "k-c", "split")]
    for run, cluster_id, source, why in rows:
        town.con.execute("INSERT INTO cluster_lineage VALUES (?, ?, ?, ?)", [run, cluster_id, source, why])
    town.con.execute("INSERT INTO cluster VALUES ('k-c', now(), now(), 2, 1)")
    assert [successor(town.con, name) for name in ("k-a", "k-b", "k-c", "k-none")] == ["k-c", "k-c", "", ""]
