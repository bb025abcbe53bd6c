"""What a town is written to besides landing files: its truth, and one night as an import file with pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.records.ad import Ad
from simulator.listing import Listing, Shown
from simulator.nights import night_start, second_of
from simulator.pictures import jpeg
from simulator.town import Plan

TEXTS = ("posted_at", "category", "title", "body", "name", "age", "city", "address", "venue", "price", "account")
LISTS = ("phones", "emails", "payment", "comments")


def truth_lines(listings: Iterable[Listing]) -> Iterable[str]:
    """Yield one line of truth.jsonl for each ad."""
    for listing in listings:
        ad = listing.versions[0].ad
        row = {
            "site": ad.site,
            "url": ad.url,
            "group": listing.group,
            "controlled": listing.controlled,
            "kind": listing.kind,
            "minor": listing.minor,
            "no_contact": listing.no_contact,
        }
        yield json.dumps(row, ensure_ascii=False) + "\n"


def write_truth(path: Path, listings: Iterable[Listing]) -> None:
    """Write truth.jsonl."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(truth_lines(listings))


def write_import(folder: Path, up: Sequence[Listing], plan: Plan) -> None:
    """Write import.jsonl and the pictures that it names: ads of the last night, each seen that night alone."""
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    start = night_start(plan.until, plan.nights, plan.nights - 1)
    with (folder / "import.jsonl").open("w", encoding="utf-8") as file:
        for listing in up:
            ad = listing.on(plan.nights - 1)
            if ad is None:
                continue
            for shown in listing.pictures:
                (pictures / picture_name(ad, shown)).write_bytes(jpeg(shown.identity, shown.variant, shown.turn, seed=plan.seed))
            seen = start + timedelta(seconds=second_of(listing.number))
            file.write(json.dumps(import_row(ad, listing.pictures, f"{seen:%Y-%m-%dT%H:%M:%SZ}"), ensure_ascii=False) + "\n")


def import_row(ad: Ad, pictures: Sequence[Shown], seen: str) -> dict[str, Any]:
    """Return an ad as `lykta import` takes it; what is empty is left out."""
    row: dict[str, Any] = {"site": ad.site, "url": ad.url, "seen": [seen]}
    row |= {name: getattr(ad, name) for name in TEXTS if getattr(ad, name)}
    row |= {name: list(getattr(ad, name)) for name in LISTS if getattr(ad, name)}
    if ad.handles:
        row["handles"] = [{"kind": handle.kind, "value": handle.value} for handle in ad.handles]
    if pictures:
        row["images"] = [picture_name(ad, shown) for shown in pictures]
    return row


def picture_name(ad: Ad, shown: Shown) -> str:
    """Return the file name of a picture: the site and the end of its address."""
    return f"{ad.site}-{shown.address.rsplit('/', 1)[1]}"
