"""Pages that an installation keeps as tests of a site: fiction, with what the config is expected to read from them."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import re2
from parsel import Selector

from crawler.parse import MissingFieldError, Page, list_links, parse_ad, structured_items
from crawler.records.site import SiteConfig
from crawler.teach.fiction import Fiction, long_numbers, words_of
from crawler.teach.rewrite import MARKS, rewrite
from crawler.teach.vocabulary import marks_of_pages, vocabulary_of

LEFT_MIN = 4  # letters of a word that must not be left over; shorter ones are chance
NOT_COMPARED = frozenset({"site", "url", "seen_at", "category"})
NOT_SAID = MARKS | {"class", "id", "type"}  # attributes whose values are the site's own marks
PERSONAL = ("title", "body", "name", "address", "venue", "account", "comments", "handles", "emails")
AT = datetime(2026, 1, 1)  # expected ads carry no time


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page kept as a test. `expected` holds what was read from it when it was saved: fields of an ad, or the links of a list."""

    name: str
    kind: str
    page: Page
    expected: dict[str, Any]


def folder_of(sites: Path, site: str) -> Path:
    """Return where the saved pages of a site lie, beside its config file."""
    return sites / site


def saved_pages(folder: Path) -> list[SavedPage]:
    """Read the pages kept in a folder, in the order of their names; none when it does not exist."""
    found = []
    for note in sorted(folder.glob("*.json")):
        said = json.loads(note.read_text("utf-8"))
        page = Page(url=said["url"], text=note.with_suffix(".html").read_text("utf-8"))
        found.append(SavedPage(name=note.stem, kind=said["kind"], page=page, expected=said["expected"]))
    return found


def as_fiction(
    site: SiteConfig, pages: Sequence[tuple[str, Page]], *, before: Sequence[SavedPage] = (), seed: int | None = None
) -> tuple[list[SavedPage], list[str]]:
    """Turn pages into fiction and prove that the config reads the same of them.

    Args:
        pages: (kind, page), kind list or ad.
        before: pages saved earlier, whose marks stay too.

    Returns:
        The pages, and for each page that cannot be kept the reason: a field is read from it and not from its fiction, or something
        of it would be left.
    """
    taken = {saved.name for saved in before}
    made, refused = [], []
    vocabularies = {}
    for kind in ("list", "ad"):
        vocabulary = vocabulary_of(site, [page.text for known, page in pages if known == kind])
        marks = vocabulary.marks | marks_of_pages([saved.page for saved in before if saved.kind == kind])
        vocabularies[kind] = dataclasses.replace(vocabulary, marks=marks)
    hosts = frozenset(host.lower() for host in site.hosts)
    fiction = Fiction(keep=vocabularies["ad"].words, hosts=hosts, seed=seed)
    for kind, page in pages:
        new = rewrite(page, fiction, vocabularies[kind])
        if why := _why_not(site, kind, page, new, vocabularies[kind].words):
            refused.append(why)
            continue
        name = next(name for number in range(1, 10_000) if (name := f"{kind}-{number}") not in taken)
        taken.add(name)
        made.append(SavedPage(name=name, kind=kind, page=new, expected=expected_of(site, kind, new)))
    return made, refused


def write_saved(folder: Path, pages: Sequence[SavedPage]) -> None:
    """Write saved pages, readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for saved in pages:
        note = {"url": saved.page.url, "kind": saved.kind, "expected": saved.expected}
        _write(folder / f"{saved.name}.html", saved.page.text)
        _write(folder / f"{saved.name}.json", json.dumps(note, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def expected_of(site: SiteConfig, kind: str, page: Page) -> dict[str, Any]:
    """Return what a config reads from a page, without what is empty."""
    if kind == "list":
        links = list_links(page, site)
        return {"ads": list(links.ads), "next_page": links.next_page, "lists": list(links.lists)}
    try:
        ad = dataclasses.asdict(parse_ad(page, site, AT))
    except MissingFieldError as missing:
        return {"refused": str(missing)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in ad.items() if value and name not in NOT_COMPARED}


def shape_of(value: Any) -> Any:
    """Return a value with every letter as a and every digit as 0, which fiction leaves as it was; a space may have become %20."""
    if isinstance(value, str):
        return re2.sub(r"\pN", "0", re2.sub(r"[\pL\pM]", "a", " ".join(unquote(value).split())))
    if isinstance(value, list | tuple):
        return [shape_of(item) for item in value]
    if isinstance(value, dict):
        return {name: shape_of(item) for name, item in value.items()}
    return value


def _why_not(site: SiteConfig, kind: str, old: Page, new: Page, kept: frozenset[str]) -> str:
    """Say why a page's fiction may not be kept; '' when it may."""
    real, fiction = expected_of(site, kind, old), expected_of(site, kind, new)
    differing = [name for name in real.keys() | fiction.keys() if not _same_shape(kind, real.get(name), fiction.get(name))]
    if differing:
        return f"rewritten as fiction, the page no longer gives {', '.join(sorted(differing))} as it did"
    if left := leftovers(old, new, real, kept):
        return f"{len(left)} words or numbers of the page would be left in its fiction"
    return ""


def _same_shape(kind: str, real: Any, fiction: Any) -> bool:
    if kind == "list" and isinstance(real, list) and isinstance(fiction, list):
        return len(real) == len(fiction)
    return bool(shape_of(real) == shape_of(fiction))


def leftovers(old: Page, new: Page, real: dict[str, Any], kept: frozenset[str]) -> set[str]:
    """Return what of a page is still in its fiction: long numbers anywhere, and words of the ad's own fields in texts and attribute values."""
    said, host = _said(new.text), urlsplit(old.url).netloc
    said = said.replace(host, "")  # the site's own address stays, also where it is one in digits
    numbers = {number for number in long_numbers(_said(old.text).replace(host, "")) if number in long_numbers(said) and number.strip("0")}
    personal = words_of(json.dumps([real.get(name) for name in PERSONAL], ensure_ascii=False))
    return numbers | {word for word in (personal - kept) & words_of(said) if len(word) >= LEFT_MIN}


def _said(text: str) -> str:
    """Return every text and every attribute value of a page that is no mark, and the values of its structured data."""
    root = Selector(text=text).root
    parts = []
    for node in root.iter():
        if node.tag == "script":
            parts.append("\n".join(_strings(structured_items(text))) if node.get("type") == "application/ld+json" else node.text or "")
        elif isinstance(node.tag, str):
            parts += [node.text or "", *(value for name, value in node.attrib.items() if name not in NOT_SAID)]
        parts.append(node.tail or "")
    return "\n".join(parts)


def _strings(item: Any) -> Iterator[str]:
    """Yield the values of structured data, without the names that they stand under."""
    if isinstance(item, dict | list):
        for inner in item.values() if isinstance(item, dict) else item:
            yield from _strings(inner)
    else:
        yield str(item)
