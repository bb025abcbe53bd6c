"""A user's own account: passkeys made and removed here, and logging in with one."""

from __future__ import annotations

from typing import Any

from pipeline.casebook.passkeys import Passkey, add_passkey, note_use, passkey_of, passkeys, remove_passkey
from pipeline.failure import Failure
from review.failures import refused
from review.pages.entrance import come_in, log_in_page
from review.passkeys import Unproved
from review.shown import without_numbers
from review.visit import Answer, Shown, Visit, to


def own_account(visit: Visit) -> Answer:
    """Show the reader's own account with its passkeys."""
    visit.audit("read own account")
    return _page(visit, "")


def _page(visit: Visit, problem: str, status: int = 200) -> Shown:
    keys, place = passkeys(visit.book, visit.user), visit.place.passkeys
    options = place.to_register(visit.user, [key.credential for key in keys], now=visit.now)
    values: dict[str, Any] = {"keys": keys, "options": options, "problem": problem, "made": bool(visit.query.get("sparad")), "host": place.name}
    return Shown(template="own.html", values=values, status=status)


def key_add(visit: Visit) -> Answer:
    """Keep a new passkey of the reader, who proves by the password that nobody else sits at an open page."""
    try:
        visit.book.log_in(visit.user, visit.form.get("password", ("",))[0][:1000], now=visit.now)
        proved = visit.place.passkeys.registered(visit.user, visit.sent("credential", 20_000), now=visit.now)
        label = without_numbers(visit.sent("label", 60))
        add_passkey(visit.book, visit.user, proved.credential, proved.public_key, proved.counter, label=label, now=visit.now)
    except Unproved as error:
        visit.audit("refused: passkey", str(error))
        return _page(visit, visit.word("refused.passkey"), 403)
    except Failure as failure:
        said = refused(failure)
        return _page(visit, visit.word(f"refused.{said.key}"), said.status)
    return to("/mitt-konto", sparad=1)


def key_remove(visit: Visit) -> Answer:
    """Remove one of the reader's passkeys."""
    remove_passkey(visit.book, visit.user, visit.sent("key", 2000), now=visit.now)
    return to("/mitt-konto")


def log_in_key(visit: Visit) -> Answer:
    """Start a session for the owner of a passkey that the browser proves to hold."""
    found: dict[str, Passkey] = {}

    def key_of(name: str) -> tuple[bytes, int] | None:
        key = passkey_of(visit.book, name)
        if key is None:
            return None
        found[name] = key
        return key.public_key, key.counter

    try:
        proved = visit.place.passkeys.logged_in(visit.sent("credential", 20_000), key_of, now=visit.now)
    except Unproved:
        owner = next((key.user for key in found.values()), "nobody")
        visit.book.audit(who=owner, action="log-in refused", subject="passkey", now=visit.now)
        return log_in_page(visit, problem=visit.word("refused.passkey"), status=403)
    key = found[proved.credential]
    note_use(visit.book, key, proved.counter, now=visit.now)
    return come_in(visit, key.user)
