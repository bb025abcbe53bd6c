"""What a person judged of ads beats every rule and the model, and what people contradict each other in is said, not settled."""

from __future__ import annotations

from pipeline.casebook.belonging import Judged
from pipeline.cluster_forming import Known, form
from pipeline.link_judgements import Stand, said, stands_of
from pipeline.linking_settings import ClusterRules
from tests.matching.facts import Facts

RULES = ClusterRules(personas_max=50, bridge_bits=16.0, bridge_ads=3)


def town() -> Facts:
    made = Facts()
    for number, phone in ((1, "a"), (2, "a"), (3, "a"), (8, "a"), (4, "b"), (5, "b")):
        made.add(number, phone)
    return made


def judged(number: int, verdict: str, left: tuple[int, ...], right: tuple[int, ...]) -> Judged:
    return Judged(number=number, verdict=verdict, left=left, right=right)


def test_judgements_beat_the_model_night_after_night_and_in_a_store_made_anew() -> None:
    old, new = town(), town()
    old.night()
    first = old.ids()
    assert old.clusters() == {frozenset({1, 2, 3, 8}), frozenset({4, 5})}
    wishes = [judged(1, "same", (1, 2, 8), (4, 5)), judged(2, "not_same", (3,), (1, 2, 8)), judged(3, "unsure", (1,), (4,))]
    assert (old.night(wishes, day=2).note, old.clusters()) == ("", {frozenset({1, 2, 4, 5, 8})})
    assert old.lineage(2) == [(first[1], first[4], "joined")]
    assert old.con.execute("SELECT DISTINCT kind, rule FROM link WHERE NOT admitted").fetchall() == [("phone", "a person judged: not the same (2)")]
    old.add(6, "a")
    old.night(wishes, day=3)
    assert {number: old.ids()[number] for number in (1, 2, 4, 5, 8)} == dict.fromkeys((1, 2, 4, 5, 8), first[1]) and old.ids().get(3) != first[1]
    new.night(wishes)
    assert (new.clusters(), new.ids()[1]) == ({frozenset({1, 2, 4, 5, 8})}, first[1])
    new.night(wishes[1:], day=2)
    assert new.clusters() == {frozenset({1, 2, 8}), frozenset({4, 5})}, "a judgement that is withdrawn is followed no longer"


def test_a_contradiction_is_said_and_joins_nothing_and_what_is_gone_is_said_too() -> None:
    made = town()
    wishes = [judged(4, "same", (1,), (4,)), judged(5, "same", (5,), (2,)), judged(6, "not_same", (1,), (2, 5))]
    wishes += [judged(7, "same", (4,), (5,)), judged(8, "same", (1,), (99,))]
    assert made.night(wishes).note == (
        "judgements contradict each other and wait for a person: 6 against 4, 5, 7; judgements on ads that are gone, kept and not followed: 8"
    )
    assert made.con.execute("SELECT judgement, state, against FROM link_judgement ORDER BY judgement").fetchall() == [
        (4, "contradicted", "6"), (5, "contradicted", "6"), (6, "contradicted", "4, 5, 7"), (7, "contradicted", "6"), (8, "gone", "")
    ]  # fmt: skip
    assert made.ids()[4] == made.ids()[5] not in (made.ids().get(1), made.ids().get(2)), "no same of the chain joined anything"
    assert made.ids().get(1) != made.ids().get(2), "what was said to be apart stays apart"


def test_a_judgement_brings_no_ad_of_a_possible_child_into_a_cluster() -> None:
    made = town()
    made.con.execute("UPDATE observed SET minor = true WHERE ad_id = 4")
    made.night([judged(1, "same", (1, 2), (4, 5))])
    assert made.clusters() == {frozenset({1, 2, 3, 5, 8})}


def test_a_judgement_holds_through_the_ads_that_are_left_of_it() -> None:
    made = [Judged(number=1, verdict="same", left=(1, 2), right=(3,)), Judged(number=2, verdict="unsure", left=(1,), right=(3,))]
    stands = stands_of(made, {1: {"left": [2], "right": [3]}, 2: {"left": [1], "right": [3]}})
    assert stands == [Stand(judgement=1, verdict="same", state="held"), Stand(judgement=2, verdict="unsure", state="unsure")]
    assert said(stands) == ""
    assert [one.state for one in stands_of(made, {1: {"left": [2]}})] == ["gone", "gone"]


def test_ads_that_link_two_parted_halves_go_with_the_stronger_link_and_the_other_is_kept_for_a_person() -> None:
    bonds = [(1, 2, 14.0, False), (2, 3, 12.0, False), (3, 4, 14.0, False)]
    known = Known(sides={1: frozenset({(1, "left")}), 4: frozenset({(1, "right")})})
    formed = form(bonds, known, RULES)
    assert (formed.groups, formed.cut) == ([[1, 2], [3, 4]], [(2, 3, 12.0, "judged")])
    assert form(bonds, Known(), RULES).groups == [[1, 2, 3, 4]]


def test_what_a_person_joined_outweighs_the_strongest_link() -> None:
    bonds = [(1, 2, 40.0, False), (2, 3, float("inf"), False)]
    known = Known(sides={1: frozenset({(1, "left")}), 3: frozenset({(1, "right")})})
    assert form(bonds, known, RULES).groups == [[2, 3]]


def test_two_groups_that_hang_together_by_one_doubtful_link_are_left_to_a_person() -> None:
    solid = [(one, one + 1, 14.0, False) for one in (1, 2, 11, 12)]
    formed = form([*solid, (3, 11, 10.0, True)], Known(), RULES)
    assert (formed.groups, formed.cut) == ([[1, 2, 3], [11, 12, 13]], [(3, 11, 10.0, "bridge")])
    for more in ((2, 12, 10.0, True), (1, 13, 20.0, False)):
        assert form([*solid, (3, 11, 10.0, True), more], Known(), RULES).groups == [[1, 2, 3, 11, 12, 13]]
    assert form([*solid[:3], (3, 11, 10.0, True)], Known(), RULES).groups == [[1, 2, 3, 11, 12]], "a pair of ads is no half"
