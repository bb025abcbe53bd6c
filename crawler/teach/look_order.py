"""What the child process of a look is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.order import Order
from crawler.teach.seen import Found, Step

Next = Callable[[Found], Step | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookOrder:
    """An order as for a crawl, and what chooses the pages: a function of a module, or a partial of one, because it is pickled."""

    order: Order
    choose: Next
