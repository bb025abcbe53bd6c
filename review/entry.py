"""One address of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from review.visit import Answer, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A route: its name in the policy table, GET or POST, its path, and the function that answers."""

    name: str
    method: str
    path: str
    page: Callable[[Visit], Answer]
