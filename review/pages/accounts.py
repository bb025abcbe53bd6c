"""Accounts, for an administrator, who sees no ads: invite, record the note, a new link, close."""

from __future__ import annotations

from pipeline.casebook.accounts import accounts, close_account, invite, new_link, sign_note
from review.policy import ROLES
from review.visit import Answer, Refused, Shown, Visit, to


def all_accounts(visit: Visit) -> Answer:
    """Show every account."""
    visit.audit("read the accounts")
    return _page(visit, "", "")


def _page(visit: Visit, name: str, link: str) -> Shown:
    return Shown(template="accounts.html", values={"rows": accounts(visit.book), "roles": ROLES, "name": name, "link": link})


def account_send(visit: Visit) -> Answer:
    """Make an account and show its one-time link, once."""
    role, name = visit.sent("role"), visit.sent("name", 60).lower()
    if role not in ROLES:
        raise Refused(400, "not_whole")
    noted = visit.sent("note") == "yes"
    token = invite(visit.book, name, role=role, organisation=visit.sent("organisation", 100), note_signed=noted, by=visit.user, now=visit.now)
    return _page(visit, name, f"/lank/{token}")


def account_change(visit: Visit) -> Answer:
    """Record the note, make a new link, or close an account; nobody closes their own."""
    name, what = visit.fields["name"], visit.sent("what")
    if name not in {one["name"] for one in accounts(visit.book)} or (what == "close" and name == visit.user):
        raise Refused(404, "unknown")
    if what == "link":
        return _page(visit, name, f"/lank/{new_link(visit.book, name, by=visit.user, now=visit.now)}")
    if what == "note":
        sign_note(visit.book, name, by=visit.user, now=visit.now)
    elif what == "close":
        close_account(visit.book, name, by=visit.user, now=visit.now)
    return to("/konton")
