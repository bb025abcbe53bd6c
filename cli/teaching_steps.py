"""Teach a site to an installation, keep pages of it, and check it: settings and files on one side, the crawler's looks on the other."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import re2

from cli.crawling import find_chromium, refuse_without_ground
from crawler import site_check
from crawler.gate import Gate
from crawler.parse import ad_address, fetched
from crawler.records.duckdb_file import attach, connect
from crawler.records.site import SiteConfig
from crawler.records.site_faults import faults
from crawler.teach import look
from crawler.teach.propose import NothingToTeachError, Proposal, is_loopback, propose, provisional, table_of_fields
from crawler.teach.saved import SavedPage, as_fiction, folder_of, saved_pages, write_saved
from crawler.teach.write import toml_of
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.reading.gazetteer import names
from pipeline.settings import Settings, missing_legal_basis, read_settings, site_from

NAME = re2.compile(r"[a-z0-9][a-z0-9-]{0,39}")
WEEK = """
SELECT count(*),
  avg((v.title <> '')::INT), avg((v.body <> '')::INT), avg((v.posted_at <> '')::INT), avg((v.name <> '')::INT), avg((v.age <> '')::INT),
  avg((v.city <> '')::INT), avg((v.address <> '')::INT), avg((v.venue <> '')::INT), avg((v.price <> '')::INT), avg((len(v.phones) > 0)::INT),
  avg((len(v.emails) > 0)::INT), avg((len(v.handles) > 0)::INT), avg((len(v.payment) > 0)::INT), avg((v.account <> '')::INT),
  avg((len(v.comments) > 0)::INT), avg((len(v.images) > 0)::INT)
FROM (SELECT DISTINCT version_id FROM store.sighting WHERE seen_at > $at - INTERVAL 7 DAY) AS s
JOIN store.ad_version AS v USING (version_id) JOIN store.ad AS a USING (ad_id) WHERE a.site = $site
"""
WEEK_FIELDS = (
    "title", "body", "posted_at", "name", "age", "city", "address", "venue", "price", "phones", "emails", "handles", "payment", "account", "comments", "images",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What `sites new` wrote: the config's path, its fields as they came out, names of saved pages, sentences for a person."""

    site: str
    file: str
    fields: list[dict[str, str]]
    saved: list[str]
    notes: list[str]


def teach(home: Home, url: str, *, name: str, browser: bool, example: str, at: datetime) -> Taught:
    """Look at a site and write its config and saved pages; nothing is written unless both are whole.

    Raises:
        Failure: the name or address cannot be used (2), the site is known (7), there is no ground (7), no browser (8), or no ads were understood (3).
    """
    name = name or name_from(url)
    file, folder = home.config / "sites" / f"{name}.toml", folder_of(home.config / "sites", name)
    _refuse_to_teach(url, name, file, folder)
    settings = read_settings(home)
    _refuse_without_basis(home, settings, url, at)
    site = provisional(name, url, browser=browser)
    chromium = find_chromium()
    if browser and chromium is None:
        raise Failure(Exit.MISSING, "No browser. Install Chromium (Debian: apt-get install chromium) and try again.")
    found = look.explore(
        site, url, example=example, chromium=chromium, at=at, user_agent=settings.general.crawl.user_agent, log=home.log / f"{name}.log"
    )  # fmt: skip
    try:
        proposal = propose(found, site, example=example, places=frozenset(" ".join(words) for words in names()))
    except NothingToTeachError as nothing:
        raise Failure(Exit.PARTLY, f"{url}: {nothing}.", "Nothing was written.") from nothing
    return _written(proposal, file, folder, at)


def name_from(url: str) -> str:
    """Return a site's name from its address: the last word of its host before the ending; '' for an address in digits."""
    host = urlsplit(url).hostname or ""
    words = host.removeprefix("www.").split(".")
    return "" if is_loopback(url) or len(words) < 2 or words[-1].isdigit() else words[-2]


def _refuse_to_teach(url: str, name: str, file: Path, folder: Path) -> None:
    if not NAME.fullmatch(name):
        raise Failure(Exit.USAGE, f"--site {name or '(none)'}: name the site with small letters, digits and hyphens, such as --site exempel.")
    if why := Gate(provisional(name, url, browser=False)).why_not(url):
        raise Failure(Exit.USAGE, f"{url}: {why}. Write the whole address, beginning with https://.")
    for path in (file, folder):
        if path.exists():
            raise Failure(Exit.POLICY, f"{path} exists, and nothing is overwritten. Move it away, or choose another --site.")


