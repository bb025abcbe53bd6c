"""Is everything in order: the night, the sites, what was not understood, backups, disk."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import Any

from pipeline.health.exports import prometheus
from pipeline.health.lines import FRESH, SiteLine, site_lines, verdict
from pipeline.health.published import runs
from pipeline.keeping.backup import folder_of
from review.visit import Answer, Sent, Shown, Visit

DISK_MIN_GB = 2.0
BACKUP_MAX_HOURS = 26.0


def health(visit: Visit) -> Answer:
    """Show one line for each thing that must be in order, and the sites of the last runs."""
    visit.audit("read the health page")
    snapshot = visit.place.snapshot()
    lines = _lines(visit)
    rejected = snapshot.read(lambda con: con.execute("SELECT site, reason, pages, last_seen FROM rejected ORDER BY pages DESC LIMIT 20").fetchall())
    values = {"checks": _checks(visit), "lines": lines, "verdict": verdict(lines, visit.language), "rejected": rejected, "run": snapshot.run}
    return Shown(template="health.html", values=values)


def metrics(visit: Visit) -> Answer:
    """Give the same lines as Prometheus' text exposition."""
    visit.audit("read the health figures")
    text = prometheus(_lines(visit), as_of=visit.place.as_of())
    return Sent(body=text.encode("utf-8"), kind="text/plain; version=0.0.4; charset=utf-8")


def _lines(visit: Visit) -> list[SiteLine]:
    """Return a line a site that is to be read, as last night left it."""
    snapshot = visit.place.snapshot()
    return site_lines(snapshot.read(runs), [site.site for site in visit.place.settings.sites], as_of=visit.place.as_of())


def _checks(visit: Visit) -> list[dict[str, Any]]:
    place = visit.place
    since = place.now() - place.snapshot().as_of
    free = shutil.disk_usage(place.home.root).free / 1e9
    backups = sorted((path.stat().st_mtime for path in folder_of(place.home).glob("*")), reverse=True)
    age = (place.now().replace(tzinfo=UTC) - datetime.fromtimestamp(backups[0], UTC)).total_seconds() / 3600 if backups else None
    keys = all(path.stat().st_mode & 0o077 == 0 for path in place.home.keys.glob("*.key"))
    return [
        {"name": "night", "good": since <= FRESH, "value": round(since.total_seconds() / 3600)},
        {"name": "disk", "good": free >= DISK_MIN_GB, "value": round(free, 1)},
        {
            "name": "backup" if age is not None else "no_backup",
            "good": age is not None and age <= BACKUP_MAX_HOURS,
            "value": round(age) if age is not None else 0,
        },
        {"name": "keys", "good": keys, "value": ""},
        _purge(place.snapshot().read(lambda con: con.execute("SELECT overdue, withheld FROM purged").fetchone())),
    ]


def _purge(row: tuple[int, str] | None) -> dict[str, Any]:
    """Return the purge debt: what is kept longer than it may be."""
    if row is None or row[1]:
        return {"name": "purge_waits", "good": False, "value": ""}
    return {"name": "purge", "good": row[0] == 0, "value": row[0]}
