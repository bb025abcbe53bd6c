"""Every word in both languages, every refusal of the database with a sentence of its own, every key of a template known."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pipeline.failure import Exit, Failure
from review.failures import MEANINGS, refused
from review.words import words

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = [ROOT / "pipeline" / "casebook" / "schema.sql", *sorted((ROOT / "pipeline" / "casebook" / "migrations").glob("*.sql"))]
GUARDS = sorted({said for path in SCHEMA for said in re.findall(r"RAISE\(ABORT, '([^']+)'\)", path.read_text("utf-8"))})
NEVER_MET = {
    "decisions are never changed", "decisions are never deleted here", "approvals are never changed", "approvals are never deleted here",
    "the audit is append-only", "judgements are never changed", "judgements are never deleted here",
    "disclosures are never changed", "disclosures are never deleted here",
    "readings are never changed", "readings are never deleted here", "withdrawals are never changed", "withdrawals are never deleted here",
}  # fmt: skip


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    swedish, english = words("sv"), words("en")
    assert swedish.keys() == english.keys()
    assert {key for key in swedish if fields(swedish[key]) != fields(english[key])} == set()


@pytest.mark.parametrize("said", [said for said in GUARDS if said not in NEVER_MET])
def test_every_refusal_of_the_database_has_a_sentence_of_its_own(said: str) -> None:
    stop = refused(Failure(Exit.POLICY, f"Refused: {said}."))
    assert (stop.key != "other", stop.status in (403, 409)) == (True, True), said


def test_every_refusal_has_a_title_and_says_what_to_do() -> None:
    known = words("sv")
    for key in [*MEANINGS.values(), "other", "origin", "token", "role", "logged_out", "no_page", "no_cluster", "too_large", "expired", "no_contact"]:
        assert f"refused.{key}_title" in known and len(known[f"refused.{key}"].split()) >= 3, key


def test_every_key_of_a_template_is_a_word() -> None:
    known = set(words("sv"))
    for path in sorted((ROOT / "review" / "templates").glob("*.html")):
        asked = set(re.findall(r'w\("([\w.-]+)"[,)]', path.read_text("utf-8")))
        assert asked <= known, (path.name, asked - known)


def test_nothing_the_page_says_calls_anybody_a_victim() -> None:
    for language in ("sv", "en"):
        assert not [key for key, text in words(language).items() if re.search(r"victim|brottsoffer", text.lower())]
