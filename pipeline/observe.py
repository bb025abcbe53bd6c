"""Read every new version of an ad: contacts, places, stays, prices, ages, languages, cues, as rows with their spans."""

from __future__ import annotations

import multiprocessing
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.pseudonyms import contact_id, masked, seal
from pipeline.reading.addresses import normalise_email, normalise_handle
from pipeline.reading.ages import ADULT
from pipeline.reading.fold import fold
from pipeline.reading.lexicon import Lexicon
from pipeline.reading.model import Contact, Cue, Reading
from pipeline.reading.phones import normalise
from pipeline.reading.reader import Reader
from pipeline.reading.settings import ReadingSettings
from pipeline.reading.stay_days import days_of
from pipeline.report import Report
from pipeline.store import sql

ALONE_MAX = 2000  # versions that one process reads faster than a pool starts
CHUNK = 500
FETCH = 20_000  # versions in memory at a time
LONG_NUMBER = re.compile(r"\d(?:[\s.\-]*\d){3,}")
SCHOOL = "minor_school_context"  # its words in an ad's own text keep the ad from everything but the child route
PAYMENT_MIN = 6  # digits of a number that receives money; none is shorter

TABLES: dict[str, pa.Schema] = {
    "observed": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("minor", pa.bool_()), ("persona_name", pa.string()), ("text_cut", pa.bool_())]),
    "contact": pa.schema(
        [("version_id", pa.int64()), ("ad_id", pa.int64()), ("kind", pa.string()), ("contact_id", pa.string()), ("confidence", pa.float64()),
         ("field", pa.string()), ("start_at", pa.int32()), ("end_at", pa.int32()), ("steps", pa.int32()), ("shown", pa.string())]
    ),
    "contact_vault": pa.schema([("contact_id", pa.string()), ("kind", pa.string()), ("value", pa.binary())]),
    "place": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("municipality", pa.string()), ("field", pa.string()), ("start_at", pa.int32()),
                        ("end_at", pa.int32()), ("main", pa.bool_())]),
    "stated_stay": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("municipality", pa.string()), ("arrives", pa.date32()),
                              ("leaves", pa.date32()), ("said", pa.string()), ("start_at", pa.int32()), ("end_at", pa.int32())]),
    "price": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("amount", pa.int32()), ("currency", pa.string()), ("minutes", pa.int32()),
                        ("field", pa.string()), ("start_at", pa.int32()), ("end_at", pa.int32())]),
    "stated_age": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("age", pa.int32()), ("minor", pa.bool_()), ("field", pa.string()),
                             ("start_at", pa.int32()), ("end_at", pa.int32())]),
    "ad_language": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("code", pa.string()), ("share", pa.float64())]),
    "cue": pa.schema([("version_id", pa.int64()), ("ad_id", pa.int64()), ("cue_id", pa.string()), ("indicator", pa.string()), ("negated", pa.bool_()),
                      ("field", pa.string()), ("start_at", pa.int32()), ("end_at", pa.int32()), ("quote", pa.string())]),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ObserveSettings:
    """What reading needs: the lexicon, how to read, two keys of 32 bytes, and how many processes."""

    lexicon: Lexicon
    reading: ReadingSettings
    pseudonym_key: bytes = field(repr=False)
    vault_key: bytes = field(repr=False)
    workers: int
    region: str = "SE"


Rows = dict[str, list[tuple[Any, ...]]]
Version = tuple[Any, ...]


