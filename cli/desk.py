"""The desk: the snapshot and casebook opened side by side for one command, and what a person does there under an account."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from cli.common import local_user, now, write_private
from cli.roles import ROLES, admitted
from pipeline.casebook.accounts import invite, new_link
from pipeline.casebook.book import Casebook
from pipeline.explain import explain, lineage
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.keeping import ledger
from pipeline.keeping.requests import Wish, open_wish
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach import lanes, visit_list
from pipeline.outreach.clusters import clusters
from pipeline.outreach.papers.copies import new_copy
from pipeline.outreach.papers.tables import as_csv
from pipeline.outreach.settings import OutreachSettings
from pipeline.pseudonyms import contact_id
from pipeline.publish import open_snapshot
from pipeline.reading.addresses import normalise_email, normalise_handle
from pipeline.reading.phones import normalise
from pipeline.settings import read_settings

MADE_UP = "påhittat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a command works with: the review snapshot, the casebook, and the moment that things are looked at from."""

    home: Home
    settings: OutreachSettings
    snapshot: duckdb.DuckDBPyConnection
    book: Casebook
    run: str
    as_of: datetime
    who: str

    def queue(self) -> list[dict[str, Any]]:
        """Return what waits for a person, in reading order."""
        return lanes.queue(self.snapshot, self.book, self.settings, self.as_of, keep_old=self.home.kind == "research")

    def urgent(self) -> list[dict[str, Any]]:
        """Return ads that a person should read today."""
        return lanes.urgent(self.snapshot, self.book, self.settings)

    def safeguarding(self) -> list[dict[str, Any]]:
        """Return ads of possible minors."""
        return lanes.safeguarding(self.snapshot, self.settings.language)

    def clusters(self, band: str | None) -> dict[str, Any]:
        """Return clusters with findings and counter-evidence."""
        return clusters(self.snapshot, run=self.run, band=band, language=self.settings.language)

    def explain(self, cluster: str) -> dict[str, Any]:
        """Return the arithmetic of one cluster."""
        return explain(self.snapshot, cluster)

    def lineage(self, cluster: str | None = None) -> dict[str, list[str]]:
        """Return which clusters one came from, a sentence each; of all clusters when none is named."""
        return lineage(self.snapshot, cluster)

    def outreach_list(self) -> dict[str, Any]:
        """Make the outreach list and keep it in the casebook."""
        note = MADE_UP if self.home.kind == "demo" else ""
        return visit_list.make_list(self.snapshot, self.book, self.settings, self.as_of, who=self.who, note=note)

    def take_out_csv(self, body: Mapping[str, Any], path: Path) -> None:
        """Write a numbered copy of a list as CSV, the same as the page's; only its owner may read the file."""
        made_up, language = self.home.kind == "demo", self.settings.language
        copy = new_copy(self.book, body, "csv", by=self.who, now=now(), made_up=made_up, language=language)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, as_csv(body, copy))


@contextmanager
def open_book(home: Home) -> Iterator[Casebook]:
    """Open the installation's casebook."""
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        yield book


@contextmanager
def open_desk(home: Home, *, action: str, as_of: datetime | None) -> Iterator[Desk]:
    """Check who asks, note it in the audit, and open snapshot and casebook.

    Args:
        as_of: the moment to look from; otherwise now, or in a demo or research installation the moment of the snapshot.

    Raises:
        Failure: no account or another role in a live installation (7), nothing published (4), a key is missing (8).
    """
    settings = read_settings(home).outreach
    with open_book(home) as book:
        who = admitted(home, book, action, now())
        snapshot, run, moment = open_snapshot(home, "review")
        try:
            looked_from = as_of or (now() if home.kind == "live" else moment)
            yield Desk(home=home, settings=settings, snapshot=snapshot, book=book, run=run, as_of=looked_from, who=who)
        finally:
            snapshot.close()


