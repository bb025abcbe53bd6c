"""The house holds: imports go one way, without cycles, and every table has one writer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house import cycles, layer_faults, table_writers

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = (ROOT / "pipeline" / "sql" / "schema.sql").read_text("utf-8")
TABLES = set(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", SCHEMA))


def declared_writers() -> dict[str, str]:
    """Read from the schema who says to be the writer of which table."""
    writer, found = "store", {}
    for line in SCHEMA.splitlines():
        if match := re.match(r"-- writer: (\w+)", line):
            writer = match.group(1)
        elif match := re.match(r"CREATE TABLE IF NOT EXISTS (\w+)", line):
            found[match.group(1)] = writer
    return found


# The photos stage receives the second pass's rows through the table that ingest fills from landing files.
SHARED_INBOX = {"landed_image": {"ingest", "photos"}}


def test_imports_go_one_way() -> None:
    assert layer_faults(ROOT) == []


def test_there_is_no_import_cycle() -> None:
    assert cycles(ROOT) == []


def test_every_table_has_the_writer_that_the_schema_names() -> None:
    declared = declared_writers()
    for table, stages in table_writers(ROOT, TABLES).items():
        assert stages == SHARED_INBOX.get(table, {declared[table]}), table
    assert set(table_writers(ROOT, TABLES)) <= TABLES


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    for package in ("cli", "review", "pipeline", "indicators", "crawler", "simulator"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("crawler/spider.py", "import indicators.model\n", "crawler.spider imports indicators.model"),
        ("indicators/model.py", "from pipeline import score\n", "indicators.model imports pipeline"),
        ("simulator/town.py", "from crawler.spider import fetch\n", "simulator.town imports crawler.spider"),
        ("pipeline/night.py", "from crawler import spider\n", "pipeline.night imports crawler"),
        ("pipeline/night.py", "def run() -> None:\n    import crawler.records\n", "pipeline.night:2 hides its import of crawler.records"),
    ],
)
def test_a_planted_import_against_the_direction_is_found(planted: Path, file: str, text: str, fault: str) -> None:
    (planted / file).write_text(text)
    assert layer_faults(planted) == [fault]


def test_a_planted_cycle_is_found(planted: Path) -> None:
    (planted / "pipeline" / "link.py").write_text("from pipeline import cluster\n")
    (planted / "pipeline" / "cluster.py").write_text("from pipeline import link\n")
    assert cycles(planted) == ["pipeline.cluster -> pipeline.link -> pipeline.cluster"]


def test_a_planted_second_writer_is_found(planted: Path) -> None:
    (planted / "pipeline" / "ingest.py").write_text('SQL = "INSERT INTO ad VALUES (1)"\n')
    (planted / "pipeline" / "score_extra.sql").write_text("UPDATE ad SET state = 'gone';\n")
    assert table_writers(planted, {"ad"}) == {"ad": {"ingest", "score"}}
