"""One crawl of one site in numbers: what it is judged by, and what later crawls are compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One measure of a crawl that lies outside its bounds.

    Attributes:
        measure: its name, such as listed, new_share, rate.phones, language.sv, ad_bytes.
        low, high: the bounds; None where there is none on that side.
        usual: the median of the site's own history; None without one.
    """

    measure: str
    found: float
    low: float | None = None
    high: float | None = None
    usual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One crawl, as a row of `site_run` keeps it.

    Attributes:
        lists_whole: every list was read to its end, so that what is not in them is not on the site.
        known, absent: ads that the site listed the time before, and those of them that it does not list now.
        rates, languages, dates: shares of the ads read, 0-1, by field, by main language, by the form of their date.
        statuses: answers by HTTP status, 0 when nothing answered.
        trouble: a code of `crawler.records.troubles`; failed: why it did not reach its end; '' for none.
    """

    landing_file: str
    site: str
    started_at: datetime
    finished_at: datetime | None
    lists_whole: bool
    complete: bool
    pages: int
    listed: int
    ads: int
    unchanged: int
    new_ads: int
    known: int
    absent: int
    gone: int
    rejected: int
    rates: Mapping[str, float]
    languages: Mapping[str, float]
    dates: Mapping[str, float]
    statuses: Mapping[str, int]
    ad_bytes: int
    list_bytes: int
    trouble: str = ""
    failed: str = ""
    outside: tuple[Outside, ...] = ()
    accepted_by: str = ""
    accepted_at: datetime | None = None
    because: str = ""

    @property
    def run(self) -> str:
        """The run's name on the command line: when it began."""
        return f"{self.started_at:%Y%m%dT%H%M%S}"

    @property
    def held(self) -> bool:
        """It lies outside its bounds and nobody has accepted it: its ads stay out of what is published."""
        return bool(self.outside) and not self.accepted_by


COLUMNS = tuple(item.name for item in dataclasses.fields(Facts))


def from_row(row: Sequence[Any]) -> Facts:
    """Turn a row of `site_run`, without its column `run`, into facts."""
    values = dict(zip(COLUMNS, row, strict=True))
    return Facts(**{**values, "outside": tuple(Outside(**one) for one in values["outside"])})
