"""The sentences of queue, gates and list, in Swedish and English."""

from __future__ import annotations

import functools
import string
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by its name and language."""
    return tomllib.loads((files("pipeline.outreach") / "sentences.toml").read_text("utf-8"))


class _Counted(string.Formatter):
    """Fills in values, and `{n:person|personer}` by the form that goes with the number."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, both, several = format_spec.partition("|")
        return (one if value in (1, "1") else several) if both else str(super().format_field(value, format_spec))


_COUNTED = _Counted()


def filled(text: str, **values: object) -> str:
    """Fill a sentence in; where it holds `{n:person|personer}`, the first form stands for one and the second for any other number."""
    return _COUNTED.format(text, **values) if "|" in text else text.format(**values)


def came(language: str, why: str, one: str, other: str) -> str:
    """Return in a sentence what became of cluster `one` and `other`; the bare reason when no sentence is known for it."""
    return said(language, f"came_{why}", one=one, other=other) if f"came_{why}" in sentences() else why


def said(language: str, name: str, **values: object) -> str:
    """Return one sentence, filled in; Swedish for any language but `en`.

    Raises:
        KeyError: no sentence has that name.
    """
    return filled(sentences()[name]["en" if language == "en" else "sv"], **values)
