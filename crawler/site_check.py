"""Look at a site as its config reads it now: one list page and two ads, shown field by field, nothing kept."""

from __future__ import annotations

import secrets
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import re2

from crawler.order import CrawlReport
from crawler.records.duckdb_file import attach, connect
from crawler.records.site import SiteConfig
from crawler.run import Job, crawl_all

ADS = 2
SHOWN_MAX = 80  # characters of a value
_DIGITS = re2.compile(r"\d(?:[ .()\-/]{0,2}\d){5,}")  # six digits and more: a phone, not a price


def check_now(site: SiteConfig, *, chromium: str | None, at: datetime, user_agent: str) -> list[dict[str, str]]:
    """Fetch a list page and two ads, and tell what each field of the config gives.

    Returns:
        Rows with `field`, `found` ("2 of 2 ads") and `value` (the first value, long numbers masked to three digits). A page that could not
        be read, and a run that failed, are rows of their own. What was fetched lies in a folder that is gone afterwards, encrypted with a
        key that nobody keeps.
    """
    key = secrets.token_hex(32)
    with tempfile.TemporaryDirectory(prefix="lykta-check-") as folder:
        landing = Path(folder) / "check.duckdb"
        reports = crawl_all(
            [Job(site=site, landing=landing, ads_max=ADS)], key=key, started_at=at, chromium=chromium, log_folder=Path(folder),
            on_progress=lambda line: None, user_agent=user_agent,
        )  # fmt: skip
        ads, refused = _landed(landing, key)
    return _rows(site, ads, refused, reports[0])


def _landed(path: Path, key: str) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the ads by field and the refusals as (address, reason); nothing when there is no file."""
    if not path.exists():
        return [], []
    con = connect(memory_limit="128MB", threads=1)
    try:
        attach(con, path, name="landing", key=key, read_only=True)
        seen = con.execute("SELECT * FROM landing.ad_seen ORDER BY seen_at, url")
        names = [column[0] for column in seen.description]
        ads = [dict(zip(names, row, strict=True)) for row in seen.fetchall()]
        return ads, con.execute("SELECT url, reason FROM landing.rejected ORDER BY url").fetchall()
    finally:
        con.close()


def _rows(site: SiteConfig, ads: list[dict[str, Any]], refused: list[tuple[str, str]], report: CrawlReport) -> list[dict[str, str]]:
    rows = [{"field": rule.name, **_found(rule.name, ads)} for rule in site.fields]
    rows += [{"field": "(page)", "found": "not understood", "value": f"{url}: {reason}"} for url, reason in refused]
    if report.failed:
        rows.append({"field": "(site)", "found": "failed", "value": report.failed})
    return rows


def _found(name: str, ads: list[dict[str, Any]]) -> dict[str, str]:
    values = [ad[name] for ad in ads]
    full = [value for value in values if value]
    return {"found": f"{len(full)} of {len(ads)} ads", "value": masked_value(_as_text(full[0])) if full else ""}


def _as_text(value: Any) -> str:
    """Return a field's value as one line; a handle is an account on a service."""
    if isinstance(value, list):
        return " | ".join(f"{item['kind']}: {item['value']}" if isinstance(item, dict) else str(item) for item in value)
    return str(value)


def masked_value(text: str) -> str:
    """Return the head of a value on one line, every number of six digits and more masked to its last three."""
    line = " ".join(text.split())
    cut = line if len(line) <= SHOWN_MAX else line[:SHOWN_MAX] + "…"
    return str(_DIGITS.sub(lambda found: "•••" + "".join(digit for digit in found.group(0) if digit.isdigit())[-3:], cut))
