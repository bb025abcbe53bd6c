"""The sentences of queue, gates and list, in Swedish and English."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by its name and language."""
    return tomllib.loads((files("pipeline.outreach") / "sentences.toml").read_text("utf-8"))


def said(language: str, name: str, **values: object) -> str:
    """Return one sentence, filled in; Swedish for any language but `en`.

    Raises:
        KeyError: no sentence has that name.
    """
    return sentences()[name]["en" if language == "en" else "sv"].format(**values)
