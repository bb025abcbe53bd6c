"""The night: crawl, then every stage in order, then one atomic change of what readers see."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline import cluster, detect, ingest, link, link_judgements, observe, persona, photos, publish, score
from pipeline.casebook import belonging
from pipeline.casebook.book import Casebook
from pipeline.failure import Exit, Failure
from pipeline.full_disk import plain_when_full
from pipeline.home import Home
from pipeline.keeping import marks, purge
from pipeline.keeping.casebook_purge import let_go
from pipeline.keeping.deep import seal_files
from pipeline.keeping.erasure import rewrite_if_needed
from pipeline.keeping.wishes import open_wishes, read_wishes
from pipeline.link_named import with_named
from pipeline.match import stage as match
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.weigh import refuse_other_splink

OWN_TRANSACTION = ("ingest", "publish")  # they open other files, which no transaction may span
FREE_MIN = {"live": 2 << 30, "research": 256 << 20, "demo": 256 << 20}  # bytes of disk
NEW_SERVED = "The new snapshot is served."
SAY_NOTHING: Callable[[str], None] = lambda line: None  # noqa: E731


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """One line of the night: counts, seconds of wall clock, and the peak memory of this process so far in MB."""

    stage: str
    read: int
    written: int
    refused: int
    seconds: float
    peak_mb: int
    note: str


@contextmanager
def night_lock(home: Home, *, who: str, now: datetime) -> Iterator[None]:
    """Hold the installation's lock, or refuse with who holds it and since when (exit 5)."""
    home.data.mkdir(parents=True, exist_ok=True)
    handle = os.open(home.data / "night.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 200).decode("utf-8", "replace") or "another run"
            raise Failure(Exit.BUSY, f"{home.root} is busy: {holder}. Wait for it to end, then run this again.") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{who}, process {os.getpid()}, since {now:%Y-%m-%d %H:%M} UTC".encode(), 0)
        yield
    finally:
        os.close(handle)


def run_stages(
    home: Home,
    settings: Settings,
    as_of: datetime,
    *,
    fetch_photos: Callable[[photos.Wanted], list[photos.HashRow]] | None,
    photos_since: datetime | None,
    clock: datetime | None = None,
    say: Callable[[str], None] = SAY_NOTHING,
    begin: Callable[[str], None] = SAY_NOTHING,
) -> list[StageReport]:
    """Run ingest to publish and swap the snapshot. The caller holds the night's lock; `begin` hears of a stage before it, `say` after.

    Every stage runs in one transaction of its own; what readers see changes only after the last, in one step. A night that is killed
    leaves the old snapshot, and the next run goes on from what was committed. Retention counts by `clock`, or by `as_of` without.

    Raises:
        Failure: no named safeguarding officer or an indicator whose examples do not hold (8), or a store that cannot be opened (5, 6).
    """
    if not settings.general.safeguarding.officer:
        raise Failure(
            Exit.MISSING,
            "config/lykta.toml [safeguarding]: officer is empty. Name the person who opens ads of possible minors; without one the night does not run.",
        )
    detect.refuse_faulty_examples()
    refuse_other_splink(settings.linking.link)
    refuse_full_disk(home)
    machine = settings.general.machine
    with plain_when_full("opening the store"):
        con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
    try:
        reports = []
        for name, step in _steps(home, settings, fetch_photos, photos_since, clock or as_of):
            begin(f"{name} ...")
            reports.append(_run(con, name, step, as_of))
            say(_line(reports[-1]))
        with plain_when_full("stage publish"):
            publish.swap(home.published, as_of)
        with plain_when_full("after publish", served=NEW_SERVED):
            con.execute("CHECKPOINT store")
            ingest.clear_ingested(con, home.landing)
            _followed(con, home, clock or as_of)
    finally:
        con.close()
    with plain_when_full("after publish", served=NEW_SERVED):
        rewrite_if_needed(home, machine)
        if home.casebook.exists() and not any(report.stage == "purge" and "clock" in report.note for report in reports):
            with open_wishes(home) as book:
                let_go(book, settings.general.retention, clock or as_of)
        seal_files(home)
    return reports


Step = Callable[[duckdb.DuckDBPyConnection, datetime], Report]


def _steps(
    home: Home, settings: Settings, fetch_photos: Callable[[photos.Wanted], list[photos.HashRow]] | None, photos_since: datetime | None, clock: datetime
) -> list[tuple[str, Step]]:
    pseudonym, vault = bytes.fromhex(home.key("pseudonym")), bytes.fromhex(home.key("vault"))
    taking = ingest.IngestSettings(
        landing=home.landing, key=home.key("landing"), expectations={site.site: site.expect for site in settings.sites},
        languages=settings.reading.languages, held_days=settings.general.retention.raw_text_days - 1,  # a night before their texts fall due
    )  # fmt: skip
    reading = observe.ObserveSettings(
        lexicon=settings.lexicon,
        reading=settings.reading,
        pseudonym_key=pseudonym,
        vault_key=vault,
        workers=settings.general.machine.workers,
    )
    pictures = photos.PhotoSettings(sites=frozenset(site.site for site in settings.sites if site.photos), since=photos_since, fetch=fetch_photos)
    linking, (confirmed, judged, used) = settings.linking, _decided(home)
    rules = with_named(linking.link, pseudonym)
    detecting = detect.DetectSettings(indicators=settings.indicators)
    scoring = score.ScoreSettings(indicators=settings.indicators, confirmed=confirmed, lexicon=settings.lexicon)
    out = publish.publish_settings(home, settings.reading.number_words_of_all_languages())
    return [
        ("ingest", lambda con, as_of: ingest.run(con, taking, as_of)),
        ("observe", lambda con, as_of: observe.run(con, reading, as_of)),
        ("purge", lambda con, as_of: _purge(con, home, settings, clock)),
        ("photos", lambda con, as_of: photos.run(con, pictures, as_of)),
        ("match", lambda con, as_of: match.run(con, linking, as_of)),
        ("persona", lambda con, as_of: persona.run(con, linking.persona, as_of)),
        ("link", lambda con, as_of: link.run(con, rules, as_of, judged)),
        ("cluster", lambda con, as_of: cluster.run(con, linking.cluster, as_of, used)),
        ("detect", lambda con, as_of: detect.run(con, detecting, as_of)),
        ("score", lambda con, as_of: score.run(con, scoring, as_of)),
        ("publish", lambda con, as_of: publish.run(con, out, as_of)),
    ]


def _purge(con: duckdb.DuckDBPyConnection, home: Home, settings: Settings, clock: datetime) -> Report:
    """Purge after the readings of the night: marks made under an earlier key are known by then."""
    marks.carry_over(home, con)
    return purge.run(con, purge_settings(home, settings, clock), clock)


def refuse_full_disk(home: Home) -> None:
    """Refuse a night that the disk could not hold (7), before anything is opened."""
    free, needed = shutil.disk_usage(home.data).free, FREE_MIN[home.kind]
    if free < needed:
        raise Failure(Exit.POLICY, f"{free >> 20} MB free under {home.data}; a night needs {needed >> 20} MB. The old snapshot is served. Make room.")


def purge_settings(home: Home, settings: Settings, clock: datetime, *, confirmed: bool = False) -> purge.PurgeSettings:
    """Return what purge needs in this installation; a research installation counts everything from its import."""
    return purge.PurgeSettings(
        retention=settings.general.retention,
        clock=clock,
        wishes=read_wishes(home),
        from_import=home.kind == "research",
        confirmed=confirmed,
        served=settings.outreach.municipalities,
        elsewhere_text_days=settings.outreach.elsewhere_text_days,
    )


def _decided(home: Home) -> tuple[frozenset[str], tuple[belonging.Judged, ...], frozenset[str]]:
    """Return what people have said that a night follows.

    Findings of coercion, debt or asking for help that a person has confirmed (they count only then), judgements of ads that belong together,
    and the names of clusters that something was decided on.
    """
    if not home.casebook.exists():
        return frozenset(), (), frozenset()
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        return book.confirmed_cues(), belonging.standing_judgements(book), belonging.names_in_use(book)


def _followed(con: duckdb.DuckDBPyConnection, home: Home, clock: datetime) -> None:
    """Tell the casebook which judgements were followed tonight, and in which clusters their ads are."""
    met = link_judgements.met(con)
    if met:
        with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
            belonging.follow(book, met, now=clock)


def _run(con: duckdb.DuckDBPyConnection, name: str, step: Step, as_of: datetime) -> StageReport:
    started = time.perf_counter()
    in_transaction = name not in OWN_TRANSACTION
    if in_transaction:
        con.execute("BEGIN")
    with plain_when_full(f"stage {name}"):
        try:
            report = step(con, as_of)
            if in_transaction:
                con.execute("COMMIT")
        except BaseException:
            if in_transaction:
                with suppress(duckdb.Error):  # a commit that failed has rolled back by itself
                    con.execute("ROLLBACK")
            raise
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = round(time.perf_counter() - started, 2)
    return StageReport(stage=name, read=report.read, written=report.written, refused=report.refused, seconds=seconds, peak_mb=peak_mb, note=report.note)


def _line(report: StageReport) -> str:
    note = f"  {report.note}" if report.note else ""
    counts = f"read {report.read:>8,}  written {report.written:>8,}  refused {report.refused:>6,}"
    return f"{report.stage:<8} {counts}  {report.seconds:7.1f} s  {report.peak_mb:>5,} MB{note}"
