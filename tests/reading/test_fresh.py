"""Forty texts in nine languages, written by somebody who had not seen the reader."""

from __future__ import annotations

from benchmarks.reading_fresh import answers
from tests.reading.conftest import reader

UNREAD_AGE = ("en6", "ages")  # "our therapist is 45": no unit, no label of the person advertised (docs/LIMITS.md)


def test_all_but_cues_in_other_words_is_read_of_forty_fresh_texts() -> None:
    wrong = {(answer.text, answer.kind) for answer in answers(reader()) if answer.kind != "cues" and answer.read != answer.wanted}
    assert wrong == {UNREAD_AGE}


def test_no_cue_is_read_in_forty_fresh_texts_that_is_not_said() -> None:
    assert [answer for answer in answers(reader()) if answer.kind == "cues" and answer.read - answer.wanted] == []
