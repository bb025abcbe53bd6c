"""What a band hangs on: one sign taken away, every weight half or half more."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from pipeline.explain import explain
from pipeline.failure import Exit, Failure
from pipeline.indicator_settings import faults
from pipeline.reading.lexicon import Lexicon, Phrase
from pipeline.score import ScoreSettings, catalogue_version
from pipeline.sensitivity import sensitivity, variants
from pipeline.what_if import explain_without
from tests.indicators.town import TOUR, Advert, judge, shipped_indicators, store_of
from tests.pipeline.test_score import MUNICIPALITIES, RING, total_by_hand

SETTINGS = ScoreSettings(indicators=shipped_indicators())
PAIR = [
    Advert(number=200 + 10 * person + stop, name=name, phone="c9", town=MUNICIPALITIES[city], first=first, last=first + 4, cluster="k-2",
           cues=("third_party_contact_language",))
    for person, name in enumerate(("Anna", "Britt", "Carin"))
    for stop, (city, first) in enumerate(TOUR[2:])
]  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Iterator[duckdb.DuckDBPyConnection]:
    """A ring in band A, and three people on one phone in band C."""
    con = store_of([*RING, *PAIR])
    judge(con)
    yield con
    con.close()


def removed(con: duckdb.DuckDBPyConnection, cluster: str, sign: str) -> dict[str, Any]:
    return explain_without(con, cluster, sign, SETTINGS)


def test_without_a_sign_the_arithmetic_is_that_of_the_findings_left(town: duckdb.DuckDBPyConnection) -> None:
    whole, body = explain(town, "k-1"), removed(town, "k-1", "group_circuit")
    assert set(body) == (set(whole) - {"links"}) | {"without", "before", "sentence"}
    assert body["before"] == {"band": whole["band"], "total": whole["total"]} == {"band": "A", "total": 10.0}
    assert "movement" not in [family["family"] for family in body["families"]]
    assert (body["band"], body["total"]) == ("B", pytest.approx(total_by_hand(body))) and body["total"] == 7.0
    assert body["sentence"] == "Bandet skulle bli B. Nu: A."


def test_without_the_sign_that_raised_it_a_phrase_is_weak_again(town: duckdb.DuckDBPyConnection) -> None:
    body = removed(town, "k-2", "shared_phone_multi_persona")
    assert (body["before"]["band"], body["band"], body["total"]) == ("C", None, 0.5)
    assert body["sentence"] == "Klustret skulle inte nå poänggrinden. Nu: C."


def test_no_sign_taken_away_ever_raises_a_total(town: duckdb.DuckDBPyConnection) -> None:
    for finding, cluster in town.execute("SELECT finding_id, cluster_id FROM finding WHERE cluster_id IS NOT NULL ORDER BY ALL").fetchall():
        body = removed(town, cluster, finding)
        assert body["total"] <= body["before"]["total"]


def test_one_of_two_findings_of_an_indicator_changes_nothing(town: duckdb.DuckDBPyConnection) -> None:
    phones = town.execute("SELECT finding_id FROM finding WHERE cluster_id = 'k-1' AND indicator = 'shared_phone_multi_persona' ORDER BY ALL").fetchall()
    body = removed(town, "k-1", phones[0][0][:8])
    assert (len(phones), body["total"], body["sentence"]) == (2, 10.0, "Bandet vore detsamma: A.")


@pytest.mark.parametrize(
    ("cluster", "sign", "said"),
    [
        ("k-9", "group_circuit", "k-9: no such cluster. `lykta clusters` lists them."),
        ("k-2", "group_circuit", "group_circuit: k-2 shows no such sign. It shows shared_phone_multi_persona, third_party_contact_language."),
        ("k-2", "shared_phone_persona", "shared_phone_persona: k-2 shows no such sign; did you mean shared_phone_multi_persona? "
         "It shows shared_phone_multi_persona, third_party_contact_language."),
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_taken_away(town: duckdb.DuckDBPyConnection, cluster: str, sign: str, said: str) -> None:
    with pytest.raises(Failure) as refused:
        removed(town, cluster, sign)
    assert (refused.value.code, refused.value.sentences) == (Exit.USAGE, (said,))


def test_nothing_is_recomputed_with_other_points_than_those_of_the_night(town: duckdb.DuckDBPyConnection) -> None:
    other = dataclasses.replace(SETTINGS, indicators=dataclasses.replace(SETTINGS.indicators, weights={**SETTINGS.indicators.weights, "weak": 0.4}))
    with pytest.raises(Failure) as refused:
        explain_without(town, "k-1", "group_circuit", other)
    with pytest.raises(Failure) as also:
        sensitivity(town, other)
    assert (refused.value.code, also.value.sentences) == (Exit.POLICY, refused.value.sentences)


def test_a_phrase_of_the_lexicon_changes_the_version_of_a_score() -> None:
    one = Lexicon(phrases=(Phrase(id="sv:x:1", indicator="x", language="sv", text="ring oss"),), negators={})
    other = dataclasses.replace(one, phrases=(dataclasses.replace(one.phrases[0], text="ring mig"),))
    assert len({catalogue_version(SETTINGS.indicators, lexicon) for lexicon in (Lexicon(phrases=(), negators={}), one, other)}) == 3


def test_every_weight_and_every_indicator_that_counts_is_tried_at_half_and_half_more(town: duckdb.DuckDBPyConnection) -> None:
    body = sensitivity(town, SETTINGS)
    named = [(row["what"], row["share"]) for row in body["changes"]]
    assert body["clusters"] == 2 and body["bands"] == {"A": 1, "B": 0, "C": 1, "none": 0}
    assert len(set(named)) == len(named) == len(list(variants(SETTINGS.indicators)))
    assert {("weight strong", 0.5), ("weight strong", 1.5), ("counter-evidence", 0.5), ("group_circuit", 1.5)} <= set(named)
    moved = {(row["what"], row["share"]): (row["up"], row["down"], row["enters"], row["leaves"]) for row in body["changes"]}
    assert moved[("weight strong", 0.5)] == (0, 1, 0, 1), "the ring falls, the three on one phone go out"
    assert moved[("weight strong", 1.5)] == (1, 0, 0, 0), "4.5 and 1.5 points are a B"
    assert moved[("shared_payment_identifier", 0.5)] == (0, 0, 0, 0), "nobody shows it"
    assert all(sum(row["bands"].values()) == body["clusters"] for row in body["changes"])


def test_shares_are_asked_with_and_never_configured() -> None:
    wrong = faults(dataclasses.replace(SETTINGS.indicators, shares={"group_circuit": 0.5}))
    assert wrong == ["config/indicators.toml: [shares] group_circuit is not configured: change [weights] or [at_most]"]
