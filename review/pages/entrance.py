"""Coming in and going out: log-in, one-time links, language, and the page's own files."""

from __future__ import annotations

import functools
from importlib.resources import files

from pipeline.casebook.accounts import owner_of_link, set_password
from pipeline.casebook.decisions import kept_place
from pipeline.casebook.sessions import end_session, start_session
from pipeline.failure import Failure
from review.failures import refused
from review.security import session_cookie
from review.visit import Answer, Moved, Refused, Sent, Shown, Visit
from review.words import LANGUAGES

SCRIPT = "text/javascript; charset=utf-8"
KINDS = {"style.css": "text/css; charset=utf-8", "keys.js": SCRIPT, "passkeys.js": SCRIPT, "lykta.svg": "image/svg+xml"}
HOMES = {"outreach": "/besokslista", "safeguarding": "/barn", "analyst": "/statistik", "dpo": "/registerutdrag", "auditor": "/logg", "admin": "/konton"}


def start(visit: Visit) -> Answer:
    """Move on to where a role's work begins."""
    return Moved(to=HOMES.get(visit.role, "/ko"))


def log_in(visit: Visit) -> Answer:
    """Show the log-in form."""
    if visit.session is not None:
        return Moved(to="/")
    return log_in_page(visit)


def log_in_page(visit: Visit, *, problem: str = "", name: str = "", status: int = 200) -> Shown:
    """Show the log-in form, with what went wrong and the name that was typed."""
    where = inside(visit.sent("to") or visit.query.get("till", ""))
    values = {"to": where, "problem": problem, "name": name, "options": visit.place.passkeys.to_log_in(now=visit.now)}
    return Shown(template="log_in.html", values=values, status=status)


def log_in_send(visit: Visit) -> Answer:
    """Check a password and start a session under a new token; a coordinator goes on where they were."""
    name = visit.sent("name", 80)
    try:
        visit.book.log_in(name, visit.form.get("password", ("",))[0][:1000], now=visit.now)
    except Failure as failure:
        said = refused(failure)
        return log_in_page(visit, problem=visit.word(f"refused.{said.key}"), name=name, status=said.status)
    return come_in(visit, name)


def come_in(visit: Visit, name: str) -> Moved:
    """Start a session for who has proved to be this user, and go on: to the page asked for, where a reader was last, or the start."""
    if visit.session is not None:
        end_session(visit.book, visit.token, user=visit.user, now=visit.now)
    where = inside(visit.sent("to")) or ("/ko?fortsatt=1" if kept_place(visit.book, name) else "/")
    return Moved(to=where, cookies=(session_cookie(start_session(visit.book, name, now=visit.now)),))


def inside(path: str) -> str:
    """Return a path of this page, or '' for anything that could lead elsewhere."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if plain and not path.startswith(("/logga-", "/sprak")) else ""


def log_out(visit: Visit) -> Answer:
    """End the session."""
    end_session(visit.book, visit.token, user=visit.user, now=visit.now)
    visit.place.open_now.closed(visit.user)
    return Moved(to="/logga-in", cookies=(session_cookie(""),))


def link(visit: Visit) -> Answer:
    """Show the form by which a new colleague sets a password; an expired link says what to do."""
    owner = owner_of_link(visit.book, visit.fields["token"], now=visit.now)
    if not owner:
        raise Refused(410, "link")
    return Shown(template="link.html", values={"owner": owner, "problem": ""})


def link_send(visit: Visit) -> Answer:
    """Set the password; the link itself is the proof."""
    password, again = (visit.form.get(name, ("",))[0][:1000] for name in ("password", "again"))
    owner = owner_of_link(visit.book, visit.fields["token"], now=visit.now)
    if owner and password != again:
        return Shown(template="link.html", values={"owner": owner, "problem": visit.word("refused.not_the_same")}, status=400)
    try:
        set_password(visit.book, visit.fields["token"], password, now=visit.now)
    except Failure as failure:
        said = refused(failure)
        if said.key == "link" or not owner:
            raise Refused(410, "link") from failure
        return Shown(template="link.html", values={"owner": owner, "problem": visit.word(f"refused.{said.key}")}, status=said.status)
    return Moved(to="/logga-in")


def language(visit: Visit) -> Answer:
    """Switch the language and go back to the page that was read."""
    code = visit.fields["code"] if visit.fields["code"] in LANGUAGES else "sv"
    cookie = f"lykta_sprak={code}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000"
    return Moved(to=inside(visit.query.get("till", "")) or "/", cookies=(cookie,))


def static(visit: Visit) -> Answer:
    """Send one of the page's own files."""
    name = visit.fields["name"]
    if name not in KINDS:
        raise Refused(404, "no_page")
    return Sent(body=_file(name), kind=KINDS[name])


@functools.cache
def _file(name: str) -> bytes:
    return (files("review") / "static" / name).read_bytes()
