"""Ads as columns: what many landing files are cut from without touching a row twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from simulator.listing import Listing
from simulator.nights import second_of
from simulator.picture_hashes import PictureHashes

TEXT = pa.string()
LIST = pa.list_(TEXT)
AD_SCHEMA = pa.schema(
    [
        ("first", pa.int32()),
        ("last", pa.int32()),
        ("second", pa.int32()),
        *[(name, TEXT) for name in ("site", "url", "posted_at", "category", "title", "body", "name", "age", "city", "address", "venue", "price")],
        ("phones", LIST),
        ("emails", LIST),
        ("handles", pa.list_(pa.struct([("kind", TEXT), ("value", TEXT)]))),
        ("payment", LIST),
        ("account", TEXT),
        ("comments", LIST),
        ("images", LIST),
    ]
)
IMAGE_SCHEMA = pa.schema(
    [("first", pa.int32()), ("second", pa.int32()), ("site", TEXT), ("url", TEXT), ("image", TEXT), ("pdq", pa.binary()), ("quality", pa.uint8())]
)
COPIED = tuple(name for name in AD_SCHEMA.names if name not in ("first", "last", "second", "handles"))


def ad_columns(listings: Iterable[Listing]) -> pa.Table:
    """Return one row for each version of each ad, with the nights it is up and the second of the night at which it is fetched."""
    columns: dict[str, list[Any]] = {name: [] for name in AD_SCHEMA.names}
    for listing in listings:
        second = second_of(listing.number)
        for version in listing.versions:
            columns["first"].append(version.first)
            columns["last"].append(version.last)
            columns["second"].append(second)
            columns["handles"].append([{"kind": handle.kind, "value": handle.value} for handle in version.ad.handles])
            for name in COPIED:
                columns[name].append(getattr(version.ad, name))
    return pa.table(columns, schema=AD_SCHEMA)


def image_columns(listings: Sequence[Listing], hashes: PictureHashes, *, nights: int) -> pa.Table:
    """Return one row for each picture of each ad, but for ads of minors, whose pictures nobody fetches."""
    columns: dict[str, list[Any]] = {name: [] for name in IMAGE_SCHEMA.names}
    for listing in listings:
        if listing.minor:
            continue
        ad, first = listing.versions[0].ad, listing.versions[0].first
        last = listing.versions[-1].last
        for shown in listing.pictures:
            bits, quality = hashes.of(shown, exact=last == nights - 1)
            row = (first, second_of(listing.number), ad.site, ad.url, shown.address, bits, quality)
            for name, value in zip(IMAGE_SCHEMA.names, row, strict=True):
                columns[name].append(value)
    return pa.table(columns, schema=IMAGE_SCHEMA)
