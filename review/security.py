"""What every answer carries and every form must prove."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# A cluster's page may ask our own server for the next cluster's, and nobody else for anything.
TURNING = {"Content-Security-Policy": f"{CSP}; connect-src 'self'"}
STATIC_HEADERS = {**HEADERS, "Cache-Control": "private, max-age=3600"}
COOKIE = "__Host-lykta"
COOKIE_RULES = "; Path=/; Secure; HttpOnly; SameSite=Strict"
FORM_MAX = 262_144  # bytes


def same_origin(headers: Mapping[str, str], own: frozenset[str]) -> bool:
    """Whether a form was sent from our own page.

    A browser that honours our no-referrer sends `Origin: null` even from our own pages; then Sec-Fetch-Site, which no page can set, must say
    same-origin. A request without either is not a browser's form, and is refused.

    Args:
        own: the origins under which the page is served, such as http://127.0.0.1:8460.
    """
    origin = headers.get("origin", "null")
    return headers.get("sec-fetch-site") in (None, "same-origin") if origin in own else origin == "null" and headers.get("sec-fetch-site") == "same-origin"


def worn_token(kept: str) -> str:
    """Return a session's token in a new dress: no two pages carry the same bytes, so a compressed page's length tells nothing of it."""
    if not kept:
        return ""
    pad = secrets.token_bytes(len(kept))
    return (pad + bytes(left ^ right for left, right in zip(pad, kept.encode(), strict=True))).hex()


def same_token(sent: str, kept: str) -> bool:
    """Compare a dressed token with the session's in a time that does not tell where they differ; an empty one is never the same."""
    try:
        worn = bytes.fromhex(sent)
    except ValueError:
        return False
    half = len(worn) // 2
    bare = bytes(left ^ right for left, right in zip(worn[:half], worn[half:], strict=False))
    return bool(kept) and hmac.compare_digest(bare, kept.encode())


def session_cookie(token: str) -> str:
    """Return the whole Set-Cookie value for a session; an empty token ends it."""
    return f"{COOKIE}={token}{COOKIE_RULES}" + ("" if token else "; Max-Age=0")
