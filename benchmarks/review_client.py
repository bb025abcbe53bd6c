"""Somebody at a browser that keeps its session and its connection, for measuring the page."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from urllib.parse import urlencode

PASSWORD = secrets.token_urlsafe(16)


class Client:
    """A browser that keeps its session and its connection."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.token = port, "", ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, where it moves on to, and body."""
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, urlencode({**(form or {}), "csrf": self.token}) if method == "POST" else None, headers)
        got = self.connection.getresponse()
        body = got.read().decode()
        if cookie := got.headers.get("set-cookie"):
            self.cookie = cookie.split(";")[0]
        if found := re.search(r'name="csrf" value="([^"]+)"', body):
            self.token = found.group(1)
        return got.status, got.headers.get("location", ""), body

    def log_in(self, name: str) -> None:
        """Start a session."""
        status, _, _ = self.ask("POST", "/logga-in", {"name": name, "password": PASSWORD})
        assert status == 303, status

    def timed(self, path: str) -> float:
        """Return the milliseconds until a page was read whole."""
        start = time.perf_counter()
        status, _, _ = self.ask("GET", path)
        assert status == 200, (path, status)
        return (time.perf_counter() - start) * 1000
