"""The records that a crawl or an import lands: ads, pictures as hashes, fetched pages, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CATEGORIES = ("escort", "massage", "recruitment", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """An account name on a messaging service, as the page shows it (`kind` such as telegram, snapchat)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ad:
    """One ad as one page showed it at one moment. Values are as a reader sees them; nothing is interpreted.

    Attributes:
        seen_at: UTC, when the page was fetched (naive, because DuckDB's TIMESTAMP has no zone).
        images: addresses of pictures (crawl) or paths (import); the picture itself is never kept.
    """

    site: str
    url: str
    seen_at: datetime
    title: str = ""
    body: str = ""
    posted_at: str = ""
    category: str = "escort"
    name: str = ""
    age: str = ""
    city: str = ""
    address: str = ""
    venue: str = ""
    price: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    handles: tuple[Handle, ...] = ()
    payment: tuple[str, ...] = ()
    account: str = ""
    comments: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSeen:
    """One picture of an ad, as perceptual hashes; or the reason why there are none.

    Attributes:
        image: the address or path that the ad gave.
        hashes: (kind, hash, quality) with kind `whole`, `trimmed` or a window; hash 32 bytes PDQ; quality 0-100.
        unreadable: empty, or why the picture could not be hashed ("20 megapixels at most", "not a picture").
    """

    site: str
    url: str
    image: str
    seen_at: datetime
    hashes: tuple[tuple[str, bytes, int], ...] = ()
    unreadable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetch:
    """One request and what allowed it. `kind` is list, ad, robots, sitemap or image; status 0 when nothing answered."""

    url: str
    kind: str
    fetched_at: datetime
    status: int
    bytes: int
    allowed_by: str
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something not understood, kept with its reason. `line` is the line of an imported file, 0 for a crawled page."""

    site: str
    url: str
    reason: str
    seen_at: datetime
    line: int = 0
