"""A small world of ads, taken in and read, then matched and linked with the shipped settings."""

from __future__ import annotations

import dataclasses
import secrets
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from crawler.records.ad import Ad, ImageSeen
from crawler.records.landing import LandingWriter
from pipeline import cluster, ingest, link, observe, persona, photos
from pipeline.casebook.belonging import Judged
from pipeline.home import SHIPPED_CONFIG
from pipeline.linking_settings import LinkingSettings
from pipeline.match import stage
from pipeline.report import Report
from pipeline.store import open_store
from pipeline.strict import build
from tests.reading.conftest import shipped_lexicon, shipped_reading

KEY = secrets.token_hex(32)


def shipped_linking() -> LinkingSettings:
    faults: list[str] = []
    settings = build(LinkingSettings, tomllib.loads((SHIPPED_CONFIG / "linking.toml").read_text("utf-8")), where="config/linking.toml", faults=faults)
    assert settings is not None, faults
    return dataclasses.replace(settings, texts=dataclasses.replace(settings.texts, demographic_words=shipped_reading(SHIPPED_CONFIG).demographic_words))


def ad(number: int, body: str, **fields: object) -> Ad:
    values: dict[str, object] = {"title": "Annons", "body": body, "seen_at": datetime(2026, 11, 1, 2, number % 60), **fields}
    return Ad(site="exempel", url=f"https://exempel.example/{number}", **values)  # type: ignore[arg-type]


def picture(number: int, bits: bytes, image: str = "a.jpg") -> ImageSeen:
    return ImageSeen(site="exempel", url=f"https://exempel.example/{number}", image=image, seen_at=datetime(2026, 11, 1, 2), hashes=(("whole", bits, 100),))


class World:
    """A store that records are taken into, night by night."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "landing").mkdir(exist_ok=True)
        self.con: duckdb.DuckDBPyConnection = open_store(folder / "store.duckdb", key=KEY, spill=folder / "spill", memory_limit="1GB", threads=1)
        self._settings = observe.ObserveSettings(
            lexicon=shipped_lexicon(SHIPPED_CONFIG), reading=shipped_reading(SHIPPED_CONFIG), pseudonym_key=b"p" * 32, vault_key=b"v" * 32, workers=1
        )
        self.linking = shipped_linking()
        self._night = 0

    def night(self, *records: Ad | ImageSeen, as_of: datetime = datetime(2026, 11, 2), judged: Sequence[Judged] = ()) -> dict[str, Report]:
        self._night += 1
        with LandingWriter(self.folder / "landing" / f"{self._night}.duckdb", key=KEY, site="exempel", source="import", started_at=as_of) as writer:
            for record in records:
                writer.add(record)
            writer.finish(finished_at=as_of, complete=True)
        taking = ingest.IngestSettings(landing=self.folder / "landing", key=KEY, expectations={})
        pictures = photos.PhotoSettings(sites=frozenset(), since=None, fetch=None)
        return {
            "ingest": ingest.run(self.con, taking, as_of),
            "observe": observe.run(self.con, self._settings, as_of),
            "photos": photos.run(self.con, pictures, as_of),
            "match": stage.run(self.con, self.linking, as_of),
            "persona": persona.run(self.con, self.linking.persona, as_of),
            "link": link.run(self.con, self.linking.link, as_of, judged),
            "cluster": cluster.run(self.con, self.linking.cluster, as_of),
        }

    def clusters(self) -> set[frozenset[int]]:
        rows = self.con.execute("SELECT cluster_id, list(url) FROM cluster_member JOIN ad USING (ad_id) GROUP BY cluster_id").fetchall()
        return {frozenset(int(url.rsplit("/", 1)[1]) for url in urls) for _, urls in rows}

    def ids(self) -> dict[int, str]:
        rows = self.con.execute("SELECT url, cluster_id FROM cluster_member JOIN ad USING (ad_id)").fetchall()
        return {int(url.rsplit("/", 1)[1]): cluster_id for url, cluster_id in rows}


@contextmanager
def world(folder: Path) -> Iterator[World]:
    made = World(folder)
    try:
        yield made
    finally:
        made.con.close()
