"""An installation in a temporary folder that lives through nights of made-up ads, and a search of every cell it keeps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import sqlcipher3

from crawler.records.ad import Ad, ImageSeen
from crawler.records.duckdb_file import attach, connect
from crawler.records.landing import LandingWriter
from pipeline import setup
from pipeline.home import Home, create_home, find_home
from pipeline.keeping.erasure import rewrite_if_needed
from pipeline.night import StageReport, run_stages
from pipeline.settings import Settings, read_settings

START = datetime(2026, 9, 1, 3)
PHONES = tuple(f"070-174 06 {number:02d}" for number in range(5, 100))
KEY_OF = {"store": "store", "lykta": "analyst", "review": "review", "vault": "vault", "suppressed": "analyst"}


def phone_of(number: int) -> str:
    return PHONES[number % len(PHONES)]


def ad(number: int, seen: datetime, *, phone: str = "", name: str = "", body: str = "", age: str = "", city: str = "Lund") -> Ad:
    """One ad whose every text holds a marker of its own: `marke-17`."""
    mark = f"marke-{number}x"
    return Ad(
        site="exempel", url=f"https://exempel.example/{mark}", seen_at=seen, title=f"Hej från {mark}", name=name or f"Namn{mark}", age=age, city=city,
        body=body or f"Jag tycker om {mark}, långa promenader och god musik. Ring {phone or phone_of(number)}.", phones=(phone or phone_of(number),),
        images=(f"{mark}.jpg",),
    )  # fmt: skip


def ring(start: int, seen: datetime, *, phone: str, people: int = 4) -> list[Ad]:
    """Several people on one phone."""
    return [ad(start + person, seen, phone=phone, name=("Lina", "Mia", "Eva", "Sara", "Tova")[person], age=str(22 + 5 * person)) for person in range(people)]


class Installation:
    """A home that takes in ads and runs nights; `kind` as `lykta init` has it."""

    def __init__(self, folder: Path, kind: str = "demo") -> None:
        self.home: Home = create_home(folder, kind=kind)
        setup.write_legal_basis(self.home, controller="Exempelstads kommun", officer="Barnansvarig", import_days=365, today=START.date())
        config = self.home.config / "lykta.toml"  # a demo keeps its texts longer; here it keeps them as long as a live one
        config.write_text(re.sub(r"(?m)^raw_text_days .*$", "raw_text_days = 30", config.read_text("utf-8")), "utf-8")
        self.settings: Settings = read_settings(self.home)
        self._landed = 0

    @classmethod
    def at(cls, root: Path) -> Installation:
        """Open an installation that is there."""
        town = cls.__new__(cls)
        town.home, town._landed = find_home(root), 1000
        town.settings = read_settings(town.home)
        return town

    def copy(self, folder: Path) -> Installation:
        """Return a copy that a test may change."""
        other = Installation.__new__(Installation)
        shutil.copytree(self.home.root, folder)
        other.home, other.settings, other._landed = Home(root=folder, kind=self.home.kind), self.settings, self._landed
        return other

    def land(self, ads: Iterable[Ad], *, at: datetime, pictures: Iterable[ImageSeen] = ()) -> None:
        self._landed += 1
        path = self.home.landing / f"exempel-{self._landed:04d}.duckdb"
        with LandingWriter(path, key=self.home.key("landing"), site="exempel", source="crawl", started_at=at, batch=1000) as writer:
            for record in (*ads, *pictures):
                writer.add(record)
            writer.finish(finished_at=at, complete=True)

    def night(self, at: datetime, *ads: Ad) -> list[StageReport]:
        if ads:
            self.land(ads, at=at - timedelta(hours=1))
        return run_stages(self.home, self.settings, at, fetch_photos=None, photos_since=None)

    def rewrite(self) -> bool:
        return rewrite_if_needed(self.home, self.settings.general.machine)

    def cells(self) -> Iterator[tuple[str, str, str]]:
        """Yield (store, table, text) for every cell of every store, snapshot, landing file and of the casebook, opened with its key."""
        home = self.home
        files = [*([home.store] if home.store.exists() else []), *sorted(home.published.glob("*.duckdb")), *sorted(home.landing.glob("*.duckdb"))]
        for path in files:
            kind = "landing" if path.parent == home.landing else path.stem.split("-")[0]
            yield from cells_of(path, kind, home.key(KEY_OF.get(kind, kind)))
        if home.casebook.exists():
            yield from casebook_cells(home)

    def holds(self, *needles: str) -> list[str]:
        """Return where a needle stands, as store.table: needle."""
        return sorted({f"{kind}.{table}: {needle}" for kind, table, text in self.cells() for needle in needles if needle in text})


def cells_of(path: Path, kind: str, key: str) -> Iterator[tuple[str, str, str]]:
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, path, name="opened", key=key, read_only=True)
        con.execute("USE opened")
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'opened'").fetchall():
            for row in con.table(table).fetchall():
                yield from ((kind, table, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)) for value in row)
    finally:
        con.close()


def casebook_cells(home: Home) -> Iterator[tuple[str, str, str]]:
    con = sqlcipher3.connect(str(home.casebook))
    try:
        con.execute(f"PRAGMA key = \"x'{home.key('casebook')}'\"")
        for (table,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in con.execute(f'SELECT * FROM "{table}"').fetchall():
                yield from (("casebook", table, str(value)) for value in row)
    finally:
        con.close()
