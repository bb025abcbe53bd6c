"""Commands that print papers: the record of processing, the public notice, and who saw what."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from cli.common import HomeOption, JsonOption, home_of, moment, now
from cli.terminal import print_json, print_lines, print_table, say
from pipeline.failure import Exit, Failure


def add_papers(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(ropa)
    app.command()(notice)
    app.command()(incident)


def ropa(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Print the record of processing (GDPR article 30) from config.

    Example: lykta ropa --json
    """
    from pipeline.keeping.papers import record_of_processing
    from pipeline.settings import read_settings

    body = record_of_processing(read_settings(home_of(home)))
    if json_out:
        print_json(body)
    else:
        print_lines([f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in body.items()])


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {inner}" for name, inner in value.items())
    return "; ".join(_plain(item) for item in value) if isinstance(value, list) else str(value)


def notice(
    language: Annotated[str, typer.Option(help="sv or en.")] = "sv",
    home: HomeOption = None,
) -> None:
    """Print the public notice from config, for the controller's website.

    Example: lykta notice --language en
    """
    from pipeline.keeping.papers import NOTICE
    from pipeline.keeping.papers import notice as made
    from pipeline.settings import read_settings

    if language not in NOTICE:
        raise Failure(Exit.USAGE, f"--language {language}: choose sv or en.")
    print_lines(made(read_settings(home_of(home)), language).split("\n"))


def incident(
    since: Annotated[str, typer.Option(help="From when: a date or a UTC time.")],
    until: Annotated[str, typer.Option(help="Until when; otherwise now.")] = "",
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Print who saw or did what since a moment, and whether the audit that says so is whole (6 when it is not).

    Example: lykta incident --since 2026-11-01
    """
    from cli.roles import admitted
    from pipeline.keeping.papers import incident as report
    from pipeline.keeping.wishes import open_wishes

    place = home_of(home)
    start, end = moment(since if len(since) > 10 else since + "T00:00:00"), moment(until or None) or now()
    with open_wishes(place) as book:
        admitted(place, book, "incident", now())
        body = report(book, since=start or now(), until=end)
    rows = [asdict(row) for row in body["rows"]]
    if json_out:
        print_json({**body, "rows": rows})
    else:
        print_table(f"Since {body['since']}", ["Who", "What", "Times", "Things", "First", "Last"], [[str(cell) for cell in row.values()] for row in rows])
    if body["audit_broken_at"] is not None:
        say(f"The audit chain is broken at row {body['audit_broken_at']}: what this says before and after may be incomplete.")
        raise typer.Exit(int(Exit.INTEGRITY))
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))
