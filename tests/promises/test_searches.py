"""Nothing is searched by what the law protects most, and who asks says what for."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.care import may_ask
from pipeline.failure import Failure
from pipeline.home import create_home
from pipeline.keeping.wishes import open_wishes
from review.policy import POLICY
from tests.cli.test_papers import tree
from tests.keeping.world import START
from tests.promises.conftest import PASSWORD


def commands(place: Any, path: str = "") -> Iterator[tuple[str, set[str]]]:
    if hasattr(place, "commands"):
        for name, inner in place.commands.items():
            yield from commands(inner, f"{path} {name}".strip())
    else:
        yield path, {option for parameter in place.params for option in parameter.opts if option.startswith("--")}


def test_P15_nothing_is_searched_by_origin_health_or_orientation_and_a_question_is_logged_with_its_purpose(tmp_path: Path) -> None:
    sought = re.compile("search|find|filter|languag|origin|ethn|nation|health|orient|gender|sex|religio|name")
    told = {f"{command} {option}" for command, options in commands(tree()) for option in options if sought.search(option)}
    assert told == {"notice --language", "review --origin"}, "the language of the notice, the address of the page"
    assert [route for route in POLICY if sought.search(route)] == ["language", "health", "health_metrics"], "of the page, and of the sites"
    home = create_home(tmp_path / "home", kind="live")
    with open_wishes(home) as book:
        book.add_user(getpass.getuser(), role="analyst", organisation="kommunen", password=PASSWORD, note_signed=True, now=START)
    with pytest.raises(Failure, match="Say what for"):
        may_ask(home, "sql", " ", at=START)
    may_ask(home, "sql", "lägesbild", at=START)("SELECT count(*) FROM ad")
    with open_wishes(home) as book:
        last = book.con.execute("SELECT who, action, subject FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    assert last == (getpass.getuser(), "sql: lägesbild", "SELECT count(*) FROM ad")
