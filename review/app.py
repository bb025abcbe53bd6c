"""The application: from a request to a page's function and back, with log-in, policy, tokens and headers in one place."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.casebook.sessions import session_of
from pipeline.failure import Failure
from review.entry import Entry
from review.failures import refused
from review.place import Place
from review.policy import allowed, check_policy
from review.rendering import render
from review.routes import ENTRIES
from review.security import COOKIE, FORM_MAX, HEADERS, STATIC_HEADERS, same_origin, same_token
from review.visit import Answer, Moved, Refused, Sent, Shown, Visit
from review.words import LANGUAGES

LANGUAGE_COOKIE = "lykta_sprak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Under which origins the page is served, such as http://127.0.0.1:8460."""

    origins: frozenset[str]


def build_app(place: Place, *, origins: frozenset[str], entries: Sequence[Entry] = ENTRIES) -> Starlette:
    """Build the application.

    Raises:
        Failure: a route has no policy (8).
    """
    check_policy(entry.name for entry in entries)
    served = Served(origins=origins)
    routes = [Route(entry.path, _endpoint(place, served, entry), methods=[entry.method], name=entry.name) for entry in entries]
    return Starlette(routes=routes, exception_handlers={404: _no_page(place), 405: _no_page(place)})


def _endpoint(place: Place, served: Served, entry: Entry) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > FORM_MAX:
                return await run_in_threadpool(_answer, place, entry, request, served, None)
        return await run_in_threadpool(_answer, place, entry, request, served, body)

    return answer


def _no_page(place: Place) -> Callable[[Any, Exception], Awaitable[Response]]:
    async def answer(request: Any, error: Exception) -> Response:
        return await run_in_threadpool(_refusal, _visit(place, "start", request, b""), Refused(404, "no_page"))

    return answer


def _answer(place: Place, entry: Entry, request: Request, served: Served, body: bytes | None) -> Response:
    """Carry out one request; whatever goes wrong becomes a page that says what to do."""
    visit = _visit(place, entry.name, request, body or b"")
    try:
        if body is None:
            raise Refused(413, "too_large")
        _admit(visit, entry, request, served)
        if visit.session is None and not allowed(entry.name, None):
            return _response(visit, Moved(to="/logga-in?till=" + quote(visit.path)))
        return _response(visit, entry.page(visit))
    except Refused as stop:
        return _refusal(visit, stop)
    except Failure as failure:
        return _refusal(visit, refused(failure))
    except Exception as error:  # the last line of defence: a reader gets a sentence, the log the place, neither the values
        frame = traceback.extract_tb(error.__traceback__)[-1]
        print(f"{entry.name}: {type(error).__name__} in {os.path.basename(frame.filename)}, line {frame.lineno}", file=sys.stderr, flush=True)
        if os.environ.get("LYKTA_TRACEBACK"):
            traceback.print_exc()
        return _refusal(visit, Refused(500, "other"))


def _visit(place: Place, route: str, request: Request, body: bytes) -> Visit:
    cookies = _cookies(request)
    token, now = cookies.get(COOKIE, ""), place.now()
    language = cookies.get(LANGUAGE_COOKIE, "sv")
    form: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=2000) if body else ():
        form[name] = (*form.get(name, ()), value)
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
        raise _denied(visit, "origin")
    if visit.session is None:
        if entry.method == "POST" and not allowed(entry.name, None):
            raise Refused(403, "logged_out")
        return
    if not allowed(entry.name, visit.role):
        raise _denied(visit, "role")
    if entry.method == "POST" and not allowed(entry.name, None) and not same_token(visit.sent("csrf"), visit.session.csrf):
        raise _denied(visit, "token")


def _denied(visit: Visit, key: str) -> Refused:
    visit.audit(f"refused: {visit.route}", key)
    return Refused(403, key)


def _refusal(visit: Visit, stop: Refused) -> Response:
    values = {"title": visit.word(f"refused.{stop.key}_title"), "what": visit.word(f"refused.{stop.key}", **stop.values), "status": stop.status}
    return _response(visit, Shown(template="refused.html", values=values, status=stop.status))


def _response(visit: Visit, answer: Answer) -> Response:
    if isinstance(answer, Sent):
        kept = STATIC_HEADERS if visit.route == "static" else HEADERS
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(answer.name)}"} if answer.name else {}
        return Response(answer.body, media_type=answer.kind, headers={**kept, **named, **answer.headers})
    afterwards = BackgroundTask(answer.afterwards) if answer.afterwards else None
    if isinstance(answer, Moved):
        made = Response(status_code=303, headers={**HEADERS, "Location": answer.to}, background=afterwards)
    else:
        page = render(visit, answer.template, answer.values)
        made = Response(page, status_code=answer.status, media_type="text/html", headers={**HEADERS, **answer.headers}, background=afterwards)
    for cookie in answer.cookies:
        made.headers.append("Set-Cookie", cookie)
    return made
