"""Import: the minor check and the hashing child, brought together for one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from crawler.photo_hash import HashChild
from crawler.records.ad import Ad
from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.importing import ImportReport, import_file
from pipeline.night import night_lock
from pipeline.reading.reader import Reader
from pipeline.settings import missing_legal_basis, read_settings


def import_into(home: Home, file: Path, *, images: Path | None, at: datetime) -> ImportReport:
    """Import a file into an installation (7 without a legal basis, 2 unreadable, 5 while another run is on)."""
    settings = read_settings(home)
    lacks = missing_legal_basis(settings.general, at.date())
    if lacks:
        raise Failure(Exit.POLICY, "Nothing was imported: the legal basis is not whole.", *lacks)
    if images is not None and not images.is_dir():
        raise Failure(Exit.USAGE, f"--images {images}: no such folder. Nothing was changed.")
    reader = Reader(settings.lexicon, settings.reading)

    def is_minor(ad: Ad) -> bool:
        return reader.states_minor(age=ad.age, text=f"{ad.title}\n{ad.body}")

    with night_lock(home, who="lykta import", now=at), HashChild() as child:
        return import_file(
            file,
            images=images,
            landing=home.landing,
            key=home.key("landing"),
            imported_at=at,
            is_minor=is_minor,
            hash_picture=child.hash,
            seen_before=lambda name: _ingested(home, name),
        )


def _ingested(home: Home, name: str) -> bool:
    if not home.store.exists():
        return False
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, home.store, name="store", key=home.key("store"), read_only=True)
        return bool(con.execute("SELECT 1 FROM store.landed_run WHERE landing_file = $name", {"name": name}).fetchall())
    except duckdb.CatalogException:
        return False
    finally:
        con.close()
