"""docs/data.md says what is stored today; a table or column without a word on what it is fails here."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.keeping.catalogue import data_page, uncommented
from pipeline.store import make_tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"


def test_the_page_of_what_is_stored_is_fresh() -> None:
    assert data_page() == PAGE.read_text("utf-8"), "run: python -m tools.papers"


@pytest.mark.parametrize(
    ("planted", "named"),
    [("CREATE TABLE secret (x INTEGER)", ["secret", "secret.x"]), ("ALTER TABLE ad ADD COLUMN shoe VARCHAR", ["ad.shoe"])],
)
def test_a_planted_table_or_column_without_a_comment_is_named(planted: str, named: list[str]) -> None:
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS store")
    con.execute("USE store")
    make_tables(con)
    assert uncommented(con, "store") == []
    con.execute(planted)
    assert uncommented(con, "store") == named
