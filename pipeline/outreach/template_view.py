"""One template as a person reads it: the words that stay, what each ad fills the slots with, its age, its spread and its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipeline.match.slots import template_of
from pipeline.outreach.candidates import outreach_sql
from pipeline.outreach.compare import SHOWN_MAX
from pipeline.reading.places import municipality_names

ROWS = 60  # ads that are shown side by side
TOLD_FROM = 400  # ads that the constant words are told from
SLOTS = 12  # slots that are shown, those that most ads fill first


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What one ad fills the shown slots with; phones are masked as everywhere in the snapshot."""

    site: str
    first_seen: datetime
    municipality: str
    cluster: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A template: `pattern` has {1}, {2} ... for its slots; `shown` are the numbers of the slots in the rows, with the kind of each.

    `stop` says why it links nothing; `people` are those told apart as advertised. Times are UTC.
    """

    pattern: str
    shown: tuple[tuple[int, str], ...]
    slots: int
    rows: tuple[Filled, ...]
    ads: int
    people: int
    clusters: int
    sites: int
    municipalities: tuple[tuple[str, int], ...]
    first_seen: datetime
    last_seen: datetime
    stop: str


def template_view(con: duckdb.DuckDBPyConnection, template: int) -> TemplateView | None:
    """Read one template from a review snapshot, or None when no two ads that reviewers may read are built from it."""
    ads = con.execute(outreach_sql("view_template"), {"template": template}).fetchall()
    if len(ads) < 2:
        return None
    told = template_of([ad[4][:SHOWN_MAX] for ad in ads[:TOLD_FROM]], _place_names())
    shown = _most_filled(told.fillings, len(told.kinds))
    return TemplateView(
        pattern=told.pattern,
        shown=tuple((slot + 1, told.kinds[slot]) for slot in shown),
        slots=len(told.kinds),
        rows=tuple(
            Filled(site=ad[1], first_seen=ad[2], municipality=ad[6], cluster=ad[8], values=tuple(values[slot] for slot in shown))
            for ad, values in zip(ads[:ROWS], told.fillings, strict=False)
        ),
        ads=len(ads),
        people=len({ad[7] for ad in ads if ad[7]}),
        clusters=len({ad[8] for ad in ads if ad[8]}),
        sites=len({ad[1] for ad in ads}),
        municipalities=tuple(Counter(ad[6] for ad in ads if ad[6]).most_common()),
        first_seen=min(ad[2] for ad in ads),
        last_seen=max(ad[3] for ad in ads),
        stop=ads[0][5],
    )


def _most_filled(fillings: Sequence[Sequence[str]], slots: int) -> list[int]:
    """Return the places of the slots that most ads fill, at most SLOTS, in the order of the text."""
    filled = Counter({slot: sum(bool(values[slot]) for values in fillings) for slot in range(slots)})
    return sorted(slot for slot, _ in filled.most_common(SLOTS))


def _place_names() -> frozenset[str]:
    return frozenset(name.lower() for name in municipality_names().values())
