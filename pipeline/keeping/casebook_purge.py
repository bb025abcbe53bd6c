"""The casebook's own retention: decisions go when their time is over; the audit keeps that they were made, and by whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.casebook.book import Casebook
from pipeline.keeping.old_records import drop_old_records
from pipeline.keeping.unguarded import unguarded
from pipeline.settings import Retention
from pipeline.store import keeping_sql

# Each cluster with a decision: the latest one, whether a second person approved it, and the last thing that happened.
STANDING = """
SELECT judgement.cluster, judgement.decision, approval.at IS NOT NULL,
       max(judgement.at, coalesce(approval.at, ''), coalesce((SELECT max(at) FROM visit WHERE visit.cluster = judgement.cluster), ''))
FROM judgement LEFT JOIN approval ON approval.judgement = judgement.id
WHERE judgement.id IN (SELECT max(id) FROM judgement GROUP BY cluster)
"""

# Judgements of ads whose time is over: withdrawn, last followed, or made and never followed before that moment.
LET_GO = """
SELECT id FROM link_judgement LEFT JOIN link_judgement_met AS met ON met.judgement = id
LEFT JOIN link_judgement_withdrawal AS withdrawn ON withdrawn.judgement = id
WHERE coalesce(withdrawn.at, met.at, link_judgement.at) < ? ORDER BY id
"""

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_is\\_kept' ESCAPE '\\' AND tbl_name <> 'audit'"

# Table by table: how long each is kept, for the record of processing and the test that no table is without an answer.
KEPT: dict[str, str] = {
    "judgement": "approved_days after the last contact; undecided_days after a dismissal or an open decision",
    "approval": "with its judgement", "judgement_base": "with its judgement", "form_sent": "with its judgement", "second_reading": "with its judgement",
    "withdrawal": "with its judgement", "outreach_row": "with its judgement", "outreach_list": "with its last row", "taken_out": "with its list",
    "outcome": "with the cluster's judgement", "visit": "with the cluster's judgement", "manual_link": "with the cluster's judgement",
    "cluster_edit": "with the cluster's judgement", "nomination": "with the cluster's judgement", "venue_visit": "with the cluster's judgement",
    "link_judgement": "linking_days after the last night that both its sides had an ad, or after it was made or withdrawn",
    "link_judgement_withdrawal": "with its judgement", "link_judgement_met": "with its judgement",
    "handover": "5 years: what was disclosed, to whom, on what ground",
    "tip": "90 days, its own date", "cue_confirmation": "approved_days", "log_in_try": "fetch_log_days", "session": "a day after its end",
    "one_time_link": "fetch_log_days", "passkey": "until it is removed, a new password is set by a link, or the account is closed",
    "kept_place": "until the next log-in", "reveal": "5 years, without content", "audit": "5 years, without content",
    "audit_checkpoint": "no personal data", "disclosure": "5 years, without content",
    "wish": "5 years, pseudonym alone", "suppression": "for good, pseudonym alone",
    "do_not_contact": "for good, pseudonym alone", "hold": "until released",
    "user": "while employed, 5 years after it was closed, and while a kept record names it", "closed_account": "with its user",
    "team_pair": "no personal data", "text_approval": "while the text is in use", "training_answer": "made-up cases; until the account is closed",
    "schema_version": "no personal data",
}  # fmt: skip


def let_go(book: Casebook, retention: Retention, clock: datetime) -> int:
    """Delete decisions whose time is over, from the file too. Returns how many clusters' decisions went."""
    gone = [row[0] for row in book.con.execute(STANDING).fetchall() if _until(row, retention) < clock]
    with_own_time(book, retention, clock)
    drop_old_records(book, clock)
    if gone:
        delete_decisions(book, gone)
    delete_link_judgements(book, clock - timedelta(days=retention.linking_days))
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(gone)


def _until(row: tuple[str, str, int, str], retention: Retention) -> datetime:
    _, decision, approved, last = row
    days = retention.approved_days if decision == "approve" and approved else retention.undecided_days
    return datetime.fromisoformat(last) + timedelta(days=days)


def with_own_time(book: Casebook, retention: Retention, clock: datetime) -> None:
    """Delete what counts from its own date."""
    log = (clock - timedelta(days=retention.fetch_log_days)).isoformat()
    book.con.execute("DELETE FROM log_in_try WHERE at < ?", (log,))
    book.con.execute("DELETE FROM one_time_link WHERE expires < ?", (log,))
    book.con.execute("DELETE FROM session WHERE seen_at < ?", ((clock - timedelta(days=1)).isoformat(),))
    book.con.execute("DELETE FROM training_answer WHERE user IN (SELECT user FROM closed_account)")
    book.con.execute("DELETE FROM cue_confirmation WHERE at < ?", ((clock - timedelta(days=retention.approved_days)).isoformat(),))
    book.con.execute("DELETE FROM tip WHERE expires <= ? AND id NOT IN (SELECT tip FROM nomination WHERE tip IS NOT NULL)", (clock.isoformat(),))


def delete_decisions(book: Casebook, clusters: list[str]) -> None:
    """Delete the decisions on clusters, and all that hung on them. Triggers keep everybody else from it"""
    with unguarded(book, GUARDS) as con:
        con.execute("CREATE TEMP TABLE IF NOT EXISTS gone_cluster (cluster TEXT PRIMARY KEY)")
        con.execute("DELETE FROM gone_cluster")
        con.executemany("INSERT INTO gone_cluster VALUES (?)", [(cluster,) for cluster in clusters])
        for statement in keeping_sql("let_go").split(";"):
            con.execute(statement)


def delete_link_judgements(book: Casebook, oldest: datetime) -> None:
    """Delete judgements of ads that no night could follow since `oldest`, and those withdrawn or made before it and never followed."""
    gone = [(row[0],) for row in book.con.execute(LET_GO, (oldest.isoformat(),)).fetchall()]
    if gone:
        with unguarded(book, GUARDS) as con:
            con.executemany("DELETE FROM link_judgement_withdrawal WHERE judgement = ?", gone)
            con.executemany("DELETE FROM link_judgement_met WHERE judgement = ?", gone)
            con.executemany("DELETE FROM link_judgement WHERE id = ?", gone)
