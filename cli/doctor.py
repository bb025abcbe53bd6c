"""Is everything in order, and what to do where it is not."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from cli.common import now
from cli.crawling import find_chromium
from cli.desk import open_book
from cli.roles import ACTIVE
from pipeline.failure import Failure
from pipeline.home import KEYS, Home
from pipeline.keeping.deep import damages
from pipeline.match.text_stage import too_large
from pipeline.publish import open_snapshot
from pipeline.settings import missing_legal_basis, read_settings

FREE_MIN = 2 << 30  # bytes of disk; less and a night could not finish
SNAPSHOT_MAX_DAYS = 2
BACKUP_MAX_DAYS = 1
PINNED = {"duckdb": "1.5.5", "scrapy": "2.19.0", "playwright": "1.65.2"}

Check = Callable[[Home], str]


def checks(home: Home, *, deep: bool = False) -> list[dict[str, object]]:
    """Return a row a check: its name, whether it is in order, and what to do when it is not; `deep` reads every byte too."""
    rows: list[dict[str, object]] = []
    for name, check in (CHECKS | DEEP if deep else CHECKS).items():
        try:
            advice = check(home)
        except Failure as failure:
            advice = " ".join(failure.sentences)
        rows.append({"check": name, "ok": not advice, "advice": advice})
    return rows


def _versions(home: Home) -> str:
    wrong = [f"Python {platform.python_version()} where 3.11 is needed"] if sys.version_info[:2] != (3, 11) else []
    for package, wanted in PINNED.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "none"
        if found != wanted:
            wrong.append(f"{package} {found} where {wanted} is pinned")
    return f"{', '.join(wrong)}. Run: make setup" if wrong else ""


def _keys(home: Home) -> str:
    for name in KEYS:
        home.key(name)
    return ""


def _config(home: Home) -> str:
    read_settings(home)
    return ""


def _legal_basis(home: Home) -> str:
    return " ".join(missing_legal_basis(read_settings(home).general, now().date()))


def _officer(home: Home) -> str:
    officer = read_settings(home).general.safeguarding.officer
    if home.kind != "live" or not officer:
        return ""  # without a name no night runs at all
    with open_book(home) as book:
        row = book.con.execute(ACTIVE, (officer,)).fetchone()
    if row is not None and row[0] == "safeguarding":
        return ""
    return f"config/lykta.toml [safeguarding] names {officer}, who has no active account as safeguarding: nobody opens ads of possible minors."


def _reachable(home: Home) -> str:
    agent = read_settings(home).general.crawl.user_agent
    if home.kind != "live" or "@" in agent or "://" in agent:
        return ""
    return 'Sites cannot reach you. Write an address into config/lykta.toml [crawl] user_agent, such as "Lykta/0.1 (outreach support; lykta@kommun.example)".'


def _disk(home: Home) -> str:
    free = shutil.disk_usage(home.root).free
    return "" if free >= FREE_MIN else f"{free >> 20} MB free under {home.root}; a night needs {FREE_MIN >> 20} MB. Make room."


def _clock(home: Home) -> str:
    snapshot, _, moment = open_snapshot(home, "review")
    snapshot.close()
    return f"The clock says {now():%Y-%m-%d %H:%M} UTC, before the last snapshot ({moment:%Y-%m-%d %H:%M}). Set the clock." if _ahead(moment) else ""


def _ahead(moment: object) -> bool:
    return moment.date() > now().date()  # type: ignore[attr-defined, no-any-return]


def _chromium(home: Home) -> str:
    return "" if find_chromium() else "No Chromium: sites that need a browser are not crawled. Install Debian's package chromium."


def _snapshot(home: Home) -> str:
    snapshot, run, moment = open_snapshot(home, "review")
    snapshot.close()
    days = (now() - moment).days
    if home.kind != "live" or days <= SNAPSHOT_MAX_DAYS:
        return ""
    return f"The published snapshot {run} is {days} days old. Look in {home.log} for why, then run: lykta night"


def _audit(home: Home) -> str:
    with open_book(home) as book:
        broken = book.first_broken_row()
    return f"The audit chain is broken at row {broken}. Restore the casebook and report it." if broken is not None else ""


def _backup(home: Home) -> str:
    if home.kind != "live":
        return ""
    newest = max((path.stat().st_mtime for path in (home.data / "backups").iterdir()), default=0.0)
    old = now().timestamp() - newest > BACKUP_MAX_DAYS * 86_400
    return f"No backup of the last day in {home.data / 'backups'}. Run: lykta backup, and keep copies of it and of the keys elsewhere." if old else ""


def _purge(home: Home) -> str:
    snapshot, _, _ = open_snapshot(home, "review")
    row = snapshot.execute("SELECT overdue, withheld FROM purged").fetchone()
    snapshot.close()
    overdue, withheld = row or (0, "no purge has run yet. Run: lykta night")
    return str(withheld) if withheld else f"{overdue} texts or ads are kept longer than they may be. Run: lykta purge" if overdue else ""


def _templates(home: Home) -> str:
    snapshot, _, _ = open_snapshot(home, "review")
    largest, texts = snapshot.execute("SELECT largest, texts FROM largest_template").fetchall()[0]
    snapshot.close()
    return too_large(largest, texts, read_settings(home).linking.texts)


CHECKS: dict[str, Check] = {
    "versions": _versions,
    "keys": _keys,
    "config": _config,
    "legal basis": _legal_basis,
    "named officer": _officer,
    "address for sites": _reachable,
    "disk": _disk,
    "clock": _clock,
    "chromium": _chromium,
    "snapshot": _snapshot,
    "audit chain": _audit,
    "backup": _backup,
    "purge": _purge,
    "templates": _templates,
}
DEEP: dict[str, Check] = {"every byte": lambda home: " ".join(damages(home))}
