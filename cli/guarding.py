"""Commands for what is handed over: ads of possible minors on hold, and the record of every disclosure."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.common import HomeOption, JsonOption, home_of, now
from cli.terminal import print_json, print_table, say
from pipeline.failure import Exit, Failure

hold_app = typer.Typer(help="Ads of possible minors that were handed over: purge leaves them alone. For the named officer.", no_args_is_help=True)
disclosure_app = typer.Typer(help="The record of what others asked for and were given.", no_args_is_help=True)

GroundOption = Annotated[str, typer.Option(help="The section of law.")]
ReceiverOption = Annotated[str, typer.Option("--to", help="The organisation, and the person there who answers for it.")]


def add_guarding(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    hold_app.command("list")(hold_list)
    hold_app.command("add")(hold_add)
    hold_app.command("release")(hold_release)
    app.add_typer(hold_app, name="hold")
    disclosure_app.command("list")(disclosure_list)
    disclosure_app.command("add")(disclosure_add)
    app.add_typer(disclosure_app, name="disclosure")


def hold_list(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List the ads of the child route: what waits, for how many hours, and what was handed over to whom.

    Example: lykta hold list --json
    """
    from cli.desk import open_desk
    from pipeline.keeping.holds import children

    with open_desk(home_of(home), action="hold", as_of=None) as desk:
        rows = children(desk.snapshot, desk.book, now=desk.as_of)
    names = ("url", "handed_over", "to", "by", "hours")
    shown = [{"ad": row["ad_id"], **{name: row[name] for name in names}} for row in rows]
    _print("Handed over, and waiting", shown, json_out)


def hold_add(
    ad: Annotated[int, typer.Argument(help="The ad's number, as lykta hold list shows it.")],
    to: ReceiverOption,
    ground: GroundOption,
    how: Annotated[str, typer.Option(help="By which report or call.")],
    home: HomeOption = None,
) -> None:
    """Note that an ad was handed over: it goes into the disclosure record, and purge leaves it alone until it is released.

    Example: lykta hold add 17 --to "socialjouren i Lund, E. Ek" --ground "SoL 2025:400 19 kap" --how "orosanmälan 12/2026"
    """
    from cli.desk import open_desk
    from pipeline.keeping.holds import children, hand_over

    with open_desk(home_of(home), action="hold", as_of=None) as desk:
        if ad not in {row["ad_id"] for row in children(desk.snapshot, desk.book, now=desk.as_of)}:
            raise Failure(Exit.USAGE, f"{ad}: no ad of the child route has that number. `lykta hold list` shows them.")
        hand_over(desk.book, ad, receiver=to, ground=ground, how=how, who=desk.who, now=now())
    say("Held, and on the disclosure record. Ongoing danger: 112. Otherwise 114 14 and a report of concern to social services.")


def hold_release(
    ad: Annotated[int, typer.Argument(help="The ad's number.")], reason: Annotated[str, typer.Option(help="Why it may go.")], home: HomeOption = None
) -> None:
    """Release an ad: it goes when its time is over, like every other.

    Example: lykta hold release 17 --reason "utredningen har egna kopior"
    """
    from cli.roles import admitted
    from pipeline.keeping.holds import release
    from pipeline.keeping.wishes import open_wishes

    place = home_of(home)
    with open_wishes(place) as book:
        release(book, ad, reason=reason, who=admitted(place, book, "hold", now()), now=now())
    say("Released.")


def disclosure_list(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List every disclosure and every refusal of one, the newest first.

    Example: lykta disclosure list --json
    """
    from cli.roles import admitted
    from pipeline.keeping.disclosures import disclosures
    from pipeline.keeping.wishes import open_wishes

    place = home_of(home)
    with open_wishes(place) as book:
        admitted(place, book, "disclosure", now())
        rows = disclosures(book)
    _print("Disclosures", rows, json_out)


def disclosure_add(
    to: ReceiverOption,
    asked: Annotated[str, typer.Option(help="What was asked for, and how.")],
    ground: GroundOption,
    answer: Annotated[str, typer.Option(help="given, part or refused.")],
    given: Annotated[str, typer.Option(help="What was handed over, in kind and number.")] = "",
    about: Annotated[str, typer.Option(help="A list, a cluster, an ad's number.")] = "",
    home: HomeOption = None,
) -> None:
    """Write a disclosure, or the refusal of one, into the record.

    Example: lykta disclosure add --to "Polisen, A. Ask" --asked "brev 12/2026" --ground "OSL 10 kap 24 §" --answer refused
    """
    from cli.roles import admitted
    from pipeline.keeping.disclosures import disclose
    from pipeline.keeping.wishes import open_wishes

    place = home_of(home)
    with open_wishes(place) as book:
        who = admitted(place, book, "disclosure", now())
        number = disclose(book, receiver=to, asked=asked, ground=ground, answer=answer, given=given, subject=about, who=who, now=now())
    say(f"Disclosure {number} is on record.")


def _print(title: str, rows: list[dict[str, Any]], json_out: bool) -> None:
    if json_out:
        print_json({"rows": rows})
    else:
        print_table(title, list(rows[0]) if rows else [""], [[str(cell) for cell in row.values()] for row in rows])
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))
