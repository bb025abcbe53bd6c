"""What the page works with: the installation, the published snapshot of the moment, one casebook a thread, and the clock."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.casebook.book import Casebook
from pipeline.casebook.decisions import Stand, to_do
from pipeline.home import Home
from pipeline.keeping.suppression import suppressed_file
from pipeline.outreach.lanes import queue_order
from pipeline.outreach.settings import OutreachSettings
from pipeline.publish import POINTER, open_snapshot
from pipeline.settings import Settings, read_settings
from review.open_now import OpenNow
from review.parts import read_ahead
from review.passkeys import Passkeys
from review.snapshot import Snapshot, Stamp
from review.standing import Standing
from review.words import LANGUAGES

AHEAD = 100  # clusters at the top of the queue that are read before anybody asks


def utc_now() -> datetime:
    """Return the present moment as naive UTC, to the second; the page's only clock."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A made-up town as a classroom: its place, and the file with its truth."""

    place: Place
    truth: Path


class Place:
    """An installation as the page sees it. Safe to use from several threads."""

    def __init__(self, home: Home, *, clock: Callable[[], datetime] = utc_now, room: Home | None = None) -> None:
        """Open the page's place.

        Args:
            room: a demo installation that serves as classroom; a demo is its own.
        """
        self.home = home
        self._room_home = room or (home if home.kind == "demo" else None)
        self._room: Room | None = None
        self.clock = clock
        self.settings: Settings = read_settings(home)
        self._key, self._audit_key = home.key("casebook"), home.key("audit")
        self._books, self._turn = threading.local(), threading.RLock()
        self._pointer, self._erased = str(home.published / POINTER), str(suppressed_file(home))
        self._snapshot: Snapshot | None = None
        self.open_now, self._standing = OpenNow(), Standing()
        self.passkeys = Passkeys(frozenset())  # until it is known where the page is served
        self._opening, self._ahead = threading.Lock(), False

    @property
    def made_up(self) -> bool:
        """Whether everything here is made up."""
        return self.home.kind == "demo"

    def now(self) -> datetime:
        """Return the moment at which something is done."""
        return self.clock()

    def as_of(self) -> datetime:
        """Return the moment from which things are looked at: now, or in a demo or research installation the moment of the snapshot."""
        return self.now() if self.home.kind == "live" else self.snapshot().as_of

    def outreach(self, language: str) -> OutreachSettings:
        """Return the team's settings with sentences in a language."""
        return dataclasses.replace(self.settings.outreach, language=language)

    def book(self) -> Casebook:
        """Return this thread's casebook."""
        if not hasattr(self._books, "book"):
            self._books.book = Casebook.open(self.home.casebook, key=self._key, audit_key=self._audit_key, turn=self._turn)
        opened: Casebook = self._books.book
        return opened

    def stands(self) -> Mapping[str, Stand]:
        """Return how every decided cluster stands now."""
        return self._standing.read(self.book())

    def classroom(self) -> Room | None:
        """Return the made-up town that colleagues train on, or None when there is none at hand."""
        with self._opening:
            if self._room is None and self._room_home is not None:
                truth = self._room_home.root.parent / f"{self._room_home.root.name}-town" / "truth.jsonl"
                if truth.is_file():
                    place = self if self._room_home is self.home else Place(self._room_home, clock=self.clock)
                    self._room = Room(place=place, truth=truth)
            return self._room

    def snapshot(self) -> Snapshot:
        """Return the current snapshot.

        When a night has published another one, it is opened and read ahead beside the one that is served, so that nobody waits for it. When
        somebody was erased, every reader waits for the snapshot that leaves them out.

        Raises:
            Failure: nothing is published (4), or it cannot be opened (6).
        """
        published, erased = _stamp(self._pointer), _stamp(self._erased)
        with self._opening:
            served = self._snapshot
            if served is None or served.erased != erased:
                served = self._snapshot = self._open(published, erased)
            elif served.stamp != published and not self._ahead:
                self._ahead = True
                threading.Thread(target=self._open_ahead, args=(published, erased), daemon=True).start()
            return served

    def _open(self, published: Stamp, erased: Stamp) -> Snapshot:
        con, run, as_of = open_snapshot(self.home, "review")
        aside, again, _ = open_snapshot(self.home, "review")
        if again != run:  # a night published in between
            return self._open(published, erased)
        return Snapshot(con=con, aside=aside, run=run, as_of=as_of, stamp=published, erased=erased)

    def _open_ahead(self, published: Stamp, erased: Stamp) -> None:
        """Open the new snapshot, read ahead what people will ask for, and serve it from then on."""
        try:
            fresh = self._open(published, erased)
            self.read_ahead(fresh)
            with self._opening:
                if self._snapshot is None or self._snapshot.erased == erased:
                    self._snapshot = fresh
        finally:
            self._ahead = False

    def read_ahead(self, snapshot: Snapshot) -> None:
        """Read a snapshot's candidates in every language, and the top of its queue in the first."""
        for language in LANGUAGES:
            snapshot.candidates(self.outreach(language))
        read_ahead(snapshot, self._top(snapshot), LANGUAGES[0])

    def _top(self, snapshot: Snapshot) -> list[str]:
        """Return the clusters of a snapshot that people will open first: the top of what waits for anybody."""
        settings, book = self.outreach(LANGUAGES[0]), self.book()
        how, as_of = self.stands(), self.now() if self.home.kind == "live" else snapshot.as_of
        done = {name for name, stand in how.items() if not to_do(stand, "")}
        return [one.cluster for one in queue_order(snapshot.gathered(settings).banded, book.contacts_made(), settings, as_of, done=done)[:AHEAD]]


def _stamp(path: str) -> Stamp:
    """Return what changes when a file is replaced; zeros when there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)
