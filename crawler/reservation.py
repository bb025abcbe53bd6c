"""Reservations that a page makes against being kept: X-Robots-Tag, tdm-reservation as header, meta tag and tdmrep.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from parsel import Selector

KEEP_NOT = frozenset({"none", "noindex"})
FOLLOW_NOT = frozenset({"none", "nofollow"})


def header_words(values: Iterable[str], agent: str) -> frozenset[str]:
    """Return the words of X-Robots-Tag headers that speak to everybody or to us, in lower case.

    Args:
        values: one a header line, such as "noindex, nofollow" or "otherbot: none".
        agent: our product token.
    """
    found: set[str] = set()
    for value in values:
        to, colon, words = value.partition(":")
        if colon and " " not in to.strip() and "," not in to and to.strip().lower() not in ("unavailable_after", "max-snippet", "max-image-preview"):
            if to.strip().lower() != agent.lower():
                continue
            value = words
        found |= {word.strip().lower() for word in value.split(",")}
    return frozenset(found)


def reserved(*, robots_tag: Iterable[str], tdm_header: str, text: str, agent: str) -> str:
    """Say which reservation stands against keeping a page; '' when none does.

    Args:
        robots_tag: values of X-Robots-Tag headers.
        tdm_header: value of the tdm-reservation header, '' when absent.
        text: the page; its meta tag tdm-reservation counts too.
    """
    if KEEP_NOT & header_words(robots_tag, agent):
        return "X-Robots-Tag asks not to keep this page"
    if tdm_header.strip() == "1" or _meta_tag(text):
        return "tdm-reservation: the site reserves its rights to this page"
    return ""


def _meta_tag(text: str) -> bool:
    if "tdm-reservation" not in text:
        return False
    found = Selector(text=text).xpath("//meta[translate(@name, 'TDMRESVAION', 'tdmresvaion') = 'tdm-reservation']/@content").getall()
    return any(value.strip() == "1" for value in found)


def reserved_paths(body: str) -> tuple[str, ...]:
    """Return the path patterns that a /.well-known/tdmrep.json reserves; an unreadable one reserves nothing."""
    try:
        rules = json.loads(body)
    except ValueError:
        return ()
    if not isinstance(rules, list):
        return ()
    reserving = [rule for rule in rules[:1000] if isinstance(rule, dict) and rule.get("tdm-reservation") in (1, "1")]
    return tuple(rule["location"] for rule in reserving if isinstance(rule.get("location"), str))


def path_reserved(url: str, patterns: Iterable[str]) -> str:
    """Say that tdmrep.json reserves an address; '' when it does not. `*` stands for anything, a pattern covers what begins with it."""
    path = urlsplit(url).path or "/"
    for pattern in patterns:
        if fnmatchcase(path, pattern.rstrip("$") if pattern.endswith("$") else pattern.rstrip("*") + "*"):
            return f"tdmrep.json reserves {pattern}"
    return ""
