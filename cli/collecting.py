"""Commands that make an installation and bring ads in: init, simulate, crawl, import, night, sites, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.common import AsOfOption, HomeOption, JsonOption, home_of, local_user, moment, now
from cli.health import add_health
from cli.teaching import add_teaching
from cli.terminal import print_json, print_table, say, working
from pipeline.failure import Exit, Failure

sites_app = typer.Typer(help="The sites that are read.", no_args_is_help=True)


def add_collecting(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(init)
    app.command()(simulate)
    app.command()(crawl)
    app.command("import")(import_ads)
    app.command()(night)
    app.command(hidden=True)(demo)
    sites_app.command("list")(sites_list)
    add_teaching(sites_app)
    add_health(app, sites_app)
    app.add_typer(sites_app, name="sites")


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder for the installation.")],
    kind: Annotated[str, typer.Option("--for", help="demo, research or live.")] = "research",
    controller: Annotated[str, typer.Option(help="Who answers for the data.")] = "",
    officer: Annotated[str, typer.Option(help="Who opens ads of possible minors; otherwise the controller.")] = "",
    import_days: Annotated[int, typer.Option(help="Days that imported ads are kept, counted from the import.")] = 365,
    keys_only: Annotated[bool, typer.Option("--keys-only", help="Make the keys that are missing in an installation that exists.")] = False,
) -> None:
    """Make an installation: folders, config, keys.

    Example: lykta init ./helsingborg --for research --controller "Exempelstads kommun"
    """
    from pipeline import setup
    from pipeline.home import create_home, find_home, make_keys

    if keys_only:
        made = make_keys(find_home(folder))
        say(f"Made {len(made)} keys: {', '.join(made)}." if made else "No key was missing.")
        raise typer.Exit(int(Exit.DONE if made else Exit.NOTHING))
    home = create_home(folder, kind=kind)
    setup.write_legal_basis(home, controller=controller, officer=officer or controller, import_days=import_days, today=now().date())
    say(f"{home.root}: ready ({kind}). Keys are in {home.keys}: keep copies elsewhere; without them nothing can be read.")
    say(
        "Next: lykta import FILE.jsonl, then lykta night --no-crawl"
        if kind == "research"
        else "Next: fill in config/lykta.toml and config/sites, then lykta night"
    )


def simulate(
    out: Annotated[Path, typer.Argument(help="Folder for what is made.")],
    seed: Annotated[int, typer.Option(help="1-99 for developing, 100-199 for judging.")] = 1,
    ads: Annotated[int, typer.Option(help="How many ads the town has over all nights.")] = 1000,
    nights: Annotated[int, typer.Option(help="How many nights.")] = 30,
    until: Annotated[str, typer.Option(help="The last night, YYYY-MM-DD.")] = "2026-11-23",
    as_import: Annotated[bool, typer.Option("--import", help="One night as import.jsonl with pictures, instead of landing files.")] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Serve the last night as three sites on loopback until interrupted.")] = False,
    limit: Annotated[int, typer.Option(help="With --serve or --import: at most this many ads.")] = 0,
    without_last: Annotated[bool, typer.Option("--without-last", help="Leave the last night out of the landing files, to crawl it instead.")] = False,
    mode: Annotated[list[str] | None, typer.Option(help="With --serve: SITE=MODE, such as torget=redesigned.")] = None,
    home: HomeOption = None,
) -> None:
    """Make a made-up town with a known truth: landing files for an installation, an import file, or three sites on loopback.

    Example: lykta simulate ./town --seed 7 --ads 500 --import
    """
    from simulator import command

    key = None if as_import or serve else home_of(home).key("landing")
    try:
        command.simulate(
            out,
            seed=seed,
            ads=ads,
            nights=nights,
            until=until,
            as_import=as_import,
            serve=serve,
            limit=limit,
            modes=mode or [],
            key=key,
            say=say,
            without_last=without_last,
        )
    except ValueError as wrong:
        raise Failure(Exit.USAGE, f"{wrong}. Nothing was made.") from wrong


def crawl(
    site: Annotated[list[str] | None, typer.Argument(help="Sites to crawl; all of config/sites without.")] = None,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Fetch tonight's pages of the configured sites into landing files.

    Example: lykta crawl exempel
    """
    from cli.crawling import crawl_sites
    from cli.watching import watching
    from pipeline.night import night_lock
    from pipeline.settings import read_settings

    place = home_of(home)
    settings = read_settings(place)
    at = now()
    with night_lock(place, who=f"lykta crawl by {local_user()}", now=at), watching() as counts:
        reports = crawl_sites(place, settings, only=site, started_at=at, say=say, counts=counts)
    if json_out:
        print_json({"sites": [vars_of(report) for report in reports]})
    raise typer.Exit(int(Exit.PARTLY if any(report.failed for report in reports) else Exit.DONE))


