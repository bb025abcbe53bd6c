"""A judgement typed by one person, followed by the next night, and read back by the commands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cli.desk import open_book
from cli.judging import judge_as, withdraw_as
from pipeline.failure import Failure
from pipeline.home import find_home
from tests.cli.world import PASSWORD, json_of, run

NOW = datetime(2026, 9, 20, 9)


def test_an_ad_that_a_person_judged_out_of_its_cluster_is_out_of_it_the_next_night(home: Path) -> None:
    place, at = find_home(home), ["--home", str(home)]
    with open_book(place) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=NOW)
    assert run("link", "judgements", *at)[0] == 4
    (before,) = json_of("clusters", *at)["clusters"]
    out = before["ads"][0]["url"]
    number = judge_as(place, "anna", PASSWORD, "not_same", before["cluster"], out, reason="Annan person", at=NOW)
    assert judge_as(place, "anna", PASSWORD, "same", before["ads"][1]["url"], out, reason="Samma röst", at=NOW) == number + 1
    with pytest.raises(Failure, match="no cluster of that name and no ad"):
        judge_as(place, "anna", PASSWORD, "same", before["cluster"], "k-none", reason="x", at=NOW)
    code, _, err = run("night", "--no-crawl", *at)
    assert (code, "judgements contradict each other and wait for a person: 1 against 2" in err) == (0, True)
    (after,) = json_of("clusters", *at)["clusters"]
    assert (after["cluster"], {ad["url"] for ad in after["ads"]}) == (before["cluster"], {ad["url"] for ad in before["ads"]} - {out})
    told = json_of("link", "history", before["cluster"], *at)
    assert [(row["number"], row["verdict"], row["state"], row["against"]) for row in told["judgements"]] == [
        (2, "same", "contradicted", [1]), (1, "not-same", "contradicted", [2])
    ]  # fmt: skip
    withdraw_as(place, "anna", PASSWORD, 2, reason="Fel", at=NOW)
    assert [(row["number"], row["state"]) for row in json_of("link", "judgements", *at)["judgements"]] == [(2, "withdrawn"), (1, "contradicted")]
    assert run("link", "history", "k-none", *at)[0] == 2
