"""Search everything that an installation wrote: raw bytes of every file, then every cell of every store opened with its key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlcipher3

from crawler.records.duckdb_file import attach, connect
from pipeline.home import Home, find_home

# Encrypted files are random bytes, and a needle of n bytes stands in N of them by chance N / 256^n times: one of 4 bytes in 40 MB once in a hundred scans, one
# of 6 bytes once in seven million. Nothing shorter is looked for among raw bytes.
SHORTEST = 6  # bytes
PICTURE_MARKS = (
    *(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"\xff\xd8\xff\xdb\x00\x43\x00", b"Exif\x00\x00II*\x00", b"Exif\x00\x00MM\x00*"),
    *(b"\x89PNG\r\n\x1a\n", b"WEBPVP8", b"GIF87a", b"GIF89a"),
)
KEY_OF = {"store": "store", "lykta": "analyst", "review": "review", "vault": "vault"}
# where a contact may stand in the clear once its store is opened: the ads' own text and the form of it that is compared, nowhere else
OWN_TEXT = {("store", "ad_version"), ("store", "text_sketch")}


def raw_hits(folders: Iterable[Path], needles: Iterable[str], marks: Iterable[bytes] = ()) -> list[str]:
    """Return the files under the folders whose bytes hold a needle, a mark or the head of a picture, with what was found.

    Raises:
        ValueError: something is so short that random bytes hold it by chance.
    """
    wanted = [needle.encode(code) for needle in needles for code in ("utf-8", "utf-16-le")] + [*marks, *PICTURE_MARKS]
    if short := [mark for mark in wanted if len(mark) < SHORTEST]:
        raise ValueError(f"{short}: look for {SHORTEST} bytes or more")
    hits = []
    for folder in folders:
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            content = path.read_bytes()
            hits += [f"{path.name}: {mark!r}" for mark in wanted if mark in content]
    return hits


def cells(home: Home) -> Iterator[tuple[str, str, str]]:
    """Yield every cell as text: (store, table, text). Opens the store, all published snapshots, landing files and the casebook."""
    files = [*([home.store] if home.store.exists() else []), *sorted(home.published.glob("*.duckdb")), *sorted(home.landing.glob("*.duckdb"))]
    for path in files:
        kind = "landing" if path.parent == home.landing else path.stem.split("-")[0]
        yield from _duckdb_cells(path, kind, home.key(KEY_OF.get(kind, kind)))
    if home.casebook.exists():
        yield from _sqlite_cells(home)


def _duckdb_cells(path: Path, kind: str, key: str) -> Iterator[tuple[str, str, str]]:
    con = connect(memory_limit="1GB", threads=1)
    try:
        attach(con, path, name="opened", key=key, read_only=True)
        con.execute("USE opened")
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'opened'").fetchall():
            for row in con.table(table).fetchall():
                for value in row:
                    yield kind, table, _text(value)
    finally:
        con.close()


def _sqlite_cells(home: Home) -> Iterator[tuple[str, str, str]]:
    con = sqlcipher3.connect(str(home.casebook))
    try:
        con.execute(f"PRAGMA key = \"x'{home.key('casebook')}'\"")
        for (table,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in con.execute(f'SELECT * FROM "{table}"').fetchall():
                for value in row:
                    yield "casebook", table, _text(value)
    finally:
        con.close()


def picture_hashes(home: Home) -> list[bytes]:
    """Return every hash of a picture that the store keeps, as its bytes and as hex digits: of whole pictures and of their parts."""
    con = connect(memory_limit="512MB", threads=1)
    try:
        attach(con, home.store, name="opened", key=home.key("store"), read_only=True)
        rows = con.execute("SELECT pdq FROM opened.photo_hash UNION SELECT part.hash FROM (SELECT unnest(parts) AS part FROM opened.photo_hash)").fetchall()
        return [form for (pdq,) in rows if pdq is not None for form in (bytes(pdq), bytes(pdq).hex().encode())]
    finally:
        con.close()


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def opened_hits(root: Path, numbers: Iterable[str], words: Iterable[str]) -> list[str]:
    """Return where a number (nine national digits, however written) or a word stands in an opened store outside the ads' own text."""
    wanted, plain = list(numbers), list(words)
    hits = set()
    for kind, table, text in cells(find_home(root)):
        if (kind, table) in OWN_TEXT:
            continue
        digits = re.sub(r"[^0-9a-f]", "", text.lower())
        hits |= {f"{kind}.{table}: a number ending {number[-3:]}" for number in wanted if number in digits}
        hits |= {f"{kind}.{table}: {word}" for word in plain if word in text}
    return sorted(hits)
