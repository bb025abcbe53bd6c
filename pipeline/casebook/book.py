"""Read and write the casebook. Times are naive UTC and always given by the caller."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import argon2
import sqlcipher3

from pipeline.casebook.migrate import migrate
from pipeline.failure import Exit, Failure

TRIES_MAX, TRIES_WITHIN = 5, timedelta(minutes=15)
PASSWORD_MIN = 12  # characters
DECISIONS = ("approve", "dismiss", "unsure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The latest decision on a cluster, and who approved it ('' when nobody yet). `assessment` is what the decider entered."""

    id: int
    cluster: str
    run: str
    decision: str
    alternative: str
    reason: str
    assessment: Mapping[str, Any]
    decider: str
    approver: str
    made_up: bool
    at: datetime
    approved_at: datetime | None


Contact = tuple[datetime, str, bool, bool, str]


class Casebook:
    """One open casebook. Use it as a context manager."""

    def __init__(self, con: Any, audit_key: bytes, turn: AbstractContextManager[Any]) -> None:
        self.con, self._turn = con, turn
        self._audit_key = audit_key
        self._hasher = argon2.PasswordHasher()

    @classmethod
    def open(cls, path: Path, *, key: str, audit_key: str, turn: AbstractContextManager[Any] | None = None) -> Casebook:
        """Open a casebook, making it when there is none.

        Args:
            turn: a lock (threading.RLock) that threads with a casebook each share: who writes takes it first. The database lets one write at a
                time, and those it turns away try again ever more seldom; a lock wakes the next one at once.

        Raises:
            Failure: the key does not open it, or it is damaged (6).
        """
        if len(key) != 64 or not all(digit in "0123456789abcdef" for digit in key):
            raise Failure(Exit.MISSING, "The casebook's key is not 64 hex digits. Put the right key file back.")
        con = sqlcipher3.connect(str(path), isolation_level=None, timeout=10.0)
        try:
            con.execute(f"PRAGMA key = \"x'{key}'\"")  # a pragma takes no parameter; the key was checked to be hex
            con.execute("PRAGMA journal_mode = WAL")
            con.execute("PRAGMA synchronous = FULL")
            con.execute("PRAGMA foreign_keys = ON")
            con.executescript((files("pipeline.casebook") / "schema.sql").read_text("utf-8"))
        except sqlcipher3.DatabaseError as error:
            con.close()
            raise Failure(Exit.INTEGRITY, f"{path}: its key does not open it, or it is damaged. Put the right key back, or restore a backup.") from error
        path.chmod(0o600)
        migrate(con)
        return cls(con, bytes.fromhex(audit_key), turn or nullcontext())

    def __enter__(self) -> Casebook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.con.close()

    def add_user(self, name: str, *, role: str, organisation: str, password: str, note_signed: bool, now: datetime) -> None:
        """Make an account; it is active from the moment that the confidentiality note is recorded."""
        if len(password) < PASSWORD_MIN:
            raise Failure(Exit.USAGE, f"The password is too short: at least {PASSWORD_MIN} characters.")
        values = (name, role, organisation, self._hasher.hash(password), now.isoformat() if note_signed else None, now.isoformat())
        self.change("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)", values, who=name, action="account made", subject=role, now=now)

    def log_in(self, name: str, password: str, *, now: datetime) -> str:
        """Check a password and return the user's role. Five wrong ones close the account for fifteen minutes.

        Raises:
            Failure: wrong name or password, too many tries, or no confidentiality note (7); one sentence for the first two alike.
        """
        since = (now - TRIES_WITHIN).isoformat()
        tries = self.con.execute("SELECT count(*) FROM log_in_try WHERE user = ? AND NOT good AND at > ?", (name, since)).fetchone()[0]
        if tries >= TRIES_MAX:
            raise Failure(Exit.POLICY, "Too many wrong passwords. Wait fifteen minutes, then try again.")
        account = "SELECT password, role, note_signed_at FROM user WHERE name = ? AND name NOT IN (SELECT user FROM closed_account)"
        row = self.con.execute(account, (name,)).fetchone()
        good = _verified(self._hasher, row[0] if row else None, password)
        self.con.execute("INSERT INTO log_in_try VALUES (?, ?, ?)", (name, now.isoformat(), int(good)))
        if not good or row is None:
            self.audit(who=name, action="log-in refused", subject="", now=now)
            raise Failure(Exit.POLICY, "The name or the password is wrong.")
        if row[2] is None:
            raise Failure(Exit.POLICY, "The account is not active: its confidentiality note is not recorded.")
        return str(row[1])

    def decide(
        self, user: str, cluster: str, decision: str, *, alternative: str, reason: str, assessment: Mapping[str, Any], run: str, now: datetime,
        made_up: bool = False,
    ) -> int:  # fmt: skip
        """Record a decision. Returns its number.

        Raises:
            Failure: an unknown decision (2), no alternative explanation or reason, or refused by the database (7).
        """
        if decision not in DECISIONS:
            raise Failure(Exit.USAGE, f"{decision}: choose one of {', '.join(DECISIONS)}.")
        if not alternative.strip() or not reason.strip():
            raise Failure(Exit.POLICY, "An alternative explanation and a reason are required: write what else could explain what is seen.")
        values = (cluster, run, decision, alternative, reason, json.dumps(dict(assessment), ensure_ascii=False), user, int(made_up), now.isoformat())
        return self.change(
            "INSERT INTO judgement (cluster, run, decision, alternative, reason, assessment, decider, made_up, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values, who=user, action=f"decided {decision}", subject=cluster, now=now,
        )  # fmt: skip

    def approve(self, user: str, cluster: str, *, now: datetime, made_up: bool = False) -> None:
        """Approve the latest decision on a cluster; the database refuses the person who decided.

        Raises:
            Failure: nothing to approve (4), or refused (7).
        """
        latest = "SELECT max(id) FROM judgement WHERE cluster = ? AND id NOT IN (SELECT judgement FROM withdrawal) HAVING max(id) IS NOT NULL"
        row = self.con.execute(latest, (cluster,)).fetchone()
        if row is None:
            raise Failure(Exit.NOTHING, f"Nobody has decided on {cluster} yet.")
        values = (row[0], user, int(made_up), now.isoformat())
        self.change("INSERT INTO approval VALUES (?, ?, ?, ?)", values, who=user, action="approved", subject=cluster, now=now)

    def judgements(self) -> dict[str, Judgement]:
        """Return the latest decision on each cluster that nobody has withdrawn."""
        rows = self.con.execute(
            "SELECT judgement.id, cluster, run, decision, alternative, reason, assessment, decider, coalesce(approver, ''), judgement.made_up, "
            "judgement.at, approval.at FROM judgement LEFT JOIN approval ON approval.judgement = judgement.id "
            "WHERE judgement.id NOT IN (SELECT judgement FROM withdrawal) ORDER BY judgement.id"
        ).fetchall()
        return {
            row[1]: Judgement(
                id=row[0], cluster=row[1], run=row[2], decision=row[3], alternative=row[4], reason=row[5], assessment=json.loads(row[6]), decider=row[7],
                approver=row[8], made_up=bool(row[9]), at=datetime.fromisoformat(row[10]), approved_at=datetime.fromisoformat(row[11]) if row[11] else None,
            )
            for row in rows
        }  # fmt: skip

    def add_do_not_contact(self, contact_id: str, *, kind: str, reason: str, who: str, now: datetime) -> None:
        """Mark a pseudonym: no list will hold it, whatever its band."""
        if not reason.strip():
            raise Failure(Exit.POLICY, "Write who said so and how it was checked.")
        self.change(
            "INSERT INTO do_not_contact VALUES (?, ?, 1, ?, ?) ON CONFLICT (contact_id) DO NOTHING",
            (contact_id, kind, reason, now.isoformat()), who=who, action="do not contact", subject=contact_id, now=now,
        )  # fmt: skip

    def do_not_contact(self) -> frozenset[str]:
        """Return the pseudonyms of those who do not want contact."""
        return frozenset(row[0] for row in self.con.execute("SELECT contact_id FROM do_not_contact").fetchall())

    def confirm_cue(self, finding: str, *, confirmed: bool, who: str, now: datetime) -> None:
        """Record a person's reading of a possible sign of coercion: it counts in a band only when confirmed."""
        self.change(
            "INSERT INTO cue_confirmation VALUES (?, ?, ?, ?) ON CONFLICT (finding) DO UPDATE SET confirmed = excluded.confirmed",
            (finding, int(confirmed), who, now.isoformat()), who=who, action="read a cue", subject=finding, now=now,
        )  # fmt: skip

    def confirmed_cues(self) -> frozenset[str]:
        """Return the findings that a person has confirmed."""
        return frozenset(row[0] for row in self.con.execute("SELECT finding FROM cue_confirmation WHERE confirmed").fetchall())

    def contacts_made(self) -> dict[str, list[Contact]]:
        """Return the earlier contacts of each cluster that has any: when, outcome code, answered, declined, and by which agency; the latest first."""
        found: dict[str, list[Contact]] = {}
        rows = self.con.execute("SELECT cluster, at, coalesce(outcome, ''), answered, declined, agency FROM visit ORDER BY at DESC").fetchall()
        for cluster, at, outcome, answered, declined, agency in rows:
            found.setdefault(cluster, []).append((datetime.fromisoformat(at), outcome, bool(answered), bool(declined), agency))
        return found

    def write_list(self, body: Mapping[str, Any], judgement_ids: list[int], *, who: str, now: datetime) -> None:
        """Keep a list that was taken out, row by row, each bound to its approved decision."""
        with self.changing(who=who, action="list taken out", subject=str(body["list_id"]), now=now) as con:
            con.execute("INSERT INTO outreach_list VALUES (?, ?, ?, ?, ?)", (body["list_id"], body["created"], body["expires"], body["team"], who))
            for row, judgement in zip(body["rows"], judgement_ids, strict=True):
                values = (body["list_id"], row["row"], row["case"], judgement, json.dumps(row, ensure_ascii=False))
                con.execute("INSERT INTO outreach_row VALUES (?, ?, ?, ?, ?)", values)

    def audit(self, *, who: str, action: str, subject: str, now: datetime) -> None:
        """Append a row to the audit: reads of ads, lists and searches too."""
        with self._turn:
            self.con.execute("BEGIN IMMEDIATE")
            self._append(who, action, subject, now)
            self.con.execute("COMMIT")

    def first_broken_row(self) -> int | None:
        """Walk the audit chain; return the sequence of the first row that was changed, removed or moved, or None."""
        start = self._chain_start()
        if start is None:
            return 1
        expected, before = start[0] + 1, start[1]
        for sequence, at, who, action, subject, chain in self.con.execute("SELECT * FROM audit ORDER BY sequence").fetchall():
            if sequence != expected or chain != self._chain(before, sequence, at, who, action, subject):
                return int(expected)
            before, expected = chain, sequence + 1
        last = self.con.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
        return expected if last is not None and last[0] != expected - 1 else None

    def shorten_audit(self, *, before: str, now: datetime) -> int:
        """Delete the oldest rows of the audit, up to a moment (ISO 8601), and seal where the chain goes on. Returns how many rows went.

        The caller holds a transaction in which the audit's guard is aside.
        """
        last = self.con.execute("SELECT max(sequence) FROM audit WHERE sequence < coalesce((SELECT min(sequence) FROM audit WHERE at >= ?), 1e18)", (before,))
        sequence = last.fetchone()[0]
        if sequence is None:
            return 0
        chain = self.con.execute("SELECT chain FROM audit WHERE sequence = ?", (sequence,)).fetchone()[0]
        gone = self.con.execute("DELETE FROM audit WHERE sequence <= ?", (sequence,)).rowcount
        self.con.execute("DELETE FROM audit_checkpoint")
        self.con.execute("INSERT INTO audit_checkpoint VALUES (?, ?, ?, ?)", (sequence, chain, now.isoformat(), self._seal(sequence, chain, now.isoformat())))
        return int(gone)

    def _chain_start(self) -> tuple[int, str] | None:
        """Return the sequence and chain value that the audit goes on from: (0, '') at first; None when the checkpoint is not one that we sealed."""
        row = self.con.execute("SELECT sequence, chain, at, seal FROM audit_checkpoint ORDER BY sequence DESC LIMIT 1").fetchone()
        if row is None:
            return 0, ""
        return (row[0], row[1]) if hmac.compare_digest(row[3], self._seal(*row[:3])) else None

    def _seal(self, sequence: int, chain: str, at: str) -> str:
        return hmac.new(self._audit_key, json.dumps(["checkpoint", sequence, chain, at]).encode(), hashlib.sha256).hexdigest()

    def change(self, statement: str, values: tuple[Any, ...], *, who: str, action: str, subject: str, now: datetime) -> int:
        """Make one change and its audit row, together or not at all. Returns the number of the row."""
        with self.changing(who=who, action=action, subject=subject, now=now):
            number = self.con.execute(statement, values).lastrowid
        return int(number or 0)

    @contextmanager
    def changing(self, *, who: str, action: str, subject: str, now: datetime) -> Iterator[Any]:
        """Make several changes and one audit row, together or not at all. Gives the connection.

        Raises:
            Failure: the database refuses (7); that is audited too.
        """
        with self._turn:
            self.con.execute("BEGIN IMMEDIATE")
            try:
                yield self.con
                self._append(who, action, subject, now)
                self.con.execute("COMMIT")
            except sqlcipher3.IntegrityError as refused:
                self.con.execute("ROLLBACK")
                self.audit(who=who, action=f"refused: {action}", subject=subject, now=now)
                raise Failure(Exit.POLICY, f"Refused: {refused}.") from refused
            except BaseException:
                self.con.execute("ROLLBACK")
                raise

    def _append(self, who: str, action: str, subject: str, now: datetime) -> None:
        last = self.con.execute("SELECT sequence, chain FROM audit ORDER BY sequence DESC LIMIT 1").fetchone() or self._chain_start() or (0, "")
        row = (last[0] + 1, now.isoformat(), who, action, subject)
        self.con.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", (*row, self._chain(last[1], *row)))

    def _chain(self, before: str, sequence: int, at: str, who: str, action: str, subject: str) -> str:
        text = json.dumps([before, sequence, at, who, action, subject], ensure_ascii=False)
        return hmac.new(self._audit_key, text.encode(), hashlib.sha256).hexdigest()


def _verified(hasher: argon2.PasswordHasher, stored: str | None, password: str) -> bool:
    # an unknown name costs as much time as a wrong password
    try:
        return hasher.verify(stored or _NOBODY, password) and stored is not None
    except (argon2.exceptions.VerifyMismatchError, argon2.exceptions.InvalidHashError):
        return False


_NOBODY = argon2.PasswordHasher().hash("nobody has this password")
