"""E-mail addresses, handles of messaging services and pages, and payment numbers, also when at and dot are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import re2

from pipeline.reading.fold import Folded
from pipeline.reading.model import Contact

_AT_WORDS = r"at|arroba|собака|собачка|kukac|ma[łl]pa|a ?rond|маймуна|кльомба"
_DOT_WORDS = r"dot|punkt|prick|punto|punct|kropka|pont|точка"
_AT = (
    rf"(?:@|\(@\)| ?[(\[{{<] ?(?:a|ät|snabel-?a|@|{_AT_WORDS}) ?[)\]}}>] ?| ?snabel-?a ?"
    rf"| (?:{_AT_WORDS}) (?=[a-z0-9-]+ ?(?:\.|\(|\[|{_DOT_WORDS})))"
)
_DOT = rf"(?:\.| ?[(\[{{<] ?(?:\.|{_DOT_WORDS}) ?[)\]}}>] ?| (?:{_DOT_WORDS}) )"
AT = re.compile(_AT)
DOT = re.compile(_DOT)
_LOCAL = re.compile(rf"[a-z0-9][a-z0-9_%+-]{{0,40}}(?:{_DOT}[a-z0-9_%+-]{{1,40}}){{0,4}}$")
_DOMAIN = re.compile(rf"[a-z0-9-]{{1,40}}(?:{_DOT}[a-z0-9-]{{2,20}}){{0,2}}{_DOT}[a-z]{{2,10}}(?![a-z0-9@])")
REACH = 80  # characters before the at sign in which an address begins
MOST = 60  # addresses of one text; more are no ad's

# service: the words that announce a name there, and whether they do so without a colon (short ones are words or ends of words)
SERVICES: tuple[tuple[str, str, bool], ...] = (
    ("telegram", r"telegram|tele ?gram|телеграмм?|телега|telegrama", True),
    ("telegram", r"tg|tele", False),
    ("whatsapp", r"whats ?app|whatsap|wapp", True),
    ("snapchat", r"snap ?chat|snap", True),
    ("snapchat", r"sc", False),
    ("signal", r"signal", False),
    ("wechat", r"we ?chat|weixin|微信", True),
    ("line", r"line ?id|ไลน์ไอดี|ไอดีไลน์|ไลน์", True),
    ("line", r"line", False),
    ("viber", r"viber|вайбер", True),
    ("onlyfans", r"only ?fans", True),
    ("onlyfans", r"of", False),
    ("fansly", r"fansly", True),
    ("instagram", r"instagram|insta", True),
    ("instagram", r"ig", False),
    ("kik", r"kik", False),
)
_NAME = r"(@?[a-z0-9][a-z0-9_.\-]{2,31})"
_LINKED = r"(?: ?(?:id|namn|name|user(?:name)?|konto|account|nick|heter|är|is|handle|adress))?"
_SEARCHES = tuple((kind, free, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_]){_LINKED}( ?[:=>] ?| -? ?){_NAME}(?![^\W_])")) for kind, words, free in SERVICES)
_LINKS = re.compile(
    r"(?:(?P<telegram>t\.me|telegram\.me)|(?P<onlyfans>onlyfans\.com)|(?P<fansly>fansly\.com)|(?P<instagram>instagram\.com)|(?P<snapchat>snapchat\.com/add)"
    r"|(?P<line>line\.me/ti/p)|(?P<whatsapp>wa\.me|api\.whatsapp\.com/send\?phone=))/?[+~@]?(?P<name>[a-z0-9_.\-]{3,31})"
)
_MARKED = r"(?<![\w.@])[a-z][a-z0-9.]{0,20}_[a-z0-9_.]{1,20}"  # a name by its underscore
_BEHIND = re.compile(rf"(@[a-z0-9][a-z0-9_.]{{2,31}}|{_MARKED}) (?:på|on|i|in|en|pe|na|в|via|\() ?({'|'.join(words for _, words, _ in SERVICES)})(?![^\W_])")
_BARE = re.compile(r"(?<![\w.@])@[a-z][a-z0-9_.]{2,31}")
_BUSINESS_SWISH = re.compile(r"(?<!\w)swish\w{0,7}[^\d\n]{0,16}(123[ -]?\d{3}[ -]?\d{2}[ -]?\d{2})(?!\d)")
_SWISHED = re.compile(r"(?<!\w)swish(?:a|as|ar|nr|nummer|number)?\b[^\d\n.!?]{0,24}$")
_ORDINARY = frozenset(
    (
        "eller",
        "also",
        "only",
        "först",
        "gärna",
        "oss",
        "mig",
        "here",
        "available",
        "också",
        "endast",
        "bara",
        "please",
        "when",
        "till",
        "than",
        "och",
        "and",
        "fungerar",
        "nummer",
        "samma",
        "finns",
        "men",
        "går",
        "bra",
        "för",
        "svarar",
        "same",
        "number",
        "works",
        "the",
        "my",
        "me",
        "whatsapp",
        "telegram",
        "viber",
        "signal",
        "snapchat",
        "snap",
        "instagram",
        "wechat",
        "line",
        "kontakt",
        "contact",
        "messages",
        "meddelande",
    )
)


def normalise_email(raw: str) -> str:
    """Return an address in lower case with at and dot in place."""
    text = AT.sub("@", raw.lower().strip(), count=1)
    return DOT.sub(".", text)


def normalise_handle(raw: str) -> str:
    """Return a handle in lower case without its leading @."""
    return raw.strip().lower().lstrip("@").rstrip(".-")


def read_addresses(folded: Folded) -> Iterator[Contact]:
    """Yield e-mails and handles with their spans, from left to right within each kind."""
    emails = list(islice(_emails(folded), MOST))
    yield from emails
    named: set[str] = set()
    kinds = _kinds(folded.text)
    handles = [*_links(folded), *_announced(folded, kinds), *_behind(folded)] if kinds or ".com/" in folded.text or ".me/" in folded.text else []
    for handle in handles:
        if handle.value not in named and not any(email.start <= handle.start < email.end for email in emails):
            named.add(handle.value)
            yield handle
    for match in islice(_BARE.finditer(folded.text) if "@" in folded.text else (), MOST):
        value = normalise_handle(match.group())
        bare = _contact(folded, "handle", value, match.start(), match.end(), 0.9)
        if value not in named and not any(email.start <= bare.start < email.end for email in emails):
            yield bare


def read_payments(folded: Folded, phones: Sequence[Contact]) -> Iterator[Contact]:
    """Yield Swish numbers: a business number ("123 ..."), or a phone that stands behind the word."""
    if "swish" not in folded.text:
        return
    for match in islice(_BUSINESS_SWISH.finditer(folded.text), MOST):
        digits = "".join(filter(str.isdigit, match.group(1)))
        yield _contact(folded, "payment_swish", digits, match.start(1), match.end(1), 0.95)
    places = {place: at for at, place in reversed(list(enumerate(folded.origin)))} if phones else {}
    for phone in phones:
        at = places.get(phone.start, 0)
        if _SWISHED.search(folded.text[max(0, at - 40) : at]):
            yield Contact(kind="payment_swish", value=phone.value, start=phone.start, end=phone.end, confidence=phone.confidence, steps=phone.steps)


def _named_services() -> re2.Set:
    """Return the words of all services as one search, in their order, so that one pass tells which of the others are worth making."""
    services = re2.Set.SearchSet()
    for _, words, _ in SERVICES:
        services.Add(rf"(?:^|[^\pL\pN])(?:{words})(?:$|[^\pL\pN])")
    services.Compile()
    return services


_NAMED = _named_services()


def _kinds(text: str) -> set[str]:
    """Return the kinds of the services that a text names."""
    return {SERVICES[place][0] for place in _NAMED.Match(text) or ()}


def _emails(folded: Folded) -> Iterator[Contact]:
    text = folded.text
    for at in islice(AT.finditer(text), MOST):
        local = _LOCAL.search(text, max(0, at.start() - REACH), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain:
            written = text[local.start() : domain.end()]
            value = normalise_email(written)
            steps = int(value != written)
            yield _contact(folded, "email", value, local.start(), domain.end(), 0.95 if steps else 0.98, steps)


def _links(folded: Folded) -> Iterator[Contact]:
    for match in islice(_LINKS.finditer(folded.text), MOST):
        name = normalise_handle(match.group("name"))
        kind = next(kind for kind in ("telegram", "onlyfans", "fansly", "instagram", "snapchat", "line", "whatsapp") if match.group(kind))
        if not (kind == "whatsapp" and name.isdigit()):
            yield _contact(folded, kind, name, match.start("name"), match.end("name"), 0.97)


def _announced(folded: Folded, kinds: set[str]) -> Iterator[Contact]:
    for kind, free, pattern in _SEARCHES:
        for match in islice(pattern.finditer(folded.text), MOST) if kind in kinds else ():
            gap, written = match.group(1), match.group(2)
            value = normalise_handle(written)
            told = any(mark in gap for mark in ":=>") or match.group()[: match.start(1) - match.start()].endswith((" id", "namn", "name", "user", "heter"))
            marked = written.startswith("@") or (free and any(mark.isdigit() or mark in "_." for mark in value.strip(".")))
            if value in _ORDINARY or not any(map(str.isalpha, value)) or len(value) < 3 or not (told or marked):
                continue
            yield _contact(folded, kind, value, match.start(2), match.start(2) + len(written.rstrip(".-")), 0.95)


def _behind(folded: Folded) -> Iterator[Contact]:
    """Read a name that stands before its service: "@exempel_lina på telegram", "exempel_lina (telegram)"."""
    for match in islice(_BEHIND.finditer(folded.text), MOST):
        kind = next(kind for kind, words, _ in SERVICES if re.fullmatch(words, match.group(2)))
        yield _contact(folded, kind, normalise_handle(match.group(1)), match.start(1), match.end(1), 0.95)


def _contact(folded: Folded, kind: str, value: str, first: int, last: int, confidence: float, steps: int = 0) -> Contact:
    start, end = folded.span(first, last)
    return Contact(kind=kind, value=value, start=start, end=end, confidence=confidence, steps=steps)
