"""Commands that care for what is kept: requests of people, purge, backups, keys, the analyst's questions, and the papers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.common import HomeOption, JsonOption, home_of, local_user, now
from cli.guarding import add_guarding
from cli.terminal import print_json, print_lines, print_table, say, working
from pipeline.failure import Exit, Failure

request_app = typer.Typer(help="Requests of people: to see, to be erased, not to be contacted.", no_args_is_help=True)
keys_app = typer.Typer(help="The keys of an installation.", no_args_is_help=True)

ContactOption = Annotated[str, typer.Option(help="The contact as a number, address or handle: asked for without echo when not given.")]
KindOption = Annotated[str, typer.Option(help="phone, email, telegram, ...")]
ReasonOption = Annotated[str, typer.Option(help="Who asked, and how.")]


def add_caring(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(access)
    app.command()(erase)
    app.command()(purge)
    app.command()(backup)
    app.command()(restore)
    app.command()(upgrade)
    request_app.command("list")(request_list)
    request_app.command("settle")(request_settle)
    app.add_typer(request_app, name="request")
    keys_app.command("rotate")(keys_rotate)
    app.add_typer(keys_app, name="keys")
    add_guarding(app)


def access(contact: ContactOption = "", kind: KindOption = "phone", reason: ReasonOption = "", home: HomeOption = None) -> None:
    """Open a request of somebody who wants to see what is kept about them. `lykta request settle` answers it.

    Example: lykta access --kind phone --reason "brev den 3 november"
    """
    _open("access", contact, kind, reason, home)


def erase(contact: ContactOption = "", kind: KindOption = "phone", reason: ReasonOption = "", home: HomeOption = None) -> None:
    """Open a request of somebody who wants to be erased. No contact goes through it until `lykta request settle` answers it.

    Example: lykta erase --kind phone --reason "sagt vid besök"
    """
    _open("erase", contact, kind, reason, home)


def _open(what: str, contact: str, kind: str, reason: str, home: Path | None) -> None:
    from cli.desk import open_request

    if not contact:
        if not sys.stdin.isatty():
            raise Failure(Exit.USAGE, "No contact given, and no terminal to ask on. Use --contact.")
        contact = typer.prompt("Contact", hide_input=True)
    wish = open_request(home_of(home), what, kind=kind, value=contact, reason=reason, at=now())
    many = f" {wish.personas} people are advertised on this contact: it may be somebody else's." if wish.personas >= 2 else ""
    say(f"Request {wish.id} is open.{many} No contact goes through it meanwhile.")
    say(f"When a person has checked who asks: lykta request settle {wish.id} grant --user NAME --identity HOW")


def request_list(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List the requests that wait for a person.

    Example: lykta request list --json
    """
    from cli.roles import admitted
    from pipeline.keeping.requests import wishes
    from pipeline.keeping.wishes import open_wishes

    place = home_of(home)
    with open_wishes(place) as book:
        admitted(place, book, "request list", now())
        found = wishes(book)
    rows = [{"request": one.id, "what": one.what, "kind": one.kind, "people": one.personas, "opened": one.opened_at.isoformat() + "Z"} for one in found]
    if json_out:
        print_json({"rows": rows})
    else:
        print_table("Requests that wait", ["Request", "Wants", "Kind", "People on it", "Opened"], [[str(cell) for cell in row.values()] for row in rows])
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def request_settle(
    request: Annotated[str, typer.Argument(help="The request, as W-1.")],
    answer: Annotated[str, typer.Argument(help="grant or refuse.")],
    user: Annotated[str, typer.Option(help="Your account.")] = "",
    identity: Annotated[str, typer.Option(help="How the person's identity, and secrecy towards others, was checked.")] = "",
    out: Annotated[Path | None, typer.Option(help="For an access: the file to hand over, outside the installation.")] = None,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Answer a request after checking who asks, and carry it out. Prints a receipt.

    Example: lykta request settle W-1 grant --user dso --identity "legitimation visad vid besök"
    """
    from cli.care import settle_request
    from cli.desk import ask_password

    if answer not in ("grant", "refuse"):
        raise Failure(Exit.USAGE, f"{answer}: answer grant or refuse.")
    with working("carrying it out ..."):
        receipt = settle_request(
            home_of(home), request, granted=answer == "grant", user=user, password=ask_password(user), identity=identity, out=out, at=now()
        )  # fmt: skip
    if json_out:
        print_json(receipt)
    else:
        print_lines([f"{name}: {value}" for name, value in receipt.items()])


def purge(
    clock_is_right: Annotated[bool, typer.Option("--clock-is-right", help="A person has looked at the clock after it jumped.")] = False,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Let go of what has been kept long enough; the night does it too. After a jump of the clock it waits for --clock-is-right.

    Example: lykta purge --clock-is-right
    """
    from cli.care import purge_now

    with working("looking for what is due ..."):
        report = purge_now(home_of(home), confirmed=clock_is_right, who=f"lykta purge by {local_user()}", at=now())
    if json_out:
        print_json({"ads": report.refused, "withheld": report.note if "clock" in report.note else ""})
    say(report.note or "Nothing was due.")
    raise typer.Exit(int(Exit.POLICY if "clock" in report.note else Exit.DONE))


def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where it goes; data/backups of the installation without.")] = None,
    casebook_only: Annotated[bool, typer.Option("--casebook", help="The casebook alone, also while a night runs; a timer does it every ten minutes.")] = False,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Write store, casebook and config into one sealed file. The keys are never in it: keep copies of those elsewhere.

    Example: lykta backup /mnt/backup
    """
    from cli.care import make_backup

    with working("writing the backup ..."):
        path = make_backup(home_of(home), folder, casebook_only=casebook_only, at=now())
    size = path.stat().st_size
    if json_out:
        print_json({"file": str(path), "bytes": size})
    say(f"{path}: {size / 1e6:,.1f} MB.")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup that this installation made.")],
    drill: Annotated[bool, typer.Option("--drill", help="Restore into a scratch folder, compare, and leave the living data alone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what lives now.")] = False,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Bring a backup back: every erasure and retention is done again before anything opens.

    Example: lykta restore data/backups/lykta-whole-20261124T021000Z.backup --drill
    """
    from cli.care import restore_from

    if not drill and not yes:
        raise Failure(Exit.POLICY, "This replaces store, casebook and snapshots. Try it with --drill; then say --yes.")
    with working("reading the backup ..."):
        result = restore_from(home_of(home), file, drill=drill, at=now())
    rows = [[name, f"{result.living.get(name, 0):,}", f"{count:,}"] for name, count in result.restored.items()]
    if json_out:
        print_json({"made": result.made.isoformat() + "Z", "replayed": result.replayed, "living": result.living, "restored": result.restored})
    else:
        print_table(f"Backup of {result.made:%Y-%m-%d %H:%M} UTC", ["Table", "Rows that live", "Rows that came back"], rows)
    say(f"{result.replayed} erasures and wishes replayed. " + ("A drill: nothing was changed." if drill else "Restored."))


def upgrade(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Bring a store that an earlier program wrote to today's tables. Back it up first: lykta backup.

    Example: lykta upgrade
    """
    from cli.care import upgrade_store

    with working("copying the store ..."):
        counts = upgrade_store(home_of(home), at=now())
    if json_out:
        print_json({"rows": counts})
    say(f"{sum(counts.values()):,} rows in {len(counts)} tables. What is new is filled by the next night: lykta night --no-crawl")


def keys_rotate(
    key: Annotated[str, typer.Argument(help="pseudonym, vault, store, casebook, analyst, review, landing or backup.")], home: HomeOption = None
) -> None:
    """Change a key and everything made with it. Killed at any moment, the same command finishes it. Stop the review page first.

    Example: lykta keys rotate pseudonym
    """
    from cli.care import change_key
    from pipeline.home import find_home

    with working(f"changing the {key} key ..."):
        epoch = change_key(find_home(home, rotating=True), key, who=f"lykta keys rotate by {local_user()}", at=now())
    say(f"The {key} key is changed (epoch {epoch}). Keep a copy of the keys elsewhere, and run lykta backup: older backups need the old key.")
