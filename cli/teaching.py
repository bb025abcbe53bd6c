"""Commands that teach a site and tell whether it still reads as it did: sites new, sites save, sites check."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from cli.common import HomeOption, JsonOption, home_of, local_user, now
from cli.terminal import print_json, print_table, say, working
from pipeline.failure import Exit

SiteArgument = Annotated[str, typer.Argument(help="The site's name.")]


def add_teaching(sites: typer.Typer) -> None:
    """Add these commands to those about sites."""
    sites.command("new")(sites_new)
    sites.command("save")(sites_save)
    sites.command("check")(sites_check)


def sites_new(
    url: Annotated[str, typer.Argument(help="A page that lists ads, or leads to such lists.")],
    site: Annotated[str, typer.Option(help="A short name for the site; otherwise from its address.")] = "",
    browser: Annotated[bool, typer.Option("--browser", help="Read its pages in a browser, for a site that shows nothing without JavaScript.")] = False,
    ad: Annotated[str, typer.Option(help="The address of one ad, where the list's links alone do not tell.")] = "",
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Look at two list pages and five ads of a site, and write a config and saved pages for it.

    Example: lykta sites new https://exempel.example/annonser --site exempel
    """
    from cli.teaching_steps import teach
    from pipeline.night import night_lock

    place, at = home_of(home), now()
    with night_lock(place, who=f"lykta sites new by {local_user()}", now=at), working("looking at a dozen pages, one at a time ..."):
        taught = teach(place, url, name=site, browser=browser, example=ad, at=at)
    if json_out:
        print_json({"site": taught.site, "file": taught.file, "fields": taught.fields, "saved": taught.saved, "notes": taught.notes})
    else:
        rows = [[row["field"], row["how"], row["found"], row["value"]] for row in taught.fields]
        print_table(f"{taught.site}: what each field came out as", ["Field", "Read by", "Found in", "First value"], rows)
    say(*taught.notes, f"Written: {taught.file} and {len(taught.saved)} saved pages, whose every word is invented.")
    say(f"Next: write legal_note in that file (nothing is crawled without), then: lykta sites check {taught.site} && lykta crawl {taught.site}")


def sites_save(
    site: SiteArgument,
    url: Annotated[str, typer.Argument(help="The page's address.")],
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Keep one more page of a site as a test, every word of it rewritten to fiction.

    Example: lykta sites save exempel https://exempel.example/annons/17
    """
    from cli.teaching_steps import save
    from pipeline.night import night_lock

    place, at = home_of(home), now()
    with night_lock(place, who=f"lykta sites save by {local_user()}", now=at):  # a crawl of the same site at the same time would be twice as fast as it may
        kept = save(place, site, url, at=at)
    if json_out:
        print_json({"site": site, "saved": kept.name, "kind": kept.kind, "expected": kept.expected})
    else:
        rows = [[name, str(value)] for name, value in kept.expected.items()]
        print_table(f"{site}: {kept.name}, as it will be expected to read (invented)", ["Field", "Value"], rows)


def sites_check(
    site: SiteArgument,
    saved: Annotated[bool, typer.Option("--saved", help="Only the saved pages; nothing is fetched.")] = False,
    home: HomeOption = None,
    json_out: JsonOption = False,
) -> None:
    """Show field by field what a site gives now, from its saved pages and last week; a dead field is named with what would find it.

    Example: lykta sites check exempel
    """
    from cli.teaching_steps import check_site
    from pipeline.night import night_lock

    place, at = home_of(home), now()
    with nullcontext() if saved else night_lock(place, who=f"lykta sites check by {local_user()}", now=at):
        rows = check_site(place, site, fetch=not saved, at=at)
    if json_out:
        print_json({"site": site, "fields": rows})
    else:
        cells = [[row["field"], row["found"], row["value"], row["saved"], row["week"], row["advice"]] for row in rows]
        print_table(f"{site}: what each field gives", ["Field", "Now", "First value", "Saved pages", "Last week", "What to do"], cells)
    raise typer.Exit(int(Exit.PARTLY if any(row["advice"] or row["field"] == "(site)" for row in rows) else Exit.DONE))
