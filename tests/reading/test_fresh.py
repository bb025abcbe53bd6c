"""Eighty texts in nine languages, written by somebody who had not seen the reader or not the lexicon."""

from __future__ import annotations

from benchmarks.reading_fresh import answers
from tests.reading.conftest import reader

UNREAD = {("en6", "ages"), ("sv26", "prices")}  # "our therapist is 45", without unit or label; "halva tiden 1100 kr" (docs/LIMITS.md)
FAR = ("ro23", "cues")  # "nu stau la program non stop": the negator stands four words before (docs/LIMITS.md)


def test_all_but_cues_in_other_words_is_read_of_eighty_fresh_texts() -> None:
    wrong = {(answer.text, answer.kind) for answer in answers(reader()) if answer.kind != "cues" and answer.read != answer.wanted}
    assert wrong == UNREAD


def test_no_cue_is_read_in_eighty_fresh_texts_that_is_not_said_but_one_denied_from_afar() -> None:
    assert [(answer.text, answer.kind) for answer in answers(reader()) if answer.kind == "cues" and answer.read - answer.wanted] == [FAR]