def ask_password(name: str) -> str:
    """Ask for a password on the terminal, without echo.

    Raises:
        Failure: no account was named (2), or there is no terminal to ask on (7).
    """
    if not name:
        raise Failure(Exit.USAGE, "Name your account with --user.")
    if not sys.stdin.isatty():
        raise Failure(Exit.POLICY, "A password is typed on a terminal, and there is none. Run this command by hand.")
    return getpass.getpass(f"Password of {name}: ")


def decide_as(
    home: Home, user: str, password: str, cluster: str, decision: str, *, alternative: str, reason: str, assessment: Mapping[str, Any], at: datetime
) -> None:
    """Record the first person's decision on a cluster of the current snapshot.

    Raises:
        Failure: wrong password or role (7), no such cluster or decision (2), refused by the casebook (7).
    """
    with open_book(home) as book:
        book.log_in(user, password, now=at)
        run = _known_cluster(home, cluster)
        book.decide(
            user, cluster, decision, alternative=alternative, reason=reason, assessment=assessment, run=run, now=at, made_up=home.kind == "demo"
        )  # fmt: skip


def approve_as(home: Home, user: str, password: str, cluster: str, *, at: datetime) -> None:
    """Record the second person's approval of a cluster (7 when it is the person who decided)."""
    with open_book(home) as book:
        book.log_in(user, password, now=at)
        _known_cluster(home, cluster)
        book.approve(user, cluster, now=at, made_up=home.kind == "demo")


def confirm_as(home: Home, user: str, password: str, finding: str, *, confirmed: bool, at: datetime) -> None:
    """Record that a person has read a possible sign of coercion, and whether it is one (2 when there is no such finding)."""
    with open_book(home) as book:
        role = book.log_in(user, password, now=at)
        if role not in ROLES["urgent"]:
            raise Failure(Exit.POLICY, f"{user} may not confirm a cue: it needs an account as {' or '.join(sorted(ROLES['urgent']))}.")
        settings = read_settings(home).outreach
        snapshot, _, _ = open_snapshot(home, "review")
        try:
            known = {row["finding"] for row in lanes.urgent(snapshot, book, settings)}
        finally:
            snapshot.close()
        meant = [name for name in known if finding and name.startswith(finding)]
        if len(meant) != 1:
            raise Failure(Exit.USAGE, f"{finding}: {len(meant)} findings of that name wait to be read. `lykta urgent` lists what does.")
        book.confirm_cue(meant[0], confirmed=confirmed, who=user, now=at)


def _known_cluster(home: Home, cluster: str) -> str:
    """Return the run of the current snapshot, after checking that it holds the cluster."""
    snapshot, run, _ = open_snapshot(home, "review")
    try:
        if snapshot.execute("SELECT 1 FROM cluster WHERE cluster_id = $cluster", {"cluster": cluster}).fetchone() is None:
            raise Failure(Exit.USAGE, f"{cluster}: no such cluster in the current snapshot. `lykta queue` lists what waits.")
    finally:
        snapshot.close()
    return run


def add_do_not_contact(home: Home, *, kind: str, value: str, reason: str, at: datetime) -> str:
    """Mark a contact that does not want to be reached; only its pseudonym is kept. Returns what was recorded, for the person who typed it.

    A contact on which two people or more are advertised may be a controller's: the mark holds at once, and a person settles the request.

    Raises:
        Failure: a phone that is no phone number (2), no reason, or a role that may not (7).
    """
    pseudonym = pseudonym_of(home, kind, value)
    if people_on(home, pseudonym) >= 2:
        wish = open_request(home, "dnc", kind=kind, value=value, reason=reason, at=at)
        return f"{pseudonym[:8]}, request {wish.id}: several people are advertised on this contact, and a person must check who asks"
    with open_wishes(home) as book:
        who = admitted(home, book, "dnc add", at)
        book.add_do_not_contact(pseudonym, kind=kind, reason=reason, who=who, now=at)
    ledger.append(home, ledger.entry_of((pseudonym, kind, home.epoch("pseudonym")), what="dnc", request="", at=at))
    return pseudonym[:8]


