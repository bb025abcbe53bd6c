"""The command that serves the review page, and one-time links for its users."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.common import HomeOption, home_of, now
from cli.terminal import print_lines, say

PORT = 8460


def review(
    port: Annotated[int, typer.Option(help="Port on loopback.", min=1, max=65535)] = PORT,
    origin: Annotated[list[str] | None, typer.Option(help="Under which address a reverse proxy serves the page, such as https://lykta.exempel.se.")] = None,
    training: Annotated[Path | None, typer.Option(help="A demo installation that serves as training room.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the review page on loopback until interrupted.

    Example: lykta review --origin https://lykta.exempel.se
    """
    from pipeline.home import find_home
    from review.serve import serve

    place = home_of(home)
    room = find_home(training) if training else None
    say("Opening the snapshot ...")
    origins = frozenset(one.rstrip("/") for one in origin or ())
    serve(place, port=port, origins=origins, room=room, ready=lambda where: say(f"The review page: {where}  (stop with Ctrl-C)"))


def users_link(
    name: str,
    role: Annotated[str, typer.Option(help="For a new account: coordinator, approver, outreach, safeguarding, analyst, dpo, auditor or admin.")] = "",
    organisation: Annotated[str, typer.Option(help="For a new account: the user's organisation.")] = "",
    note_signed: Annotated[bool, typer.Option("--note-signed", help="The confidentiality note is signed and kept on paper.")] = False,
    home: HomeOption = None,
) -> None:
    """Print a one-time link by which a user sets a password on the page; with --role the account is made first.

    Example: lykta users link anna --role coordinator --organisation "Exempelstads kommun" --note-signed
    """
    from cli.desk import link_for

    path = link_for(home_of(home), name=name, role=role, organisation=organisation, note_signed=note_signed, at=now())
    say(f"Give this to {name} face to face. It works once, for 48 hours, after the address of the page:")
    print_lines([path])
