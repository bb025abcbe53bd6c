"""Commands about clusters outside the municipalities that the team serves."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.common import HomeOption, JsonOption, home_of, now
from cli.terminal import print_json, print_table, say
from pipeline.failure import Exit


def add_elsewhere(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("elsewhere")(elsewhere)
    app.command("handover")(handover)


def elsewhere(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show clusters outside the municipalities served in config/outreach.toml, as counts: no text, no contact.

    Example: lykta elsewhere --json
    """
    from cli.desk import open_desk
    from pipeline.outreach.elsewhere import elsewhere as rows_of

    with open_desk(home_of(home), action="elsewhere", as_of=None) as desk:
        rows = rows_of(desk.snapshot, desk.book, desk.settings.municipalities)
    if json_out:
        print_json({"rows": rows})
    elif rows:
        print_table("Elsewhere", ["Cluster", "Band", "Municipalities", "Ads", "People", "Last seen", "Handed to"], [_cells(row) for row in rows])
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        row["cluster"], row["band"], ", ".join(row["municipalities"]), str(row["ads"]), str(row["personas"]), row["last_seen"][:10], row["handed_to"]
    ]  # fmt: skip


def handover(
    cluster: str,
    organisation: Annotated[str, typer.Option("--to", help="The organisation that takes it over.")],
    receiver: Annotated[str, typer.Option(help="Who there: the regional coordinator's name.")],
    ground: Annotated[str, typer.Option(help="On what legal ground; required.")],
    user: Annotated[str, typer.Option(help="Your account.")] = "",
    home: HomeOption = None,
) -> None:
    """Hand a cluster elsewhere to a regional coordinator. The decision is recorded; what is given is printed: counts, dates, signs.

    Example: lykta handover k-7f3a --to "Region Skåne" --receiver "Eva Exempel" --ground "OSL 25 kap. 11 §" --user anna
    """
    from cli.desk import ask_password
    from cli.handing_over import hand_over_as

    given = hand_over_as(home_of(home), user, ask_password(user), cluster, organisation=organisation, receiver=receiver, ground=ground, at=now())
    print_json(given)
    say(f"{cluster}: handed to {organisation} ({receiver}), recorded for {user}.")
