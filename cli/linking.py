"""Commands about links: judge what belongs together, read judgements and a cluster's history, train the weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.common import HomeOption, JsonOption, home_of, now
from cli.terminal import print_json, print_lines, print_table, say
from pipeline.failure import Exit

link_app = typer.Typer(help="What belongs together: people's judgements, a cluster's history, the weights.", no_args_is_help=True)
UserOption = Annotated[str, typer.Option(help="Your account.")]
ReasonOption = Annotated[str, typer.Option(help="Why; required.")]


def add_linking(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    link_app.command("judge")(link_judge)
    link_app.command("withdraw")(link_withdraw)
    link_app.command("judgements")(link_judgements)
    link_app.command("history")(link_history)
    link_app.command("train")(link_train)
    app.add_typer(link_app, name="link")


def link_judge(
    verdict: Annotated[str, typer.Argument(help="same, not-same or unsure.")],
    left: Annotated[str, typer.Argument(help="A cluster's name or an ad's address.")],
    right: Annotated[str, typer.Argument(help="Another one; or an ad of that cluster that does not belong to it.")],
    reason: ReasonOption,
    user: UserOption = "",
    home: HomeOption = None,
) -> None:
    """Judge whether two clusters or ads belong together. The next night follows it before any rule. Your password is asked for.

    Example: lykta link judge not-same k-7f3a https://exempel.example/annons/17 --reason "Annan person, annan ort" --user anna
    """
    from cli.desk import ask_password
    from cli.judging import judge_as

    number = judge_as(home_of(home), user, ask_password(user), verdict.replace("-", "_"), left, right, reason=reason, at=now())
    say(f"Judgement {number} recorded for {user}: followed from the next night. Take it back with: lykta link withdraw {number}")


def link_withdraw(number: int, reason: ReasonOption, user: UserOption = "", home: HomeOption = None) -> None:
    """Take a judgement back, your own or a colleague's. It stays readable.

    Example: lykta link withdraw 3 --reason "Samma person, hon sa det själv" --user anna
    """
    from cli.desk import ask_password
    from cli.judging import withdraw_as

    withdraw_as(home_of(home), user, ask_password(user), number, reason=reason, at=now())
    say(f"Judgement {number} withdrawn by {user}: the next night follows it no longer.")


def link_judgements(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List what people judged, and which judgements contradict each other or name ads that are gone.

    Example: lykta link judgements --json
    """
    from cli.judging import judgements

    rows = judgements(home_of(home))
    if json_out:
        print_json({"judgements": rows})
    elif rows:
        print_table("Judgements", ["No", "Verdict", "Of", "Why", "Who and when", "Stands"], [_cells(row) for row in rows])
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def _cells(row: dict[str, Any]) -> list[str]:
    return [str(row["number"]), row["verdict"], f"{row['left']}\n{row['right']}", row["reason"], f"{row['by']}\n{row['at'][:10]}", _state(row)]


def _state(row: dict[str, Any]) -> str:
    return f"{row['state']} by {', '.join(map(str, row['against']))}" if row["against"] else str(row["state"])


def link_history(cluster: str, home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show which clusters one came from or went into and why, what was judged of it, what may belong to it, and what never links.

    Example: lykta link history k-7f3a
    """
    from cli.judging import history
    from pipeline.outreach.sentences import came

    body = history(home_of(home), cluster)
    if json_out:
        print_json(body)
        return
    print_lines([f"{row['run']}: {came('en', row['why'], row['cluster'], row['from'])}" for row in body["lineage"]] or ["No other cluster has gone into it."])
    print_lines([f"judgement {row['number']}: {row['left']} and {row['right']}: {row['verdict']}, {_state(row)}" for row in body["judgements"]])
    print_lines([f"may belong to {row['cluster'] or 'single ads'}: {row['why']}, {', '.join(row['shared'])}" for row in body["may_belong_to"]])
    print_lines([f"never links: {row['kind']} {row['shown']} in {row['ads']} ads, {row['reason']}" for row in body["never_links"]])


def link_train(
    truth: Annotated[Path | None, typer.Option(help="truth.jsonl, where it is known who belongs together: adds precision and recall.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the new weights into config/linking.toml.")] = False,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Measure the weights of links anew from this installation's ads, and print what would change. Nothing is written without --write.

    Example: lykta link train --truth data/demo-town/truth.jsonl
    """
    from cli.judging import as_json, train

    place = home_of(home)
    found = train(place, truth=truth, write=write, at=now())
    if json_out:
        print_json(as_json(found))
    else:
        print_lines(found.changes)
        rows = [[name.replace("_", " "), f"{value:g}", f"{found.new[name]:g}"] for name, value in found.old.items()]
        print_table(f"The same ads with old and new weights ({found.same_pairs:,} pairs of one advertiser measured)", ["Figure", "Old", "New"], rows)
    say(f"Written to {place.config / 'linking.toml'}." if write else "Nothing was written. To keep the new weights: lykta link train --write")
