"""`make demo-real`: a classifieds application that nobody here wrote, filled with made-up ads, crawled by its config file alone."""

from __future__ import annotations

import concurrent.futures
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.common import now
from cli.crawling import find_chromium
from cli.terminal import print_lines, print_table, say
from crawler.order import CrawlReport
from crawler.records.duckdb_file import attach, connect
from crawler.run import Job, crawl_all, fetch_photos
from crawler.site_check import masked_value
from tests.real_site.content import Notice, notices
from tests.real_site.running import CHECKOUT, CONFIG, config_for, page, real_site

FOLDER = CHECKOUT / "data" / "demo-real"
ADS, PIXELS = 300, 480
AGENT = "Lykta/0.1 (demonstration on loopback)"
FIELDS = ("title", "body", "price", "phones", "city", "images")


def main() -> int:
    """Set the site up anew, crawl it, and print what came of it. Returns 0, or 3 when something was not read."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    key = _new_key(FOLDER / "landing.key")
    made = notices(ADS)
    say(f"Setting up django-classified with {ADS} made-up ads in {FOLDER} ...")
    with real_site(FOLDER, count=ADS, pixels=PIXELS) as base:
        say(f"It runs at {base}. Drawing its thumbnails once, so that the crawl is not timed by them ...")
        _warm(base, made)
        site = config_for(base, FOLDER)
        landing = FOLDER / "anslagstavlan-crawl.duckdb"
        (report,) = crawl_all(
            [Job(site=site, landing=landing)], key=key, started_at=now(), chromium=find_chromium(), log_folder=FOLDER, on_progress=say, user_agent=AGENT
        )  # fmt: skip
        ads = _read(landing, key, "SELECT url, title, body, price, phones, city, images FROM landing.ad_seen ORDER BY url")
        pictures = [(ad["url"], image) for ad in ads for image in ad["images"]]
        hashed = FOLDER / "anslagstavlan-pictures.duckdb"
        seen = fetch_photos(site, pictures, landing=hashed, key=key, started_at=now(), log=FOLDER / "pictures.log", user_agent=AGENT, on_progress=say)
    _show(ads, made, report)
    print_lines(_where(landing, hashed, seen))
    return 0 if report.complete and not seen.failed else 3


def _new_key(path: Path) -> str:
    key = secrets.token_hex(32)
    path.touch(mode=0o600)
    path.write_text(key, "ascii")
    return key


def _warm(base: str, made: Sequence[Notice]) -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(page, [f"{base}/{notice.number}-annons/" for notice in made]))


def _read(landing: Path, key: str, question: str) -> list[dict[str, Any]]:
    con = connect(memory_limit="256MB", threads=1)
    try:
        attach(con, landing, name="landing", key=key, read_only=True)
        found = con.execute(question)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        con.close()


def _show(ads: Sequence[dict[str, Any]], made: Sequence[Notice], report: CrawlReport) -> None:
    wanted = {
        "title": len(made),
        "body": len(made),
        "price": len(made),
        "phones": sum(bool(notice.phone) for notice in made),
        "city": sum(bool(notice.place) for notice in made),
        "images": sum(bool(notice.pictures) for notice in made),
    }
    rows = []
    for name in FIELDS:
        full = [ad[name] for ad in ads if ad[name]]
        first = full[0] if full else ""
        rows.append([name, str(len(full)), str(wanted[name]), masked_value(" | ".join(first) if isinstance(first, list) else str(first))])
    print_table(f"anslagstavlan (påhittat): {len(ads)} ads of {len(made)}, {report.pages} pages", ["Field", "Found in", "The site has", "First value"], rows)


def _where(landing: Path, hashed: Path, seen: CrawlReport) -> list[str]:
    return [
        f"Pictures: {seen.ads} fetched into memory, hashed and dropped; {seen.rejected} could not be.",
        "Where things are:",
        f"  config         {os.path.relpath(CONFIG, CHECKOUT)}, all that the crawler knows of this site",
        f"  landed ads     {landing} (encrypted)",
        f"  hashes         {hashed} (encrypted)",
        f"  key            {FOLDER / 'landing.key'} (mode 0600)",
        f"  log            {FOLDER / 'anslagstavlan.log'}",
        f"  the site's own {FOLDER / 'site.sqlite3'}, {FOLDER / 'media'}",
        "Again: make demo-real",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
