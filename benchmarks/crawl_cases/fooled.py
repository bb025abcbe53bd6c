"""One crawl in a process whose names answer as they are told to and whose every attempt to connect is noted. The order comes over standard input.

One loopback address, 127.0.0.2, stands for the public network, so that there is a site at all; every other address is judged as on any night.
"""

from __future__ import annotations

import dataclasses
import json
import pickle
import socket
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twisted.internet._resolver import GAIResolver

from crawler import browser, resolver
from crawler.child import crawl
from crawler.gate import why_refused
from crawler.order import Order
from crawler.quiet_log import open_log

PUBLIC = "127.0.0.2"
Names = Mapping[str, Sequence[str]]  # name to what it answers the first time, the second and so on; the last answer stays


def fool(names: Names) -> list[str]:
    """Put the made-up names and the note of connections in place; returns the list that grows by every address connected to."""
    asked: Counter[str] = Counter()
    real: Callable[..., Any] = socket.getaddrinfo

    def answer(host: Any, *more: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name in names:
            asked[name] += 1
            host = names[name][min(asked[name], len(names[name])) - 1]
        return real(host, *more, **named)

    def judged(address: str, *, simulator: bool) -> str:
        return "" if address == PUBLIC else why_refused(address, simulator=simulator)

    socket.getaddrinfo = answer
    GAIResolver.__init__.__defaults__ = (None, answer)  # which has the real one as its default
    resolver.why_refused = browser.why_refused = judged  # type: ignore[attr-defined]
    connected: list[str] = []

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            connected.append(str(arguments[1][0]))

    sys.addaudithook(note)
    return connected


def serve() -> None:
    """Run the order, and say what was connected to and what came of it."""
    order, names = pickle.load(sys.stdin.buffer)
    assert isinstance(order, Order)
    connected = fool(names)
    open_log(order.log)
    report = crawl(order, lambda counts: None)
    elsewhere = sorted({address for address in connected if address != PUBLIC})
    print(json.dumps({"elsewhere": elsewhere, "connections": len(connected), "report": dataclasses.asdict(report)}))


if __name__ == "__main__":
    serve()
