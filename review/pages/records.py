"""The audit: who did and saw what, the newest first, and whether the chain is whole."""

from __future__ import annotations

from review.acts import act
from review.visit import Answer, Shown, Visit

ROWS_A_PAGE = 100


def log(visit: Visit) -> Answer:
    """Show one page of the audit, of one user when named."""
    visit.audit("read the audit")
    who, number = visit.query.get("vem", "")[:80], max(1, visit.number("sida"))
    total = visit.book.con.execute("SELECT count(*) FROM audit WHERE ? IN ('', who)", (who,)).fetchone()[0]
    rows = visit.book.con.execute(
        "SELECT sequence, at, who, action, subject FROM audit WHERE ? IN ('', who) ORDER BY sequence DESC LIMIT ? OFFSET ?",
        (who, ROWS_A_PAGE, (number - 1) * ROWS_A_PAGE),
    ).fetchall()
    whole = visit.book.con.execute("SELECT count(*) FROM audit").fetchone()[0]
    shown = [(sequence, at, name, act(action, visit.language), subject) for sequence, at, name, action, subject in rows]
    values = {"rows": shown, "who": who, "page": number, "pages": max(1, -(-total // ROWS_A_PAGE)), "total": total, "whole": whole}
    return Shown(template="log.html", values={**values, "broken": visit.book.first_broken_row()})
