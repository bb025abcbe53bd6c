"""Tables that leave the house: no pseudonym, no day, no cell of fewer than five."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from pipeline.failure import Exit, Failure
from pipeline.keeping.analyst import Answer
from pipeline.outreach.papers.layout import safe

CELL_MIN = 5
# Columns whose values name a person, an ad or a cluster; in a file they are numbers of that file alone.
NAMING = frozenset({"ad_id", "contact_id", "cluster_id", "finding_id", "text_template"})


def fit_to_leave(answer: Answer, measured: frozenset[str]) -> Answer:
    """Return the answer with months for days, numbers of its own for names, and small counts blanked.

    A whole number whose column is not one of the snapshot's own (`measured`) is a count. A row with a count of 1 to 4 loses every figure;
    where exactly one row lost them, the next smallest does too, so that no total gives it back.

    Raises:
        Failure: a column has no name of its own (2): write `AS name`.
    """
    if len(set(answer.columns)) != len(answer.columns):
        raise Failure(Exit.USAGE, "Two columns have one name. Give each its own with AS.")
    figures = [at for at, name in enumerate(answer.columns) if name not in measured and any(_is_figure(row[at]) for row in answer.rows)]
    counts = [at for at in figures if all(row[at] is None or isinstance(row[at], int) for row in answer.rows)]
    blank = _small(answer.rows, counts)
    names = [_numbering(answer.rows, at) if name in NAMING else None for at, name in enumerate(answer.columns)]
    rows = [
        tuple(None if at in figures and number in blank else _fit(value, names[at]) for at, value in enumerate(row)) for number, row in enumerate(answer.rows)
    ]
    return Answer(columns=answer.columns, types=answer.types, rows=tuple(rows), cut=answer.cut)


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _small(rows: Sequence[tuple[Any, ...]], counts: Sequence[int]) -> set[int]:
    blank: set[int] = set()
    for at in counts:
        ordered = sorted((row[at], number) for number, row in enumerate(rows) if row[at] is not None and row[at] > 0)
        small = [number for count, number in ordered if count < CELL_MIN]
        if len(small) == 1 and len(ordered) > 1:
            small.append(ordered[1][1])
        blank |= set(small)
    return blank


def _numbering(rows: Sequence[tuple[Any, ...]], at: int) -> dict[Any, int]:
    """Number the values in an order that says nothing: another one in every file."""
    values = sorted({row[at] for row in rows if row[at] is not None}, key=lambda value: secrets.token_bytes(8))
    return {value: number for number, value in enumerate(values, start=1)}


def _fit(value: Any, numbers: dict[Any, int] | None) -> Any:
    if numbers is not None:
        return numbers.get(value)
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m")
    return value


def as_bytes(answer: Answer, name: str) -> bytes:
    """Return the content of a file .parquet or .csv for an answer that is fit to leave.

    Args:
        name: the file's, whose ending says which.

    Raises:
        Failure: another ending (2).
    """
    if name.endswith(".parquet"):
        columns = {name: pa.array([row[at] for row in answer.rows]) for at, name in enumerate(answer.columns)}
        table = io.BytesIO()
        pyarrow.parquet.write_table(pa.table(columns), table)
        return table.getvalue()
    if not name.endswith(".csv"):
        raise Failure(Exit.USAGE, f"{name}: name a file that ends in .parquet or .csv.")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_harmless(name) for name in answer.columns])
    writer.writerows([[_harmless(value) for value in row] for row in answer.rows])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula begins with an apostrophe."""
    return safe(value) if isinstance(value, str) else value
