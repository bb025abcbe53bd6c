"""Files that are opened before anything in them is believed: landing files, backups, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PIL import Image

from benchmarks.fuzz.inputs import near
from benchmarks.fuzz.run import Parser
from crawler.photo_hash import FORMATS, hash_picture
from crawler.records.ad import Ad
from crawler.records.duckdb_file import connect
from crawler.records.landing import LandingWriter
from pipeline import ingest
from pipeline.keeping.sealing import SealedReader, SealedWriter, Unsealable
from pipeline.store import make_tables

AT = datetime(2026, 11, 23, 2)
KEY = "7a" * 32


@contextmanager
def landing_file(folder: Path) -> Iterator[Parser]:
    """Landing files with flipped, missing and foreign bytes: taken in whole or set aside, and the night goes on."""
    good, landing = folder / "good.duckdb", folder / "landing"
    landing.mkdir()
    with LandingWriter(good, key=KEY, site="exempel", source="crawl", started_at=AT) as writer:
        writer.add(Ad(site="exempel", url="https://exempel.example/1", seen_at=AT, title="Hej"))
        writer.finish(finished_at=AT, complete=True)
    con = connect(memory_limit="512MB", threads=1)
    con.execute("ATTACH ':memory:' AS store")
    con.execute("USE store")
    make_tables(con)
    settings = ingest.IngestSettings(landing=landing, key=KEY, expectations={})

    def take_in(content: bytes) -> None:
        (landing / "x.duckdb").write_bytes(content)
        ingest.run(con, settings, AT)
        for left in (landing / "x.duckdb", landing / "set-aside" / "x.duckdb"):
            left.unlink(missing_ok=True)
        con.execute("DELETE FROM landed_run")

    try:
        yield Parser(name="landing", cases=near(good.read_bytes()), ask=take_in)
    finally:
        con.close()


@contextmanager
def backup_file(folder: Path) -> Iterator[Parser]:
    """Backups that were changed, cut short or are none."""
    path = folder / "good.backup"
    with path.open("wb") as file, SealedWriter(file, key=KEY, header={"version": 1, "installation": "x"}) as sealed:
        sealed.write(b"one and another" * 40)

    def unseal(content: bytes) -> None:
        reader = SealedReader(io.BytesIO(content), key=KEY)
        reader.readall()
        reader.finish()

    yield Parser(name="backup", cases=near(path.read_bytes()), ask=unseal, answers=(Unsealable,))


def picture() -> Parser:
    """Pictures with changed bytes: a hash, or a reason."""
    good = [_drawn(kind) for kind in FORMATS]
    return Parser(name="picture", cases=near(*good), ask=hash_picture, answers=(ValueError,))


def _drawn(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((24, 20)).convert("P" if kind == "GIF" else "RGB").save(buffer, kind)
    return buffer.getvalue()
