"""Texts for a first digital contact, by language; Lykta shows them and sends nothing."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pipeline.casebook.teamwork import text_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContact:
    """One language's text; a draft is locked until a native reader approved this very wording."""

    language: str
    text: str
    draft: bool

    def usable(self, approved: Mapping[str, Mapping[str, str]]) -> bool:
        """Whether the text may be used, given who approved which wording."""
        return not self.draft or approved.get(self.language, {}).get("mark") == text_mark(self.text)


@functools.cache
def first_contact_texts() -> tuple[FirstContact, ...]:
    """Return the texts of all languages."""
    raw = tomllib.loads((files("pipeline.outreach") / "first_contact.toml").read_text("utf-8"))
    return tuple(FirstContact(language=language, text=table["text"], draft=table["draft"]) for language, table in raw.items())
