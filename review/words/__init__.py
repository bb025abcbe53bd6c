"""The words of the page in Swedish and English: one TOML file a language, the same keys in both."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from pipeline.outreach.sentences import filled

LANGUAGES = ("sv", "en")


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Return every word of a language by its key, section and name joined by a dot."""
    raw = tomllib.loads((files("review.words") / f"{language}.toml").read_text("utf-8"))
    return {f"{section}.{name}": text for section, table in raw.items() for name, text in table.items()}


def word(language: str, key: str, **values: object) -> str:
    """Return one word or sentence, filled in.

    Raises:
        KeyError: no language file has that key.
    """
    text = words(language)[key]
    return filled(text, **values) if values else text
