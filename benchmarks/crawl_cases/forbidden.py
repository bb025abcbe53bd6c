"""A site at the address that stands for the public network, and listeners at the addresses that must not be reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.crawl_cases.fooled import PUBLIC

Answer = tuple[int, str, bytes]  # status, header lines of its own as "Name: value|Name: value", body
INSIDE = (("127.0.0.1", socket.AF_INET), ("127.8.9.10", socket.AF_INET), ("::1", socket.AF_INET6))


@dataclass(slots=True, kw_only=True)
class Ground:
    """Where the site is, the port of the listeners, and what reached them: first lines of requests, or `(nothing said)`."""

    site_port: int
    inside_port: int
    asked: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)


@contextmanager
def ground(answer: Callable[[Ground, str], Answer]) -> Iterator[Ground]:
    """Open the site, which answers by `answer(ground, path)`, and listeners at its port and at another on all other loopback addresses."""
    with ExitStack() as stack:
        site = ThreadingHTTPServer((PUBLIC, 0), BaseHTTPRequestHandler)
        stack.callback(site.server_close)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            inside_port = free.getsockname()[1]
        opened = Ground(site_port=site.server_address[1], inside_port=inside_port)
        site.RequestHandlerClass = _handler(opened, answer)
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        stack.callback(site.shutdown)
        for host, family in (*INSIDE, (PUBLIC, socket.AF_INET)):
            for port in {opened.inside_port, opened.site_port} if host != PUBLIC else {opened.inside_port}:
                _listen(stack, opened, host, family, port)
        yield opened


def _listen(stack: ExitStack, opened: Ground, host: str, family: socket.AddressFamily, port: int) -> None:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        listener = stack.enter_context(socket.socket(family, kind))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        if kind == socket.SOCK_STREAM:
            listener.listen(50)
        threading.Thread(target=_note, args=(opened, listener, f"{host}:{port}"), daemon=True).start()


def _note(opened: Ground, listener: socket.socket, place: str) -> None:
    while True:
        try:
            if listener.type == socket.SOCK_DGRAM:
                listener.recvfrom(100)
                opened.reached.append(f"{place} by UDP")
                continue
            talk, _ = listener.accept()
            talk.settimeout(0.5)
            said = talk.recv(300).split(b"\r\n")[0].decode("latin-1")
            talk.close()
        except TimeoutError:
            said = "(nothing said)"
        except OSError:
            return
        opened.reached.append(f"{place} {said}")


def _handler(opened: Ground, answer: Callable[[Ground, str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            opened.asked.append(self.path)
            status, headers, body = answer(opened, self.path)
            self.send_response(status)
            named = dict(line.split(": ", 1) for line in headers.split("|") if line)
            for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **named}.items():
                self.send_header(name, value)
            self.end_headers()  # and the connection closes: the next request looks the name up again
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            pass

    return Handler