def run(con: duckdb.DuckDBPyConnection, settings: ObserveSettings, as_of: datetime) -> Report:
    """Read the versions that were not read yet. Rows are the same whatever the number of processes."""
    total = int(con.execute("SELECT count(*) FROM ad_version WHERE version_id NOT IN (SELECT version_id FROM observed)").fetchall()[0][0])
    read = 0
    if not total:
        return Report(read=0, written=0)  # nothing to read is known before a reader is made, which takes a second
    if total > ALONE_MAX and settings.workers > 1:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(settings.workers, mp_context=context, initializer=_start_worker, initargs=(settings,)) as pool:
            while versions := con.execute(sql("observe_new"), {"limit": FETCH}).fetchall():
                chunks = [versions[at : at + CHUNK] for at in range(0, len(versions), CHUNK)]
                read += _store(con, pool.map(_read_chunk, chunks), settings)
    else:
        observer = Observer(settings)
        while versions := con.execute(sql("observe_new"), {"limit": FETCH}).fetchall():
            read += _store(con, [observer.read(versions)], settings)
    return Report(read=read, written=read)


_worker: list[Observer] = []


def _start_worker(settings: ObserveSettings) -> None:
    _worker.append(Observer(settings))


def _read_chunk(versions: Sequence[Version]) -> Rows:
    return _worker[0].read(versions)


def _store(con: duckdb.DuckDBPyConnection, parts: Iterable[Rows], settings: ObserveSettings) -> int:
    """Insert the rows of all parts, table by table; vault values are sealed here, once a contact."""
    merged: Rows = {name: [] for name in TABLES}
    for part in parts:
        for name, rows in part.items():
            merged[name] += rows
    known = {row[0] for row in con.execute("SELECT contact_id FROM contact_vault").fetchall()}
    fresh = {row[0]: row for row in merged["contact_vault"] if row[0] not in known}
    merged["contact_vault"] = [(row[0], row[1], seal(settings.vault_key, row[2])) for _, row in sorted(fresh.items())]
    for name, rows in merged.items():
        if rows:
            columns = list(zip(*rows, strict=True))
            batch = pa.table([pa.array(column, kind.type) for column, kind in zip(columns, TABLES[name], strict=True)], schema=TABLES[name])
            con.register("observed_rows", batch)
            con.execute(INSERT[name])
            con.unregister("observed_rows")
    return len(merged["observed"])


INSERT = {
    "observed": "INSERT INTO observed SELECT * FROM observed_rows",
    "contact": "INSERT INTO contact SELECT * FROM observed_rows",
    "contact_vault": "INSERT INTO contact_vault SELECT * FROM observed_rows",
    "place": "INSERT INTO place SELECT * FROM observed_rows",
    "stated_stay": "INSERT INTO stated_stay SELECT * FROM observed_rows",
    "price": "INSERT INTO price SELECT * FROM observed_rows",
    "stated_age": "INSERT INTO stated_age SELECT * FROM observed_rows",
    "ad_language": "INSERT INTO ad_language SELECT * FROM observed_rows",
    "cue": "INSERT INTO cue SELECT * FROM observed_rows",
}


