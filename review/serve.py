"""Serve the page on loopback. What stands before it (TLS, the network) is a reverse proxy's work."""

from __future__ import annotations

from collections.abc import Callable

import uvicorn

from pipeline.home import Home
from review.app import build_app
from review.drawing.map import shapes
from review.place import Place
from review.rendering import templates

HOST = "127.0.0.1"


def warm_up(place: Place) -> None:
    """Open everything once, so that the first reader does not wait for it."""
    place.book()
    shapes()
    for name in ("queue.html", "cluster.html"):
        templates().get_template(name)
    place.read_ahead(place.snapshot())


def serve(home: Home, *, port: int, origins: frozenset[str], room: Home | None, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        origins: further origins under which a reverse proxy serves the page, such as https://lykta.exempel.se.
        room: a demo installation that serves as classroom.
        ready: called with the address when everything is open.

    Raises:
        Failure: a key is missing (8), config is wrong (8), nothing is published (4).
    """
    place = Place(home, room=room)
    warm_up(place)
    own = frozenset({f"http://{HOST}:{port}", f"http://localhost:{port}"})
    app = build_app(place, origins=own | origins)
    ready(f"http://{HOST}:{port}/")
    # no access log: addresses name clusters; who read what stands in the audit
    uvicorn.run(app, host=HOST, port=port, access_log=False, log_level="warning", server_header=False, date_header=True, proxy_headers=False)
