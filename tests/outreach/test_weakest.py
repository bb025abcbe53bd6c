"""On which sign a band hangs is said in both languages, in Swedish as `lykta explain` says it."""

from __future__ import annotations

import pytest

from pipeline.outreach.sentences import said
from pipeline.score_arithmetic import Fall, weakest_sentence


@pytest.mark.parametrize(("then", "band"), [("same", "A"), ("held", ""), ("falls", "C"), ("gate", "")])
def test_the_page_says_in_swedish_what_explain_says_and_in_english_too(then: str, band: str) -> None:
    fall = Fall(indicator="x", title="Samma telefon", then=then, band=band)
    assert said("sv", f"hangs_{then}", title=fall.title, band=band) == weakest_sentence(fall)
    assert "One phone" in said("en", f"hangs_{then}", title="One phone", band=band)
