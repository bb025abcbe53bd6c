"""E-mail addresses and handles of messaging services, also when at and dot are written out."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Contact

_AT = r"(?:@| ?[(\[{]\s?(?:at|a|snabel-?a)\s?[)\]}] ?| snabel-?a )"
_DOT = r"(?:\.| ?[(\[{]\s?(?:dot|punkt|\.)\s?[)\]}] ?| punkt | dot )"
EMAIL = re2.compile(rf"[a-z0-9][a-z0-9._%+-]{{0,40}}{_AT}[a-z0-9-]{{2,40}}(?:{_DOT}[a-z0-9-]{{2,20}}){{1,3}}")

# service, words that announce it, and the shape of its names
SERVICES = (
    ("telegram", r"telegram|tele ?gram|tg|t\.me/"),
    ("whatsapp", r"whats ?app|wa\.me/"),
    ("snapchat", r"snap ?chat|snap|sc"),
    ("signal", r"signal"),
    ("wechat", r"we ?chat|weixin"),
    ("line", r"line(?: ?id)"),
    ("viber", r"viber"),
    ("onlyfans", r"only ?fans|onlyfans\.com/"),
    ("instagram", r"instagram|insta|ig"),
)
_HANDLES = tuple(
    (kind, re2.compile(rf"(?:^|[^\p{{L}}\p{{N}}])(?:{words})\b(?: ?(?:id|namn|name|user))? ?[:=]? ?(@?[a-z][a-z0-9_.]{{3,31}})")) for kind, words in SERVICES
)
_BARE = re2.compile(r"(?:^|\s)(@[a-z][a-z0-9_]{3,31})")
_ORDINARY = frozenset(
    {"eller", "also", "only", "först", "gärna", "oss", "mig", "here", "available", "också", "endast", "bara", "please", "when", "till", "than"}
)


def normalise_email(raw: str) -> str:
    """Return an address in lower case with at and dot in place."""
    text = re2.sub(rf"{_AT}", "@", raw.lower().strip())
    return str(re2.sub(rf"{_DOT}", ".", text))


def normalise_handle(raw: str) -> str:
    """Return a handle in lower case without its leading @."""
    return raw.strip().lower().lstrip("@").rstrip(".")


def read_addresses(folded: Folded) -> Iterator[Contact]:
    """Yield e-mails and handles with their spans, from left to right within each kind."""
    for match in EMAIL.finditer(folded.text):
        value = normalise_email(match.group())
        steps = 0 if value == match.group() else 1
        start, end = folded.span(match.start(), match.end())
        yield Contact(kind="email", value=value, start=start, end=end, confidence=0.98 if not steps else 0.95, steps=steps)
    named: set[str] = set()
    for kind, pattern in _HANDLES:
        for match in pattern.finditer(folded.text):
            value = normalise_handle(match.group(1))
            plain_word = not any(mark in match.group(1).rstrip(".") for mark in "@_.0123456789")
            if value in _ORDINARY or len(value) < 4 or (plain_word and ":" not in match.group()):
                continue
            named.add(value)
            start, end = folded.span(match.start(1), match.end(1))
            yield Contact(kind=kind, value=value, start=start, end=end, confidence=0.95, steps=0)
    for match in _BARE.finditer(folded.text):
        value = normalise_handle(match.group(1))
        if value not in named:
            start, end = folded.span(match.start(1), match.end(1))
            yield Contact(kind="handle", value=value, start=start, end=end, confidence=0.9, steps=0)
