"""What a new installation needs said in its config, and the moment that a night looks from."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta

import duckdb

from crawler.records.duckdb_file import attach, connect
from pipeline.home import Home

MADE_UP = "Påhittad stad. Ingen annons, ingen person och inget nummer är verkligt."


def write_legal_basis(home: Home, *, controller: str, officer: str, import_days: int, today: date) -> None:
    """Fill in the legal basis of a demo or research installation; a live one is left for its owner to write.

    A research basis is good enough for the import of ads that are made up or already held lawfully, and for nothing else.
    """
    path = home.config / "lykta.toml"
    text = path.read_text("utf-8")
    text = re.sub(r"(?m)^import_days +=.*$", f"import_days       = {import_days}          # research installations, from the import", text)
    if home.kind == "live":
        path.write_text(_set(_set(text, "controllers", [controller] if controller else []), "officer", officer), "utf-8")
        return
    made_up = home.kind == "demo"
    ground = "none needed: everything is made up" if made_up else "import only: made-up ads, or ads already held lawfully by the controller"
    values: dict[str, object] = {
        "controllers": [controller or ("Påhittade kommunen" if made_up else "research installation")],
        "gdpr_article_6": ground,
        "gdpr_article_9": ground,
        "search_ban_assessment": "no search on sensitive data is offered",
        "deletion_decision": f"everything is deleted after {import_days} days",
        "decision_number": "påhittat-1" if made_up else "research-1",
        "review_date": (today + timedelta(days=365)).isoformat(),
        "note": MADE_UP if made_up else "",
        "officer": officer or ("Påhittad barnansvarig" if made_up else "research installation"),
    }
    for name, value in values.items():
        text = _set(text, name, value)
    if made_up:  # all thirty nights stay whole, so that the demo can be compared with its truth
        text = re.sub(r"(?m)^raw_text_days +=.*$", "raw_text_days     = 60           # everything is made up; a real one keeps 30", text)
    path.write_text(text, "utf-8")


def _set(text: str, name: str, value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)  # a TOML basic string or list of them is written like JSON
    return re.sub(rf"(?m)^({name} *= )(\[\]|\"\")", lambda match: match.group(1) + written, text)


def default_as_of(home: Home, now: datetime) -> datetime:
    """Return the moment a night looks from: now, or in a research installation the latest time an ad was seen."""
    if home.kind != "research":
        return now
    latest = [moment for moment in (_latest_landed(home), _latest_stored(home)) if moment]
    return max(latest, default=now)


def _latest_landed(home: Home) -> datetime | None:
    found: list[datetime] = []
    for path in home.landing.glob("*.duckdb"):
        con = connect(memory_limit="512MB", threads=1)
        try:
            attach(con, path, name="landing", key=home.key("landing"), read_only=True)
            found += [row[0] for row in con.execute("SELECT max(seen_at) FROM landing.ad_seen").fetchall() if row[0]]
        except duckdb.Error:
            continue  # ingest says what is wrong with the file, and sets it aside
        finally:
            con.close()
    return max(found, default=None)


def _latest_stored(home: Home) -> datetime | None:
    if not home.store.exists():
        return None
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        row = con.execute("SELECT max(last_seen) FROM store.ad").fetchone()
        return row[0] if row else None
    finally:
        con.close()
