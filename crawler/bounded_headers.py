"""A bound for the headers of an answer, which Scrapy's client reads without one."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers import http11
from twisted.web import _newclient

HEADER_BYTES_MAX = 64_000


class BoundedParser(http11._LenientHTTPClientParser):
    """Stop reading an answer whose status line and headers together pass 64,000 bytes."""

    _header_bytes = 0

    def lineReceived(self, line: bytes) -> Any:
        """Count a line before it is kept."""
        self._header_bytes += len(line)
        if self._header_bytes > HEADER_BYTES_MAX:
            raise _newclient.ParseError("headers without end", line[:80])  # type: ignore[no-untyped-call]
        return super().lineReceived(line)


def bound_headers() -> None:
    """Make this process's HTTP client use the bounded parser."""
    http11._LenientHTTPClientParser = BoundedParser  # type: ignore[misc]
