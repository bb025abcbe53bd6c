"""What a command answers can be recomputed from what it prints, by somebody who knows nothing of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.world import json_of, run


def recomputed(shown: dict[str, Any]) -> tuple[float, str | None]:
    """Total and band from `lykta explain --json` alone, by the published table of points: nothing of the program is called."""
    points = {}
    for family in shown["families"]:
        worth = sorted((sign["weight"] * sign["decay"] for sign in family["findings"]), reverse=True)
        points[family["family"]] = min(family["cap"], sum(value * (1, 0.5, 0.25)[min(place, 2)] for place, value in enumerate(worth)))
    total = max(0.0, sum(points.values()) - min(1.5, 0.5 * len(shown["counter"])))
    if not all(rule["met"] for rule in shown["gate"]):
        return total, None
    wide = sum(value >= 1.0 for value in points.values())
    return total, "A" if total >= 8.0 and wide >= 3 else "B" if total >= 6.0 else "C"


def test_the_first_cluster_of_the_queue_and_each_what_if_add_up_by_hand(finished: Path) -> None:
    home = ("--home", str(finished))
    first = json_of("queue", *home)["rows"][0]["cluster"]
    shown = json_of("explain", first, *home)
    assert (shown["total"], shown["band"]) == (pytest.approx(recomputed(shown)[0]), recomputed(shown)[1])
    signs = [sign["indicator"] for family in shown["families"] for sign in family["findings"]]
    assert len(signs) >= 3
    for sign in signs:
        less = json_of("explain", first, "--without", sign, *home)
        assert sign not in [one["indicator"] for family in less["families"] for one in family["findings"]]
        assert (less["total"], less["band"]) == (pytest.approx(recomputed(less)[0]), recomputed(less)[1]) and less["total"] <= shown["total"]
        assert less["before"] == {"band": shown["band"], "total": shown["total"]}


def test_what_if_is_said_in_words_and_an_unknown_sign_is_2(finished: Path) -> None:
    home = ("--home", str(finished))
    first = json_of("queue", *home)["rows"][0]["cluster"]
    code, out, err = run("explain", first, "--without", "group_circuit", *home)
    assert (code, err.split("\n")[0]) == (0, "Klustret skulle inte nå poänggrinden. Nu: B.")
    assert "SUMMA" in out and "group_circuit" not in out
    code, out, err = run("explain", first, "--without", "tattoos", *home)
    assert (code, out) == (2, "") and f"{first} shows no such sign." in err


def test_every_weight_is_tried_both_ways_over_the_published_night(finished: Path) -> None:
    body = json_of("indicators", "sensitivity", "--home", str(finished))
    assert set(body) == {"version", "clusters", "bands", "changes"} and body["version"] == 1
    assert all(set(row) == {"what", "share", "up", "down", "enters", "leaves", "bands"} and row["share"] in (0.5, 1.5) for row in body["changes"])
    assert all(sum(row["bands"].values()) == body["clusters"] == sum(body["bands"].values()) for row in body["changes"])
    code, out, _ = run("indicators", "sensitivity", "--home", str(finished))
    assert code == 0 and "weight strong" in out


def test_an_indicator_is_explained_whole_and_a_misspelt_one_is_2() -> None:
    said = json_of("indicators", "explain", "group_circuit")["indicator"]
    assert all(said[name] for name in ("definition", "sources", "innocent", "misses", "params", "examples", "explain"))
    listed = json_of("indicators", "list")["indicators"]
    assert len(listed) == 42 and said in listed
    code, out, err = run("indicators", "explain", "group_circut")
    assert (code, out) == (2, "") and "did you mean group_circuit?" in err


def test_who_is_flagged_is_said_by_language_municipality_and_price(finished: Path) -> None:
    body = json_of("bias", "--home", str(finished))
    assert set(body) == {"version", "level", "by", "notes"} and set(body["by"]) == {"language", "municipality", "price"}
    assert all(rows[-1]["group"] == "all" and set(rows[0]) == {"group", "units", "flagged", "approved", "visited"} for rows in body["by"].values())
    code, out, _ = run("bias", "--home", str(finished))
    assert code == 0 and "By language" in out and "Wilson" in out
