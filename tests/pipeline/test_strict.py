"""Every mistake in a table is named at once, with what to write."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.strict import build


@dataclass(frozen=True, kw_only=True)
class Inner:
    delay_s: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outer:
    inner: Inner
    count: int = 3
    words: dict[str, int] | None = None


def test_a_right_table_becomes_an_object() -> None:
    faults: list[str] = []
    assert build(Outer, {"inner": {"delay_s": 5, "names": ["a"]}, "words": {"tio": 10}}, where="x.toml", faults=faults) == Outer(
        inner=Inner(delay_s=5.0, names=("a",)), words={"tio": 10}
    )
    assert faults == []


def test_all_mistakes_are_listed_at_once() -> None:
    faults: list[str] = []
    assert build(Outer, {"inner": {"dealy_s": 5, "names": "a"}, "count": True}, where="x.toml", faults=faults) is None
    assert faults == [
        "x.toml inner: dealy_s is not a key here; did you mean delay_s?",
        "x.toml inner: delay_s is missing; write delay_s = 1.0",
        'x.toml inner names: must be a list, as in ["..."]',
        "x.toml count: must be int, as in 1; found bool",
    ]