def _refuse_without_basis(home: Home, settings: Settings, url: str, at: datetime) -> None:
    lacks = missing_legal_basis(settings.general, at.date())
    if home.kind != "live" and not is_loopback(url):
        lacks.append(f"a {home.kind} installation looks at made-up sites on this machine only")
    if lacks:
        raise Failure(Exit.POLICY, "Nothing was fetched: the legal basis is not whole.", *lacks)


def _written(proposal: Proposal, file: Path, folder: Path, at: datetime) -> Taught:
    site = proposal.site
    text = toml_of(site, remarks=[f"Proposed {at:%Y-%m-%d} from {len(proposal.lists)} lists and {len(proposal.ads)} ads. Look through it before it is used."])
    mistakes: list[str] = []
    reread = site_from(tomllib.loads(text), where=file.name, faults=mistakes)
    if reread is None or mistakes or (mistakes := faults(reread)):
        raise Failure(Exit.OUR_FAULT, f"The config that was proposed for {site.site} does not hold. Nothing was written.", *mistakes)
    pages = [*(("list", page) for page in proposal.lists if site.start), *(("ad", page) for page in proposal.ads)]
    kept, refused = as_fiction(site, pages)
    write_saved(folder, kept)
    with file.open("x", encoding="utf-8") as out:
        out.write(text)
    notes = [*proposal.notes, *(f"A page was not saved: {why}." for why in refused)]
    return Taught(site=site.site, file=str(file), fields=table_of_fields(proposal), saved=[page.name for page in kept], notes=notes)


def save(home: Home, name: str, url: str, *, at: datetime) -> SavedPage:
    """Fetch one page of a site and keep its fiction as a test.

    Raises:
        Failure: an unknown site (2), no ground (7), the page was not given (3), or it cannot be kept (7).
    """
    settings = read_settings(home)
    site = _site(settings, name)
    refuse_without_ground(home, settings, [site], at)
    kind = "ad" if ad_address(fetched(url, site), site) else "list"
    found = look.fetch_one(
        site, fetched(url, site), kind, chromium=find_chromium(), at=at, user_agent=settings.general.crawl.user_agent, log=home.log / f"{name}.log"
    )  # fmt: skip
    if found.failed or not found.pages or found.pages[0].why:
        why = found.failed or (found.pages[0].why if found.pages else "it was not asked for")
        raise Failure(Exit.PARTLY, f"{url}: {why}. Nothing was saved.")
    folder = folder_of(home.config / "sites", name)
    kept, refused = as_fiction(site, [(kind, found.pages[0].page)], before=saved_pages(folder))
    if refused:
        raise Failure(Exit.POLICY, f"{url}: {refused[0]}. Nothing was saved.")
    write_saved(folder, kept)
    return kept[0]


def _site(settings: Settings, name: str) -> SiteConfig:
    site = next((site for site in settings.sites if site.site == name), None)
    if site is None:
        raise Failure(Exit.USAGE, f"No config/sites/{name}.toml. Make one with: lykta sites new URL --site {name}")
    return site


def check_site(home: Home, name: str, *, fetch: bool, at: datetime) -> list[site_check.Row]:
    """Tell field by field what a site gives: now, from saved pages, last week."""
    settings = read_settings(home)
    site = _site(settings, name)
    found = None
    if fetch:
        refuse_without_ground(home, settings, [site], at)
        found = look.follow(
            site, ads=site_check.ADS, chromium=find_chromium(), at=at, user_agent=settings.general.crawl.user_agent, log=home.log / f"{name}.log"
        )  # fmt: skip
    saved = saved_pages(folder_of(home.config / "sites", name))
    return site_check.check(site, found=found, saved=saved, week=rates_of_week(home, name, at=at))


def rates_of_week(home: Home, site: str, *, at: datetime) -> dict[str, float]:
    """Return the share of a site's ads seen in the last seven days that had each field, 0-1; empty without a store that can be read."""
    if not home.store.exists():
        return {}
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        row = con.execute(WEEK, {"site": site, "at": at}).fetchall()[0]
    except duckdb.Error:  # a night writes it, or it is not there yet; the rest of the table stands without
        return {}
    finally:
        con.close()
    return dict(zip(WEEK_FIELDS, row[1:], strict=True)) if row[0] else {}