def vars_of(record: object) -> dict[str, object]:
    """Return a slotted record's fields by name."""
    import dataclasses

    return dataclasses.asdict(record)  # type: ignore[call-overload, no-any-return]


def import_ads(
    file: Annotated[Path, typer.Argument(help="JSON Lines, one ad a line.")],
    images: Annotated[Path | None, typer.Option(help="Folder that the lines' pictures are in.")] = None,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Take in ads that somebody else collected; `lykta night --no-crawl` does the rest.

    Example: lykta import partner.jsonl --images partner/pictures
    """
    from cli.bringing import import_into

    with working(f"reading {file.name} ..."):
        report = import_into(home_of(home), file, images=images, at=now())
    say(f"{report.ads} ads taken in, {report.refused} lines refused.", *report.reasons[:20])
    if json_out:
        print_json({"ads": report.ads, "refused": report.refused, "reasons": list(report.reasons)})
    code = Exit.PARTLY if report.refused else Exit.DONE if report.ads else Exit.NOTHING
    raise typer.Exit(int(code))


def night(
    no_crawl: Annotated[bool, typer.Option("--no-crawl", help="Only what was landed already.")] = False,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Run the whole night: crawl, read, match, link, score, publish.

    Example: lykta night --json | jq .stages
    """
    from cli.nightly import run_night

    done = run_night(home_of(home), crawl=not no_crawl, as_of=moment(as_of), at=now(), who=f"lykta night by {local_user()}", say=say)
    if json_out:
        print_json({"run": done.run, "as_of": done.as_of.isoformat() + "Z", "stages": [_without_note(vars_of(report)) for report in done.stages]})
    say(*(f"Failed: {line}" for line in done.failed))
    raise typer.Exit(int(Exit.PARTLY if done.failed else Exit.DONE))


def _without_note(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key != "note"}


def sites_list(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """List the sites that are read, with how and how gently.

    Example: lykta sites list --json
    """
    from pipeline.settings import read_settings

    sites = read_settings(home_of(home)).sites
    rows = [
        {"site": site.site, "fetcher": site.fetcher, "delay_s": site.politeness.delay_s, "photos": site.photos, "legal_note": site.legal_note} for site in sites
    ]
    if json_out:
        print_json({"sites": rows})
    else:
        print_table(
            "Sites",
            ["Site", "Read by", "Seconds between pages", "Pictures", "Legal note"],
            [[str(row["site"]), str(row["fetcher"]), str(row["delay_s"]), "yes" if row["photos"] else "no", str(row["legal_note"])] for row in rows],
        )
    raise typer.Exit(int(Exit.DONE if rows else Exit.NOTHING))


def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo is made.")] = Path("data/demo"),
    ads: Annotated[int, typer.Option(help="Ads in the made-up town.")] = 1500,
) -> None:
    """Run the whole night on the made-up town and show the queue and the list."""
    from cli.demo import run_demo

    raise typer.Exit(int(run_demo(folder.resolve(), ads=ads, at=now())))
