"""Requests to the review page as anybody could send them, with and without a session: every answer is a page, never our fault."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.fuzz.inputs import short
from benchmarks.fuzz.run import BrokenPromise, Parser
from pipeline.casebook.sessions import start_session
from review.app import build_app
from review.entry import Entry
from review.place import Place
from review.policy import POLICY, ROLES
from review.routes import ENTRIES
from review.security import COOKIE, worn_token
from tests.keeping.world import START, Installation, ad, phone_of, ring

Case = tuple[Entry, str, list[tuple[str, str]], str, bool, bytes]  # where, as whom, what is sent, the address's own part, with a right token, what follows
ORIGIN = "http://127.0.0.1:8460"
NAMES = (
    "name", "password", "cluster", "decision", "alternative", "reason", "form", "row", "purpose", "contact", "kind", "wish", "asked", "identity", "answer",
    "finding", "source", "municipality", "venue", "seen", "tip", "list_id", "code", "offers", "harm", "note", "role", "organisation", "what", "ads", "other",
    "language", "material", "text", "team_safety", "minor_check", "legal", "interpreter", "channel", "person_safety",
    "sida", "nytt", "vem", "till", "csrf", "base",
)  # fmt: skip
USUAL = ("approve", "grant", "refuse", "erase", "access", "phone", "1", "0", "yes", "1283", "W-1", "csv", "070-174 06 60", "hotel")
RAW = (b"", b"", b"", b"&" * 3000, b"\xff=%ff&a", b"csrf")


def _case(dice: Random) -> Case:
    fields = [(dice.choice(NAMES), dice.choice(USUAL) if dice.random() < 0.5 else short(dice)) for _ in range(dice.randrange(9))]
    return dice.choice(ENTRIES), dice.choice(("", *ROLES)), fields, short(dice), dice.random() < 0.6, dice.choice(RAW)


@contextmanager
def request(folder: Path) -> Iterator[Parser]:
    """The whole application on a small installation."""
    town = Installation(folder / "page")
    town.night(START, ad(1, START), *ring(60, START, phone=phone_of(60)))
    yield forms(Place(town.home, clock=lambda: START))


def forms(place: Place) -> Parser:
    """Return the application of a place as a parser of requests."""
    tokens = {role: hire(place, role) for role in ROLES}
    app = build_app(place, origins=frozenset({ORIGIN}))

    def ask(case: Case) -> None:
        scope, body = _scope(case, tokens)
        said = io.StringIO()
        with redirect_stderr(said):
            status, _, _ = asyncio.run(answered(app, scope, body))
        if status >= 500:
            raise BrokenPromise(f"{status}: {said.getvalue().strip()[-200:]}")

    return Parser(name="forms", cases=_case, ask=ask)


def hire(place: Place, role: str) -> tuple[str, str]:
    """Make an account and a session; return its token and its form's token."""
    values = (f"{role}-x", role, "kommunen", "!", place.now().isoformat(), place.now().isoformat())
    place.book().change("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)", values, who=values[0], action="account made", subject=role, now=place.now())
    token = start_session(place.book(), values[0], now=place.now())
    return token, str(place.book().con.execute("SELECT csrf FROM session WHERE user = ?", (values[0],)).fetchone()[0])


def _scope(case: Case, tokens: dict[str, tuple[str, str]]) -> tuple[MutableMapping[str, Any], bytes]:
    entry, role, fields, part, honest, raw = case
    role = next(iter(sorted(POLICY[entry.name] & set(tokens))), role) if honest else role
    token, csrf = tokens.get(role, ("", ""))
    sent = urlencode([("csrf", worn_token(csrf)), *fields] if honest else fields).encode()
    path = "/".join(part if piece.startswith("{") else piece for piece in entry.path.split("/"))
    return scope_of(entry.method, path, token, query=sent if entry.method == "GET" else b""), sent + raw if entry.method == "POST" else b""


def scope_of(method: str, path: str, token: str, *, query: bytes = b"") -> MutableMapping[str, Any]:
    """Return a request as a server hands it to the application."""
    headers = [(b"origin", ORIGIN.encode()), (b"host", b"127.0.0.1:8460"), (b"cookie", f"{COOKIE}={token}".encode())]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "root_path": "", "headers": headers,
        "path": path, "raw_path": quote(path).encode(), "query_string": query, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8460),
    }  # fmt: skip


async def answered(app: Any, scope: MutableMapping[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the application's answer."""
    status, headers, content = 0, {}, b""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, headers, content
        if message["type"] == "http.response.start":
            status, headers = message["status"], {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
        content += message.get("body", b"")

    await app(scope, receive, send)
    return status, headers, content
