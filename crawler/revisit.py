"""When an ad that is known is asked for again: new ones often, old ones rarely. A pure plan over what the store remembers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.records.site import Revisit

NIGHT = timedelta(hours=20)  # two nights are never nearer than this, however the timer wanders


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An ad that an earlier night read. Times are naive UTC; etag and last_modified as the site sent them, '' for none."""

    first_seen: datetime
    read_at: datetime
    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        """Return the headers by which the site may answer that nothing has changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


def nights_between(known: Known, plan: Revisit, now: datetime) -> int:
    """Return how many nights lie between two askings for an ad of its age."""
    age = (now - known.first_seen).days
    if age < plan.young_days:
        return 1
    return plan.middle_every if age < plan.middle_days else plan.old_every


def is_due(known: Known, plan: Revisit, now: datetime) -> bool:
    """Tell whether an ad that stands in the lists is asked for again tonight."""
    nights = nights_between(known, plan, now)
    return now - known.read_at >= NIGHT + (nights - 1) * timedelta(days=1)


def overdue(known: Known, plan: Revisit, now: datetime) -> float:
    """Return by how many of its own intervals an ad waits already; the longest wait is asked for first when pages are few."""
    return (now - known.read_at) / timedelta(days=nights_between(known, plan, now))
