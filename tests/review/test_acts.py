"""The log says in the reader's language what was done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from review.acts import act
from tests.review.world import Site

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'visit\.audit\("([^"]+)"|action="([a-z][^"{]+)"')


def test_every_act_of_the_page_and_the_casebook_has_a_swedish_wording() -> None:
    sources = [path.read_text("utf-8") for folder in ("review/pages", "pipeline/casebook") for path in sorted((ROOT / folder).glob("*.py"))]
    acts = {found[1] or found[2] for source in sources for found in READ.finditer(source)}
    assert (len(acts) > 40, sorted(name for name in acts if act(name, "sv")[1] != "sv")) == (True, [])


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        ("read ads", ("läste annonser", "sv")), ("took out pdf", ("tog ut en fil: pdf", "sv")), ("link history", ("link history", "en")),
        ("judged not_same", ("bedömde: hör inte ihop", "sv")), ("request granted: erase", ("biföll en begäran: erase", "sv")),
        ("refused: reveal", ("nekades: öppnade en kontaktuppgift", "sv")), ("refused: decide", ("nekades: decide", "sv")),
    ],
)  # fmt: skip
def test_an_act_is_said_in_swedish_and_what_has_no_word_stays_as_it_stands(action: str, shown: tuple[str, str]) -> None:
    assert (act(action, "sv"), act(action, "en")) == (shown, (action, "en"))


def test_the_log_is_in_the_readers_language(site: Site) -> None:
    swedish, english = (site.client("ulla", language=language).get("/logg").text for language in ("sv", "en"))
    assert ('<span lang="sv">loggade in</span>' in swedish, '<span lang="en">logged in</span>' in english) == (True, True)
