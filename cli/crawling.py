"""Start the crawler for an installation: which sites, into which landing files, with which browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler import run as crawler_run
from crawler.order import CrawlReport
from crawler.records.duckdb_file import attach, connect
from crawler.records.landing import is_unfinished
from crawler.records.site import SiteConfig
from crawler.revisit import Known
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.known_ads import known_ads
from pipeline.photos import HashRow, Wanted
from pipeline.settings import Settings, missing_legal_basis

Say = Callable[[str], None]
GO_ON_H = 20  # hours for which an unfinished crawl is gone on with; an older one is ingested as it is and the site read anew


def find_chromium() -> str | None:
    """Return the path of a Chromium: Debian's, or the one that Playwright downloaded; None when there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    downloaded = sorted((Path.home() / ".cache" / "ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    return str(downloaded[-1]) if downloaded else None


def refuse_without_ground(home: Home, settings: Settings, sites: Sequence[SiteConfig], at: datetime) -> None:
    """Refuse a crawl without a legal basis, past its review date, or of a site without a legal note (exit 7)."""
    lacks = missing_legal_basis(settings.general, at.date())
    lacks += [f"config/sites/{site.site}.toml: legal_note is empty; write on what ground this site is read" for site in sites if not site.legal_note]
    if home.kind != "live":
        lacks += [f"config/sites/{site.site}.toml: a {home.kind} installation crawls made-up towns only" for site in sites if not site.simulator]
    if lacks:
        raise Failure(Exit.POLICY, "Nothing was fetched: the legal basis is not whole.", *lacks)


def crawl_sites(
    home: Home, settings: Settings, *, only: Sequence[str] | None, started_at: datetime, say: Say, counts: crawler_run.Counts | None = None
) -> list[CrawlReport]:
    """Crawl the sites side by side, each into its own landing file; an unfinished file of the same site is gone on with.

    Raises:
        Failure: an unknown site (2), no site at all (8), no legal basis (7).
    """
    known = {site.site: site for site in settings.sites}
    unknown = [name for name in only or () if name not in known]
    if unknown:
        raise Failure(Exit.USAGE, f"No config/sites/{unknown[0]}.toml. Sites: {', '.join(known) or 'none yet'}.")
    sites = [site for name, site in known.items() if not only or name in only]
    if not sites:
        raise Failure(Exit.MISSING, "config/sites holds no site, so there is nothing to crawl. See docs/SITES.md, or use --no-crawl.")
    refuse_without_ground(home, settings, sites, started_at)
    history = known_ads(home, settings.general.machine)
    jobs = [_job(home, site, history.get(site.site, {}), started_at) for site in sites]
    return crawler_run.crawl_all(
        jobs,
        key=home.key("landing"),
        started_at=started_at,
        chromium=find_chromium(),
        log_folder=home.log,
        on_progress=say,
        user_agent=settings.general.crawl.user_agent,
        on_counts=counts,
    )


def _job(home: Home, site: SiteConfig, history: Mapping[str, Mapping[str, Any]], started_at: datetime) -> crawler_run.Job:
    known = {url: Known(**row) for url, row in history.items()}
    return crawler_run.Job(site=site, landing=landing_file(home, site.site, started_at), known=known)


def landing_file(home: Home, site: str, started_at: datetime) -> Path:
    """Return the landing file of a run: the site's unfinished one of the last day when there is one, else a new name."""
    earlier = sorted(home.landing.glob(f"{site}-????????T??????-crawl.duckdb"), reverse=True)
    oldest = started_at - timedelta(hours=GO_ON_H)
    for path in earlier:
        if path.name >= f"{site}-{oldest:%Y%m%dT%H%M%S}-crawl.duckdb" and is_unfinished(path, key=home.key("landing")):
            return path
    return home.landing / f"{site}-{started_at:%Y%m%dT%H%M%S}-crawl.duckdb"


def photo_fetcher(home: Home, settings: Settings, *, started_at: datetime, say: Say) -> Callable[[Wanted], list[HashRow]]:
    """Return what the photos stage calls for the second pass: fetch, hash in a child, and give back rows of hashes."""
    known = {site.site: site for site in settings.sites}

    def fetch(wanted: Wanted) -> list[HashRow]:
        rows: list[HashRow] = []
        for name, pictures in wanted.items():
            path = home.data / f"pictures-{name}.duckdb"
            path.unlink(missing_ok=True)
            report = crawler_run.fetch_photos(
                known[name], pictures, landing=path, key=home.key("landing"), started_at=started_at, log=home.log / f"{name}.log",
                user_agent=settings.general.crawl.user_agent, on_progress=say,
            )  # fmt: skip
            if report.failed:
                say(f"{name}: pictures not all read: {report.failed}")
            rows += _hash_rows(path, home.key("landing"))
            path.unlink(missing_ok=True)
        return rows

    return fetch


def _hash_rows(path: Path, key: str) -> list[HashRow]:
    if not path.exists():
        return []
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, path, name="landing", key=key, read_only=True)
        seen = con.execute("SELECT site, url, image, seen_at, hashes, unreadable FROM landing.image_seen ORDER BY site, url, image").fetchall()
    finally:
        con.close()
    rows: list[HashRow] = []
    for site, url, image, seen_at, hashes, unreadable in seen:
        whole = next((item for item in hashes or [] if item["kind"] == "whole"), None)
        parts = [item for item in hashes or [] if item["kind"] != "whole"]
        rows.append((site, url, image, seen_at, whole["hash"] if whole else None, whole["quality"] if whole else None, unreadable or "", parts))
    return rows
