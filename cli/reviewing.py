"""Commands by which people review: queue, urgent, safeguarding, clusters, explain, decide, approve, list, dnc, users, audit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.common import AsOfOption, HomeOption, JsonOption, home_of, moment, now
from cli.serving import review, users_link
from cli.tables import print_clusters, print_explanation, print_list, print_queue, print_route
from cli.terminal import print_json, say
from pipeline.failure import Exit, Failure

dnc_app = typer.Typer(help="People who do not want contact.", no_args_is_help=True)
users_app = typer.Typer(help="Accounts.", no_args_is_help=True)
audit_app = typer.Typer(help="Who did and saw what.", no_args_is_help=True)


def add_reviewing(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(review)
    app.command()(queue)
    app.command()(urgent)
    app.command()(safeguarding)
    app.command()(clusters)
    app.command()(explain)
    app.command()(decide)
    app.command()(approve)
    app.command()(confirm)
    app.command("list")(outreach_list)
    dnc_app.command("add")(dnc_add)
    app.add_typer(dnc_app, name="dnc")
    users_app.command("add")(users_add)
    users_app.command("link")(users_link)
    app.add_typer(users_app, name="users")
    audit_app.command("verify")(audit_verify)
    app.add_typer(audit_app, name="audit")


def queue(home: HomeOption = None, as_of: AsOfOption = None, json_out: JsonOption = False) -> None:
    """Show what waits for a person, in the order in which it should be read. This is not a list of visits.

    Example: lykta queue --json | jq '.rows[0]'
    """
    from cli.desk import open_desk

    place = home_of(home)
    with open_desk(place, action="queue", as_of=moment(as_of)) as desk:
        rows = desk.queue()
    if json_out:
        print_json({"rows": rows})
    else:
        print_queue(rows, made_up=place.kind == "demo")
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def urgent(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show ads that may be a sign of coercion or a cry for help: to be read by a person today.

    Example: lykta urgent
    """
    from cli.desk import open_desk

    place = home_of(home)
    with open_desk(place, action="urgent", as_of=None) as desk:
        rows = desk.urgent()
    if json_out:
        print_json({"rows": rows})
    else:
        print_route("LÄS I DAG", rows, made_up=place.kind == "demo")
        say("When you have read one: lykta confirm FINDING yes|no --user YOU")
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def safeguarding(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show ads of possible minors to the named officer; audited.

    Example: lykta safeguarding
    """
    from cli.desk import open_desk

    place = home_of(home)
    with open_desk(place, action="safeguarding", as_of=None) as desk:
        rows = desk.safeguarding()
    if json_out:
        print_json({"rows": rows})
    else:
        print_route("BARNRUTINEN: pågående fara 112, annars 114 14 och orosanmälan till socialnämnden", rows, made_up=place.kind == "demo")
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def clusters(band: Annotated[str | None, typer.Option(help="A, B or C.")] = None, home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List the clusters with their findings, what speaks against them, and which clusters they came from.

    Example: lykta clusters --band A --json
    """
    from cli.desk import open_desk

    if band not in (None, "A", "B", "C"):
        raise Failure(Exit.USAGE, f"--band {band}: choose A, B or C.")
    with open_desk(home_of(home), action="clusters", as_of=None) as desk:
        body, lineage = desk.clusters(band), desk.lineage()
    found = body["clusters"]
    if json_out:
        print_json(body)
    else:
        print_clusters(found, lineage)
    raise typer.Exit(int(Exit.DONE if found else Exit.NOTHING))


def explain(
    cluster: str,
    without: Annotated[str, typer.Option(help="An indicator or a finding: what the band would be if it were not there.")] = "",
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Show the arithmetic of a cluster's band, so that a person with a pencil gets the same.

    Example: lykta explain k-7f3a --without shared_phone_multi_persona
    """
    from cli.desk import open_desk
    from cli.measuring import explained_without

    with open_desk(home_of(home), action="explain", as_of=None) as desk:
        body = explained_without(desk, cluster, without) if without else desk.explain(cluster)
        lineage = desk.lineage(cluster).get(cluster, [])
    if json_out:
        print_json(body)
        return
    print_explanation(cluster, body, lineage)
    for sentence in (body.get("sentence"), body["weakest"]):
        if sentence:
            say(str(sentence))


DecisionArgument = Annotated[str, typer.Argument(help="approve, dismiss or unsure.")]


def decide(
    cluster: str,
    decision: DecisionArgument,
    alternative: Annotated[str, typer.Option(help="Another explanation of what is seen; required.")],
    reason: Annotated[str, typer.Option(help="Why you decide so; required.")],
    user: Annotated[str, typer.Option(help="Your account.")] = "",
    channel: Annotated[str, typer.Option(help="How contact would be made: visit, message or venue.")] = "",
    person_safety: Annotated[str, typer.Option(help="What could harm the person, and how it is avoided.")] = "",
    team_safety: Annotated[int, typer.Option(help="0 to 3; 3 is no visit without a new plan.", min=0, max=3)] = 3,
    interpreter: Annotated[str, typer.Option(help="Interpreter arranged, or: not needed.")] = "",
    legal: Annotated[str, typer.Option(help="Legal basis or diarienummer, and each participant's role.")] = "",
    participants: Annotated[str, typer.Option(help="Who takes part, and in what role; police only with a written reason.")] = "",
    nominate: Annotated[str, typer.Option(help="Your written reason, for a cluster that does not reach the scoring gate.")] = "",
    minor_check: Annotated[bool, typer.Option("--minor-checked", help="You have read the ads with the question whether a child is advertised: no.")] = False,
    home: HomeOption = None,
) -> None:
    """Record the first person's decision on a cluster. Your password is asked for on the terminal.

    Example: lykta decide k-7f3a approve --alternative "Vänner som delar telefon" --reason "Rundresa och mall" --user anna
    """
    from cli.desk import ask_password, decide_as

    assessment = {
        "channel": channel,
        "person_safety": person_safety,
        "team_safety": team_safety,
        "interpreter": interpreter,
        "legal": legal,
        "participants": participants,
        "nomination": nominate,
        "minor_check": minor_check,
    }
    place = home_of(home)
    decide_as(place, user, ask_password(user), cluster, decision, alternative=alternative, reason=reason, assessment=assessment, at=now())
    say(
        f"{cluster}: {decision}, recorded for {user}. A second person decides with: lykta approve {cluster}"
        if decision == "approve"
        else f"{cluster}: {decision}, recorded."
    )


def approve(cluster: str, user: Annotated[str, typer.Option(help="Your account.")] = "", home: HomeOption = None) -> None:
    """Record the second person's approval; the one who decided is refused by the database.

    Example: lykta approve k-7f3a --user bertil
    """
    from cli.desk import approve_as, ask_password

    approve_as(home_of(home), user, ask_password(user), cluster, at=now())
    say(f"{cluster}: approved by {user}.")


def confirm(
    finding: Annotated[str, typer.Argument(help="The finding's id, as `lykta urgent` shows it.")],
    answer: Annotated[str, typer.Argument(help="yes: it is a sign of coercion or need; no: it is not.")],
    user: Annotated[str, typer.Option(help="Your account.")] = "",
    home: HomeOption = None,
) -> None:
    """Record that you have read a possible sign of coercion; it counts in the next night's bands only after a yes.

    Example: lykta confirm 3f2a yes --user anna
    """
    from cli.desk import ask_password, confirm_as

    if answer not in ("yes", "no"):
        raise Failure(Exit.USAGE, f"{answer}: answer yes or no.")
    confirm_as(home_of(home), user, ask_password(user), finding, confirmed=answer == "yes", at=now())
    say(f"{finding}: {answer}, recorded for {user}.")


def outreach_list(
    home: HomeOption = None,
    as_of: AsOfOption = None,
    json_out: JsonOption = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Also write the list to this file, outside the installation.")] = None,
) -> None:
    """Make the outreach list: only what two different people let through and what passes every gate.

    Example: lykta list --csv /media/usb/lista.csv
    """
    from cli.desk import open_desk, refuse_under_data

    place = home_of(home)
    if csv_file is not None:
        refuse_under_data(place, csv_file)
    with open_desk(place, action="list", as_of=moment(as_of)) as desk:
        body = desk.outreach_list()
        rows = body["rows"]
        if csv_file is not None and rows:
            desk.take_out_csv(body, csv_file)
            say(f"List written to {csv_file}. It expires {body['expires']}: delete it then.")
        elif csv_file is not None:
            say(f"Nothing is on the list, so {csv_file} was not written.")
    if json_out:
        print_json(body)
    else:
        print_list(body, made_up=place.kind == "demo")
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def dnc_add(
    contact: Annotated[str, typer.Option(help="The contact as a number, address or handle: asked for without echo when not given.")] = "",
    kind: Annotated[str, typer.Option(help="phone, email, telegram, ...")] = "phone",
    reason: Annotated[str, typer.Option(help="Who said so, and how it was checked.")] = "",
    home: HomeOption = None,
) -> None:
    """Mark that a person does not want contact. The mark beats every band, and holds the pseudonym alone.

    Example: lykta dnc add --kind phone --reason "sagt vid besök"
    """
    from cli.desk import add_do_not_contact

    if not contact:
        if not sys.stdin.isatty():
            raise Failure(Exit.USAGE, "No contact given, and no terminal to ask on. Use --contact.")
        contact = typer.prompt("Contact", hide_input=True)
    reference = add_do_not_contact(home_of(home), kind=kind, value=contact, reason=reason, at=now())
    say(f"Recorded as {reference}. No list will hold it.")


def users_add(
    name: str,
    role: Annotated[str, typer.Option(help="coordinator, approver, outreach, safeguarding, analyst, dpo, auditor or admin.")] = "coordinator",
    organisation: Annotated[str, typer.Option(help="The user's organisation.")] = "",
    note_signed: Annotated[bool, typer.Option("--note-signed", help="The confidentiality note is signed and kept on paper.")] = False,
    home: HomeOption = None,
) -> None:
    """Make an account. The new colleague types a password on this terminal.

    Example: lykta users add anna --role coordinator --note-signed
    """
    from cli.desk import add_user, ask_password

    add_user(home_of(home), name=name, role=role, organisation=organisation, password=ask_password(name), note_signed=note_signed, at=now())
    say(f"{name}: account made." if note_signed else f"{name}: account made, not active until the confidentiality note is recorded.")


def audit_verify(home: HomeOption = None) -> None:
    """Check the audit chain and name the first broken row.

    Example: lykta audit verify
    """
    from cli.desk import verify_audit

    broken = verify_audit(home_of(home))
    if broken is not None:
        raise Failure(Exit.INTEGRITY, f"The audit chain is broken at row {broken}: it was changed or removed outside Lykta.")
    say("The audit chain is whole.")
