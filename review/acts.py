"""What the audit calls an act, in the reader's language. The audit keeps one wording, in English, so that its chain says the same to everybody."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def _acts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("review.words") / "acts.toml").read_text("utf-8"))


def act(action: str, language: str) -> tuple[str, str]:
    """Return an act as a reader should see it, and the language that it is then in; an act without a word stays in English."""
    known = _acts()
    if language != "sv":
        return action, "en"
    if action in known["whole"]:
        return known["whole"][action], "sv"
    start = next((one for one in known["begins"] if action.startswith(one)), "")
    return (known["begins"][start] + act(action.removeprefix(start), language)[0], "sv") if start else (action, "en")
