"""No parser that meets foreign bytes fails in a way that is none of its answers. Ten thousand cases each: python -m benchmarks.fuzz"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks.fuzz.inputs import short
from benchmarks.fuzz.page import forms
from benchmarks.fuzz.parsers import SECONDS_MAX, parsers
from benchmarks.fuzz.run import Parser, fuzz
from review.place import Place
from tests.hostile.conftest import World
from tests.keeping.world import START

CASES = {"landing": 12, "forms": 25, "settings": 60, "site": 60, "picture": 60, "reading": 60, "masking": 80}
NAMES = sorted(parsers(Path("unused")))


@pytest.mark.parametrize("name", NAMES)
def test_a_parser_answers_whatever_comes(name: str, tmp_path: Path, world: World) -> None:
    opened = parsers(tmp_path)[name]() if name != "forms" else nullcontext(forms(Place(world.town.copy(tmp_path / "home").home, clock=lambda: START)))
    with opened as parser:
        seen = fuzz(parser, CASES.get(name, 100), seed=7)
    assert (seen.parser, seen.crashes) == (name, ())
    assert seen.cases >= 10 and seen.slowest_s < 20 * SECONDS_MAX, "a single case held everything up"


def test_a_planted_crash_is_found_and_named_once() -> None:
    def falls(text: str) -> None:
        if "%" in text:
            raise KeyError("planted")

    seen = fuzz(Parser(name="planted", cases=short, ask=falls, answers=(ValueError,)), 200)
    assert [place.split(":")[0] for place, _ in seen.crashes] == ["KeyError at test_foreign_bytes.py"]