def open_request(home: Home, what: str, *, kind: str, value: str, reason: str, at: datetime) -> Wish:
    """Open a request to see, to be erased, or not to be contacted."""
    pseudonym = pseudonym_of(home, kind, value)
    people = people_on(home, pseudonym)
    with open_wishes(home) as book:
        who = admitted(home, book, what, at)
        return open_wish(
            book, what, contact_id=pseudonym, kind=kind, key_epoch=home.epoch("pseudonym"), personas=people, reason=reason, who=who, now=at
        )  # fmt: skip


def pseudonym_of(home: Home, kind: str, value: str) -> str:
    """Return the pseudonym of a contact as somebody typed it (2 when it is no number)."""
    return contact_id(bytes.fromhex(home.key("pseudonym")), kind, _normal(kind, value))


def people_on(home: Home, pseudonym: str) -> int:
    """Return how many people are advertised on a contact in the current snapshot; 0 when nothing is published."""
    try:
        snapshot, _, _ = open_snapshot(home, "review")
    except Failure:
        return 0
    try:
        return int(snapshot.execute("SELECT count(DISTINCT persona) FROM persona WHERE contact_id = $contact", {"contact": pseudonym}).fetchall()[0][0])
    finally:
        snapshot.close()


def _normal(kind: str, value: str) -> str:
    if kind in ("phone", "payment_swish", "whatsapp", "signal", "viber") and any(mark.isdigit() for mark in value):
        number = normalise("".join(mark for mark in value if mark.isdigit() or mark == "+"), "SE")
        if not number:
            raise Failure(Exit.USAGE, "That is no valid phone number. Write it with its country code, such as +46 and the rest.")
        return number
    return normalise_email(value) if kind == "email" else normalise_handle(value)


def add_user(home: Home, *, name: str, role: str, organisation: str, password: str, note_signed: bool, at: datetime) -> None:
    """Make an account. In a live installation only an admin may, but for the very first one, which must be an admin's.

    Raises:
        Failure: the name is taken, the role may not (7), or the password is too short (2).
    """
    with open_book(home) as book:
        empty = book.con.execute("SELECT count(*) FROM user").fetchone()[0] == 0
        if home.kind == "live" and empty and role != "admin":
            raise Failure(Exit.POLICY, "The first account is an admin's. Run: lykta users add NAME --role admin --note-signed")
        if not empty:
            admitted(home, book, "users add", at)
        book.add_user(name, role=role, organisation=organisation, password=password, note_signed=note_signed, now=at)


def link_for(home: Home, *, name: str, role: str, organisation: str, note_signed: bool, at: datetime) -> str:
    """Return the path of a one-time link, after making the account when a role is given. In a live installation only an admin may.

    Raises:
        Failure: no such account, or the first account is not an admin's (7).
    """
    with open_book(home) as book:
        count, known = book.con.execute("SELECT count(*), coalesce(sum(name = ?), 0) FROM user", (name,)).fetchone()
        if home.kind == "live" and not count and role != "admin":
            raise Failure(Exit.POLICY, f"The first account is an admin's. Run: lykta users link {name} --role admin --note-signed")
        who = admitted(home, book, "users add", at) if count else local_user()
        if role and not known:
            return "/lank/" + invite(book, name, role=role, organisation=organisation, note_signed=note_signed, by=who, now=at)
        if not known:
            raise Failure(Exit.POLICY, f"{name} has no account. Make one with --role and --organisation.")
        return "/lank/" + new_link(book, name, by=who, now=at)


def verify_audit(home: Home) -> int | None:
    """Return the first broken row of the audit chain, or None when it is whole."""
    with open_book(home) as book:
        broken = book.first_broken_row()
        admitted(home, book, "audit verify", now())
    return broken


def refuse_under_data(home: Home, path: Path) -> None:
    """Refuse to write a list under the installation's folder (7)."""
    if path.resolve().is_relative_to(home.root.resolve()):
        raise Failure(Exit.POLICY, f"{path} lies inside the installation. Name a file outside {home.root}.")
