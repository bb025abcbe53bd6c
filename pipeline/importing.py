"""Take in ads that somebody else collected, one JSON object a line, through the same landing file as a crawl."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.records.ad import CATEGORIES, Ad, Handle, ImageSeen, Rejected
from crawler.records.landing import LandingWriter
from pipeline.failure import Exit, Failure

TEXTS = ("posted_at", "title", "body", "name", "age", "city", "address", "venue", "price", "account")
LISTS = ("phones", "emails", "payment", "comments", "images")
KNOWN = {"site", "url", "seen", "category", "handles", *TEXTS, *LISTS}

HashPicture = Callable[[bytes], "tuple[tuple[str, bytes, int], ...] | str"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did: lines taken in and refused, the latest time an ad was seen, and the landing file ('' when nothing was written)."""

    ads: int
    refused: int
    latest_seen: datetime | None
    landing: str
    reasons: tuple[str, ...]


def import_file(
    path: Path,
    *,
    images: Path | None,
    landing: Path,
    key: str,
    imported_at: datetime,
    is_minor: Callable[[Ad], bool],
    hash_picture: HashPicture,
    seen_before: Callable[[str], bool],
) -> ImportReport:
    """Write a landing file with the ads of a JSON Lines file; bad lines are refused with their number and reason.

    The landing file is named after the content, so the same file imported twice changes nothing. Pictures are hashed after the text
    has passed the minor check, in a child process, and never copied.

    Raises:
        Failure: the file cannot be read (2); nothing was changed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Failure(Exit.USAGE, f"{path}: cannot be read ({error.strerror}). Nothing was changed.") from error
    name = f"import-{hashlib.sha256(content).hexdigest()[:24]}.duckdb"
    if seen_before(name) or (landing / name).exists():
        return ImportReport(ads=0, refused=0, latest_seen=None, landing="", reasons=())
    ads, refused = read_lines(content, imported_at)
    if not ads:
        return ImportReport(ads=0, refused=len(refused), latest_seen=None, landing="", reasons=tuple(f"line {row.line}: {row.reason}" for row in refused))
    beside = landing / (name + ".new")
    beside.unlink(missing_ok=True)
    with LandingWriter(beside, key=key, site="import", source="import", started_at=imported_at, batch=1000, every_s=60.0) as writer:
        hashed: set[tuple[str, str, str]] = set()
        for ad in ads:
            writer.add(ad)
            fresh = [image for image in ad.images if (ad.site, ad.url, image) not in hashed]
            if fresh and images is not None and not is_minor(ad):
                for image in fresh:
                    hashed.add((ad.site, ad.url, image))
                    writer.add(_hashed(ad, image, images, hash_picture))
        for row in refused:
            writer.add(row)
        writer.finish(finished_at=imported_at, complete=True)
    beside.rename(landing / name)
    distinct = len({(ad.site, ad.url) for ad in ads})
    latest = max(ad.seen_at for ad in ads)
    return ImportReport(
        ads=distinct, refused=len(refused), latest_seen=latest, landing=name, reasons=tuple(f"line {row.line}: {row.reason}" for row in refused)
    )


def read_lines(content: bytes, imported_at: datetime) -> tuple[list[Ad], list[Rejected]]:
    """Read JSON Lines: the ads, and each line that is none with its number and the reason."""
    ads: list[Ad] = []
    refused: list[Rejected] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
            json.dumps(row, ensure_ascii=False).encode("utf-8")  # half a character, as an escape can write it, cannot be stored
            ads += ads_from(row)
        except (ValueError, RecursionError) as error:
            refused.append(Rejected(site="", url="", reason=_reason(error), seen_at=imported_at, line=number))
    return ads, refused


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    if isinstance(error, UnicodeError):
        return "not UTF-8, or an escape in it stands for half a character"
    if isinstance(error, RecursionError):
        return "lists or objects too deep within each other"
    return str(error) or type(error).__name__


def ads_from(row: Any) -> list[Ad]:
    """Turn one line's object into one Ad for each time it was seen.

    Raises:
        ValueError: what is missing, unknown or of the wrong type, in words that name the key and never quote the value.
    """
    if not isinstance(row, Mapping):
        raise ValueError("not a JSON object")
    unknown = sorted(set(row) - KNOWN)
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}; known: {', '.join(sorted(KNOWN))}")
    for name in ("site", "url"):
        if not isinstance(row.get(name), str) or not row[name]:
            raise ValueError(f"{name} is missing; it must be a text")
    values: dict[str, Any] = {}
    for name in TEXTS:
        value = row.get(name, "")
        if not isinstance(value, str):
            raise ValueError(f"{name} must be a text")
        values[name] = value
    for name in LISTS:
        value = row.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError(f"{name} must be a list of texts")
        values[name] = tuple(value)
    if not values["title"] and not values["body"]:
        raise ValueError("title and body are both missing; one is required")
    category = row.get("category", "escort")
    if category not in CATEGORIES:
        raise ValueError(f"category must be one of {', '.join(CATEGORIES)}")
    values["handles"] = tuple(_handle(item) for item in _listed(row, "handles"))
    seen = _listed(row, "seen")
    if not seen:
        raise ValueError("seen is missing; it must be a list of UTC times, such as 2026-09-01T02:10:00Z")
    if values["posted_at"]:
        _moment(values["posted_at"], "posted_at")
    return [Ad(site=row["site"], url=row["url"], seen_at=_moment(moment, "seen"), category=category, **values) for moment in sorted(set(map(str, seen)))]


def _listed(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list")
    return value


def _handle(item: Any) -> Handle:
    if not isinstance(item, Mapping) or set(item) != {"kind", "value"} or not all(isinstance(value, str) for value in item.values()):
        raise ValueError('handles must be objects such as {"kind": "telegram", "value": "name"}')
    return Handle(kind=item["kind"], value=item["value"])


def _moment(text: Any, name: str) -> datetime:
    """Read a date or a time with zone; returns naive UTC."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"{name} must hold dates or UTC times, such as 2026-09-01T02:10:00Z") from None
    if not 1990 <= moment.year <= 2100:
        raise ValueError(f"{name} holds a year outside 1990-2100")
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _hashed(ad: Ad, image: str, folder: Path, hash_picture: HashPicture) -> ImageSeen:
    """Hash one picture under the folder; a path that leads out of it, or a file that is no picture, is a row with its reason."""
    if "\0" in image or not (target := (folder / image).resolve()).is_relative_to(folder.resolve()):
        return ImageSeen(site=ad.site, url=ad.url, image=image, seen_at=ad.seen_at, unreadable="the path leads out of the folder of pictures")
    try:
        data = target.read_bytes()
    except OSError:
        return ImageSeen(site=ad.site, url=ad.url, image=image, seen_at=ad.seen_at, unreadable="no such file")
    result = hash_picture(data)
    if isinstance(result, str):
        return ImageSeen(site=ad.site, url=ad.url, image=image, seen_at=ad.seen_at, unreadable=result)
    return ImageSeen(site=ad.site, url=ad.url, image=image, seen_at=ad.seen_at, hashes=result)
