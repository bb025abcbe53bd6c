"""Commands for the morning: can last night be trusted, and a person's word where it does not look so."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from cli.common import HomeOption, JsonOption, home_of, now
from cli.terminal import WIDTH, print_json, print_lines, print_table, say
from pipeline.failure import Exit, Failure
from pipeline.health.lines import SiteLine
from pipeline.home import Home

WIDE = 110  # columns from which on a table has room for charts and sentences side by side
MARKS = "· not read, × not to be trusted"


def add_health(app: typer.Typer, sites: typer.Typer) -> None:
    """Add these commands to the command line and to those about sites."""
    app.command()(health)
    sites.command("accept")(sites_accept)


def health(
    home: HomeOption = None,
    json_out: JsonOption = False,
    prometheus_out: Annotated[bool, typer.Option("--prometheus", help="Print Prometheus' text exposition, as for node_exporter's textfile folder.")] = False,
) -> None:
    """Tell in one line a site whether last night can be trusted, and what to do where it cannot.

    Example: lykta health
    """
    from pipeline.health import exports
    from pipeline.health.lines import site_lines, verdict
    from pipeline.health.published import runs
    from pipeline.publish import open_snapshot
    from pipeline.settings import read_settings

    place = home_of(home)
    sites = [site.site for site in read_settings(place).sites]
    snapshot, run, as_of = open_snapshot(place, "review")
    try:
        found = runs(snapshot)
    finally:
        snapshot.close()
    lines = site_lines(found, sites, as_of=_seen_from(place.kind, as_of))
    if json_out:
        print_json({"run": run, "as_of": as_of.isoformat() + "Z", "verdict": verdict(lines, "en"), "sites": exports.rows(lines)})
    elif prometheus_out:
        print(exports.prometheus(lines, as_of=as_of), end="")
    else:
        _show(lines, verdict(lines, "en"), f"Sites, as night {run} left them", width=shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH)
    raise typer.Exit(int(Exit.NOTHING if not lines else Exit.DONE if all(line.trusted for line in lines) else Exit.PARTLY))


def _seen_from(kind: str, as_of: datetime) -> datetime:
    """Return the moment that last night is counted from: now, or where everything is made up the moment of the snapshot."""
    return max(now(), as_of) if kind == "live" else as_of


def _show(lines: Sequence[SiteLine], trust: str, title: str, *, width: int) -> None:
    """Print a table, or in a narrow terminal a block a site, so that charts and commands stay whole."""
    if width < WIDE:
        print_lines([*textwrap.wrap(trust, width), "", f"{title}. {MARKS}", *(row for line in lines for row in _block(line, width))])
        return
    print_lines([trust])
    rows = [[line.site, line.nights, _ads(line), "\n".join(filter(None, (line.state["en"], line.todo["en"])))] for line in lines]
    print_table(title, ["Site", f"30 nights ({MARKS})", "Ads", "State, and what to do"], rows)


def _block(line: SiteLine, width: int) -> list[str]:
    """Return one site as lines: its name and nights, what is the matter, what to do; paths are not cut, and a command to type begins a line."""
    texts = [line.state["en"], *line.todo["en"].replace(": lykta ", ":\nlykta ").split("\n")]
    told = [part for text in texts for part in textwrap.wrap(text, width - 2, break_long_words=False, break_on_hyphens=False)]
    return ["", f"{line.site}  {line.nights}  {_ads(line)}".rstrip(), *(f"  {part}" for part in told)]


def _ads(line: SiteLine) -> str:
    return f"{line.last.listed:,}" if line.last else ""


def sites_accept(
    site: Annotated[str, typer.Argument(help="The site's name.")],
    run: Annotated[str, typer.Argument(help="The run, as lykta health names it.")],
    because: Annotated[str, typer.Option(help="Why it is right although it is unlike the site's history; kept with the run.")] = "",
    home: HomeOption = None,
) -> None:
    """Let a run count that was held because it is unlike its site; the next night takes its ads in.

    Example: lykta sites accept exempel 20261123T020000 --because "the site took away its old section"
    """
    if not because.strip():
        raise Failure(Exit.USAGE, "Say why with --because: it is kept with the run and in the audit.")
    accepted = accept_run(home_of(home), site, run, because=because.strip(), at=now())
    if not accepted:
        say(f"{site} {run}: counts already. Nothing was changed.")
        raise typer.Exit(int(Exit.NOTHING))
    say(f"{site} {run}: accepted. Its ads come in with the next night, or now with: lykta night --no-crawl")


def accept_run(place: Home, site: str, run: str, *, because: str, at: datetime) -> bool:
    """Accept a held run, with a line in the audit; False when it counted already."""
    from cli.desk import open_book
    from cli.roles import admitted
    from pipeline import ingest
    from pipeline.night import night_lock
    from pipeline.settings import read_settings
    from pipeline.store import open_store

    machine = read_settings(place).general.machine
    with open_book(place) as book:
        who = admitted(place, book, "sites accept", at)
        with night_lock(place, who=f"lykta sites accept by {who}", now=at):
            con = open_store(place.store, key=place.key("store"), spill=place.spill, memory_limit=machine.memory_limit, threads=machine.threads)
            try:
                done = ingest.accept(con, place.landing, site, run, who=who, because=because, now=at)
            finally:
                con.close()
        if done is not None:
            book.audit(who=who, action="accepted a run", subject=f"{site} {run}", now=at)
    return done is not None
