"""The application: from a request to a page's function and back, with log-in, policy, tokens and headers in one place."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.casebook.sessions import session_of
from pipeline.failure import Failure
from review.entry import Entry
from review.failures import refused
from review.passkeys import Passkeys
from review.place import Place
from review.policy import allowed, check_policy
from review.rendering import render
from review.routes import ENTRIES
from review.security import COOKIE, FORM_MAX, HEADERS, STATIC_HEADERS, same_origin, same_token
from review.visit import Answer, Moved, Refused, Sent, Shown, Visit
from review.words import LANGUAGES

LANGUAGE_COOKIE = "lykta_sprak"
FIELDS_MAX = 2000  # fields of one form
Made = TypeVar("Made")
NOTED = ("origin", "link")  # refusals that stand in the audit though nobody is logged in
WORKERS = 8  # threads that answer; each keeps its casebook open for as long as the page is served


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Under which origins the page is served, such as http://127.0.0.1:8460, and the threads that answer."""

    origins: frozenset[str]
    workers: ThreadPoolExecutor

    async def carry_out(self, work: Callable[..., Made], *values: Any) -> Made:
        """Do some work in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, work, *values)


def build_app(place: Place, *, origins: frozenset[str], entries: Sequence[Entry] = ENTRIES) -> Starlette:
    """Build the application.

    Raises:
        Failure: a route has no policy (8).
    """
    check_policy(entry.name for entry in entries)
    place.passkeys = Passkeys(origins)
    served = Served(origins=origins, workers=ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="answer"))
    routes = [Route(entry.path, _endpoint(place, served, entry), methods=[entry.method], name=entry.name) for entry in entries]
    return Starlette(routes=routes, exception_handlers={404: _no_page(place, served), 405: _no_page(place, served)})


def _endpoint(place: Place, served: Served, entry: Entry) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > FORM_MAX:
                return await served.carry_out(_answer, place, entry, request, served, None)
        return await served.carry_out(_answer, place, entry, request, served, body)

    return answer


def _no_page(place: Place, served: Served) -> Callable[[Any, Exception], Awaitable[Response]]:
    async def answer(request: Any, error: Exception) -> Response:
        return await served.carry_out(_nowhere, place, served, request)

    return answer


def _nowhere(place: Place, served: Served, request: Request) -> Response:
    return _refusal(_visit(place, "start", request, {}), served, Refused(404, "no_page"))


def _answer(place: Place, entry: Entry, request: Request, served: Served, body: bytes | None) -> Response:
    """Carry out one request; whatever goes wrong becomes a page that says what to do."""
    form = form_of(body) if body is not None else None
    visit = _visit(place, entry.name, request, form or {})
    try:
        return _response(visit, served, _page(visit, entry, request, served, whole=form is not None))
    except Exception as error:  # the last line of defence: a reader gets a sentence, the log the place, neither the values
        frame = traceback.extract_tb(error.__traceback__)[-1]
        print(f"{entry.name}: {type(error).__name__} in {os.path.basename(frame.filename)}, line {frame.lineno}", file=sys.stderr, flush=True)
        if os.environ.get("LYKTA_TRACEBACK"):
            traceback.print_exc()
        return _refusal(visit, served, Refused(500, "other"))


def _page(visit: Visit, entry: Entry, request: Request, served: Served, *, whole: bool) -> Answer:
    """Return what the page answers; a refusal is noted in the audit, and becomes a page of its own."""
    try:
        if not whole:
            raise Refused(413, "too_large")
        _admit(visit, entry, request, served)
        if visit.session is None and not allowed(entry.name, None):
            return Moved(to="/logga-in?till=" + quote(visit.path))
        return entry.page(visit)
    except (Refused, Failure) as error:
        stop = refused(error) if isinstance(error, Failure) else error
    if visit.session is not None or stop.key in NOTED:
        visit.audit(f"refused: {visit.route}", stop.key)
    return _refusal_page(visit, stop)


def form_of(body: bytes) -> dict[str, tuple[str, ...]] | None:
    """Return the fields of a form, each with all its values; None when there are more than any form of ours has."""
    form: dict[str, tuple[str, ...]] = {}
    try:
        for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_MAX):
            form[name] = (*form.get(name, ()), value)
    except ValueError:
        return None
    return form


def _visit(place: Place, route: str, request: Request, form: dict[str, tuple[str, ...]]) -> Visit:
    cookies = _cookies(request)
    token, now = cookies.get(COOKIE, ""), place.now()
    language = cookies.get(LANGUAGE_COOKIE, "sv")
    return Visit(
        place=place,
        route=route,
        path=request.url.path + (f"?{request.url.query}" if request.url.query and request.method == "GET" else ""),
        fields={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
        form=form,
        session=session_of(place.book(), token, now=now) if token else None,
        token=token,
        language=language if language in LANGUAGES else "sv",
        now=now,
    )


def _cookies(request: Request) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(request.headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _admit(visit: Visit, entry: Entry, request: Request, served: Served) -> None:
    """Check origin, session, token and role, in this order.

    Raises:
        Refused: one of them is not right (403).
    """
    if entry.method == "POST" and not same_origin(request.headers, served.origins):
        raise Refused(403, "origin")
    if visit.session is None:
        if entry.method == "POST" and not allowed(entry.name, None):
            raise Refused(403, "logged_out")
        return
    if not allowed(entry.name, visit.role):
        raise Refused(403, "role")
    if entry.method == "POST" and not allowed(entry.name, None) and not same_token(visit.sent("csrf"), visit.session.csrf):
        raise Refused(403, "token")


def _refusal_page(visit: Visit, stop: Refused) -> Shown:
    values = {"title": visit.word(f"refused.{stop.key}_title"), "what": visit.word(f"refused.{stop.key}", **stop.values), "status": stop.status}
    return Shown(template="refused.html", values=values, status=stop.status)


def _refusal(visit: Visit, served: Served, stop: Refused) -> Response:
    return _response(visit, served, _refusal_page(visit, stop))


def _response(visit: Visit, served: Served, answer: Answer) -> Response:
    if isinstance(answer, Sent):
        kept = STATIC_HEADERS if visit.route == "static" else HEADERS
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(answer.name)}"} if answer.name else {}
        return Response(answer.body, media_type=answer.kind, headers={**kept, **named, **answer.headers})
    afterwards = BackgroundTask(served.carry_out, answer.afterwards) if answer.afterwards else None
    if isinstance(answer, Moved):
        made = Response(status_code=303, headers={**HEADERS, "Location": answer.to}, background=afterwards)
    else:
        page = render(visit, answer.template, answer.values)
        made = Response(page, status_code=answer.status, media_type="text/html", headers={**HEADERS, **answer.headers}, background=afterwards)
    for cookie in answer.cookies:
        made.headers.append("Set-Cookie", cookie)
    return made
