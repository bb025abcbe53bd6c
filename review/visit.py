"""One request as a page's function sees it, and the answers that a page may give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from pipeline.casebook.book import Casebook
from pipeline.casebook.sessions import Session
from review.place import Place
from review.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks for what. `form` holds the fields of a form, `fields` the parts of the address, `query` what follows its question mark."""

    place: Place
    route: str
    path: str
    fields: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, tuple[str, ...]]
    session: Session | None
    token: str
    language: str
    now: datetime

    @property
    def book(self) -> Casebook:
        """The casebook of this thread."""
        return self.place.book()

    @property
    def user(self) -> str:
        """Who is logged in; '' for nobody."""
        return self.session.user if self.session else ""

    @property
    def role(self) -> str:
        """The role of who is logged in; '' for nobody."""
        return self.session.role if self.session else ""

    def word(self, key: str, **values: object) -> str:
        """Return a word in the reader's language."""
        return word(self.language, key, **values)

    def sent(self, name: str, most: int = 2000) -> str:
        """Return one field of the form without surrounding space, cut at `most` characters; '' when it was not sent."""
        return (self.form.get(name) or ("",))[0].strip()[:most]

    def number(self, name: str) -> int:
        """Return a field of the form, the address or the query as a whole number; 0 when it is none."""
        text = self.sent(name) or self.fields.get(name, "") or self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

    def audit(self, action: str, subject: str = "") -> None:
        """Note in the audit what was read."""
        self.book.audit(who=self.user or "nobody", action=action, subject=subject, now=self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page: a template with its values. `cookies` are whole Set-Cookie values; `afterwards` is done when the answer is on its way."""

    template: str
    values: Mapping[str, object]
    status: int = 200
    cookies: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    afterwards: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Another page, opened with GET."""

    to: str
    cookies: tuple[str, ...] = ()
    afterwards: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file."""

    body: bytes
    kind: str
    name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Shown | Moved | Sent


class Refused(Exception):
    """A request that is not carried out: a sentence in the reader's language, and what to do. `key` names both in the words."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


def to(path: str, **query: object) -> Moved:
    """Move on to a path, with a query when one is given."""
    return Moved(to=path + ("?" + urlencode(query) if query else ""))
