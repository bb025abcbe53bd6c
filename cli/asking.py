"""Commands of analysts: questions to the published snapshot, and tables that may leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.common import HomeOption, JsonOption, home_of, local_user, now, write_private
from cli.terminal import print_json, print_table, say, working
from pipeline.failure import Exit, Failure

PurposeOption = Annotated[str, typer.Option(help="What for; logged with the question. Required in a live installation.")]
PROMPT = "lykta> "
ROWS_MAX = 10_000_000  # of one file


def add_asking(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(sql)
    app.command()(export)


def sql(
    question: Annotated[str, typer.Argument(help="One SELECT; without it, a shell with history and completion of names.")] = "",
    purpose: PurposeOption = "",
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Ask the published snapshot: pseudonyms and dates, no text. docs/questions.sql has thirty ready questions, docs/data.md the tables.

    Example: lykta sql "SELECT band, count(*) AS clusters FROM cluster_priority GROUP BY band"
    """
    from cli.care import may_ask
    from pipeline.keeping.analyst import BYTES_MAX, open_sandbox
    from pipeline.keeping.hard_limits import capped_memory

    place = home_of(home)
    note = may_ask(place, "sql", purpose, at=now())
    with open_sandbox(place) as con, capped_memory(BYTES_MAX):
        if not question:
            _shell(con, note, json_out=json_out)
            return
        note(question)
        _show(con, question, json_out=json_out)


def _show(con: object, question: str, *, json_out: bool) -> None:
    from pipeline.keeping.analyst import SECONDS_MAX, ask
    from pipeline.keeping.hard_limits import BEYOND_S, ended_after

    with working("asking ..."), ended_after(SECONDS_MAX + BEYOND_S):
        answer = ask(con, question)  # type: ignore[arg-type]
    if json_out:
        print_json({"columns": list(answer.columns), "types": list(answer.types), "rows": [list(row) for row in answer.rows], "cut": answer.cut})
    else:
        print_table(f"{len(answer.rows):,} rows", answer.columns, [["" if cell is None else str(cell) for cell in row] for row in answer.rows])
    if answer.cut:
        say(f"There are more than {len(answer.rows):,} rows. Add a LIMIT, count them, or use lykta export.")


def _shell(con: object, note: object, *, json_out: bool) -> None:
    """Read questions until end of input; a mistake is said and the next one read. History lives as long as the shell."""
    import readline

    from pipeline.keeping.analyst import tables

    found = tables(con)  # type: ignore[arg-type]
    words = sorted({*found, *(column for columns in found.values() for column in columns)})
    readline.set_completer(lambda text, at: dict(enumerate(word for word in words if word.startswith(text))).get(at))
    readline.parse_and_bind("tab: complete")
    say(f"Tables: {', '.join(found)}. A question ends with a semicolon; leave with Ctrl-D.")
    asked = ""
    while True:
        try:
            asked += input(PROMPT if not asked else "  ...> ") + "\n"
        except EOFError:
            say("")
            return
        if not asked.strip().endswith(";"):
            continue
        question, asked = asked.strip(), ""
        note(question)  # type: ignore[operator]
        try:
            _show(con, question, json_out=json_out)
        except Failure as failure:
            say(*failure.sentences)


def export(
    question: Annotated[str, typer.Argument(help="One SELECT over the published snapshot.")],
    file: Annotated[Path, typer.Argument(help="A .parquet or .csv outside the installation.")],
    purpose: PurposeOption = "",
    home: HomeOption = None,
) -> None:
    """Write the answer to a file that may leave: no pseudonyms, months for days, no cell of fewer than five.

    Example: lykta export "SELECT municipality, count(*) AS ads FROM ad_place GROUP BY 1" ads.csv --purpose "lägesbild"
    """
    from cli.care import may_ask
    from cli.desk import refuse_under_data
    from pipeline.keeping.analyst import BYTES_MAX, MEMORY_MAX, SECONDS_MAX, ask, open_sandbox, tables
    from pipeline.keeping.exporting import as_bytes, fit_to_leave
    from pipeline.keeping.hard_limits import BEYOND_S, capped_memory, ended_after

    place = home_of(home)
    refuse_under_data(place, file)
    may_ask(place, "export", purpose, at=now())(question)
    with open_sandbox(place) as con, working("asking ..."), capped_memory(BYTES_MAX):
        measured = frozenset(column for columns in tables(con).values() for column in columns)
        with ended_after(SECONDS_MAX + BEYOND_S):
            asked = ask(con, question, rows_max=ROWS_MAX)
        try:
            answer = fit_to_leave(asked, measured)
            content = as_bytes(answer, file.name)
        except MemoryError:
            raise Failure(Exit.POLICY, f"Stopped: it needs more than {MEMORY_MAX} of memory. Narrow the question. Nothing was written.") from None
    write_private(file, content)
    if answer.cut:
        say(f"There are more than {len(answer.rows):,} rows; the rest was left out. Narrow the question.")
    say(f"{len(answer.rows):,} rows written to {file} by {local_user()}.")