class Observer:
    """Turn versions of ads into rows; made once a process."""

    def __init__(self, settings: ObserveSettings) -> None:
        self._settings = settings
        self._reader = Reader(settings.lexicon, settings.reading, settings.region)

    def read(self, versions: Sequence[Version]) -> Rows:
        """Read versions (columns as observe_new.sql gives them) into rows of every table that observe writes."""
        rows: Rows = {name: [] for name in TABLES}
        for version in versions:
            self._read_one(version, rows)
        return rows

    def _read_one(self, version: Version, rows: Rows) -> None:
        version_id, ad_id, site, title, body, name, age, city, price, phones, emails, handles, payment, account, comments, written = version
        text = f"{title or ''}\n{body or ''}"
        reading = self._reader.read(text)
        key = (version_id, ad_id)
        for found in reading.contacts:
            self._add_contact(rows, key, found, "text")
        for kind, value, where in self._field_contacts(site, phones, emails, handles, payment, account):
            self._add_contact(rows, key, Contact(kind=kind, value=value, start=0, end=0, confidence=1.0, steps=0), where)
        self._add_places(rows, key, city or "", reading, len(title or ""))
        for stay in reading.stays:
            if days := days_of(stay, written):
                rows["stated_stay"].append((*key, stay.municipality, days.first, days.last, stay.said, stay.start, stay.end))
        for offer in reading.prices:
            rows["price"].append((*key, offer.amount, offer.currency, offer.minutes, "text", offer.start, offer.end))
        for offer in self._reader.read_prices(price) if price else ():
            rows["price"].append((*key, offer.amount, offer.currency, offer.minutes, "price", offer.start, offer.end))
        ages = [(stated.value, "text", stated.start, stated.end) for stated in reading.ages]
        in_field = self._reader.ages.read_field(age) if age else None
        if in_field is not None:
            ages.append((in_field, "age", 0, len(age)))
        rows["stated_age"] += [(*key, value, value < ADULT, where, start, end) for value, where, start, end in ages]
        rows["ad_language"] += [(*key, language.code, language.share) for language in reading.languages]
        self._add_cues(rows, key, reading.cues, text, "text")
        for comment in comments or ():
            self._add_cues(rows, key, self._reader.read_cues(comment), comment, "comment")
        minor = any(value < ADULT for value, *_ in ages) or any(cue.indicator == SCHOOL and not cue.negated for cue in reading.cues)
        rows["observed"].append((*key, minor, self._persona_name(name or ""), reading.cut))

    def _field_contacts(
        self, site: str, phones: Sequence[str], emails: Sequence[str], handles: Sequence[dict[str, str]], payment: Sequence[str], account: str
    ) -> Iterator[tuple[str, str, str]]:
        for raw in phones or ():
            value = normalise("".join(mark for mark in fold(raw).text if mark.isdigit() or mark == "+"), self._settings.region)
            if value:
                yield "phone", value, "phones"
            else:
                for found in self._reader.read(raw).contacts:
                    yield found.kind, found.value, "phones"
        for raw in emails or ():
            yield "email", normalise_email(raw), "emails"
        for handle in handles or ():
            yield handle["kind"].lower(), normalise_handle(handle["value"]), "handles"
        for raw in payment or ():
            marks = "".join(mark for mark in raw if mark.isdigit() or mark == "+")
            if len(marks) >= PAYMENT_MIN:  # "cash" is no contact
                yield "payment_swish", normalise(marks, self._settings.region) or marks, "payment"
        if account:
            yield "account", f"{site}/{account}", "account"

    def _add_contact(self, rows: Rows, key: tuple[int, int], found: Contact, where: str) -> None:
        pseudonym = contact_id(self._settings.pseudonym_key, found.kind, found.value)
        shown = masked(found.kind, found.value)
        rows["contact"].append((*key, found.kind, pseudonym, found.confidence, where, found.start, found.end, found.steps, shown))
        rows["contact_vault"].append((pseudonym, found.kind, found.value))

    def _add_places(self, rows: Rows, key: tuple[int, int], city: str, reading: Reading, title_length: int) -> None:
        found: list[tuple[str, str, int, int]] = []
        in_field = self._reader.places.read_field(city)
        if in_field:
            found.append((in_field, "city", 0, len(city)))
        else:
            found += [(place.municipality, "city", place.start, place.end) for place in self._reader.places.read(fold(city))]
        in_title = [place for place in reading.places if place.end <= title_length]
        in_body = [place for place in reading.places if place.end > title_length]
        found += [(place.municipality, "text", place.start, place.end) for place in (*in_title, *in_body)]
        for number, place in enumerate(found):
            rows["place"].append((*key, *place, number == 0))

    def _add_cues(self, rows: Rows, key: tuple[int, int], cues: Iterable[Cue], text: str, where: str) -> None:
        for cue in cues:
            quote = LONG_NUMBER.sub("•••", " ".join(text[cue.start : cue.end].split()[: self._settings.reading.quote_words]))
            rows["cue"].append((*key, cue.cue, cue.indicator, cue.negated, where, cue.start, cue.end, quote))

    def _persona_name(self, name: str) -> str:
        letters = "".join(mark for mark in unicodedata.normalize("NFKC", name).casefold() if mark.isalpha())
        return contact_id(self._settings.pseudonym_key, "name", letters) if letters else ""
