"""What was seen while looking at a site: pages in the order in which they came, in memory alone."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.parse import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A page to ask for next. `kind` is list, ad or sitemap."""

    url: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer, or why there is none.

    Attributes:
        asked: the address that was asked for; url: the one that answered, after redirects.
        why: '' or why the page may not be used (answered 404, robots.txt does not allow it, reserved by the site).
    """

    asked: str
    url: str
    kind: str
    text: str = ""
    why: str = ""

    @property
    def page(self) -> Page:
        """The page as the readers of pages take it."""
        return Page(url=self.url, text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that one look brought.

    Attributes:
        pages: every page asked for, in order.
        sitemaps: what robots.txt names.
        failed: '' or why the look ended early.
    """

    pages: tuple[Seen, ...]
    sitemaps: tuple[str, ...] = ()
    failed: str = ""

    def good(self, kind: str) -> list[Seen]:
        """Return the pages of a kind that may be used."""
        return [seen for seen in self.pages if seen.kind == kind and not seen.why]
