"""By what an ad is known where its address carries a session: a word of the query that is another one at each visit, so that every ad would look new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote_plus, urlsplit

import re2

from crawler.teach.links import GROUP_MIN, literal

NAMES = frozenset({"sid", "session", "sessionid", "session_id", "phpsessid", "jsessionid", "aspsessionid", "cfid", "cftoken"})
TOKEN = re2.compile(r"[0-9a-fA-F]{16,}|[0-9A-Za-z_-]{24,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells an ad from all others, as the config says it (`ad_id`, `ad_address`), and the words of a query that do not."""

    ad_id: str
    ad_address: str
    passing: tuple[str, ...]


def identity_of(pages: Sequence[Sequence[str]]) -> Identity | None:
    """Return by what ads are known without their session; None where no address carries one, or nothing else tells them apart.

    Args:
        pages: addresses of ads, list page by list page.
    """
    asked = [[dict(parse_qsl(urlsplit(url).query)) for url in urls] for urls in pages if urls]
    every = [words for page in asked for words in page]
    shared = [name for name in (every[0] if every else ()) if all(words.get(name) for words in every)]
    passing = tuple(name for name in shared if len(every) >= GROUP_MIN and _passes(name, asked))
    if not passing:
        return None
    paths = [urlsplit(url).path for page in pages for url in page]
    if all(len(words) == len(passing) for words in every):
        return Identity(ad_id=r"^https?://[^/]+([^?#]+)", ad_address="{id}", passing=passing)
    ads = {(path, *sorted(_own(words, passing).items())) for path, words in zip(paths, every, strict=True)}
    telling = [name for name in shared if name not in passing and len({words[name] for words in every}) == len(ads)]
    if len(telling) != 1 or len(set(paths)) != 1:
        return None
    kept = (f"{quote_plus(name)}={'{id}' if name == telling[0] else quote_plus(value)}" for name, value in _own(every[0], passing).items())
    return Identity(ad_id=rf"[?&]{literal(telling[0])}=([^&#]+)", ad_address=f"{paths[0]}?{'&'.join(kept)}", passing=passing)


def _passes(name: str, asked: Sequence[Sequence[Mapping[str, str]]]) -> bool:
    """Tell whether a word of a query is of one visit: the same all over a page, and another on the next one, or by its looks."""
    by_page = [{words[name] for words in page} for page in asked]
    if any(len(values) > 1 for values in by_page):
        return False
    values = {value for page in by_page for value in page}
    return name.lower() in NAMES or (all(TOKEN.fullmatch(value) for value in values) and (len(values) > 1 or len(by_page) == 1))


def _own(words: Mapping[str, str], passing: Sequence[str]) -> dict[str, str]:
    return {name: value for name, value in words.items() if name not in passing}
