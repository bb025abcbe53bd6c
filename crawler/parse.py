"""Read pages: pure functions from a saved page and a site's config to links and ads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urljoin

import extruct
import re2
from lxml.etree import LxmlError
from parsel import Selector

from crawler.pages import own_reader
from crawler.records.ad import Ad, Handle
from crawler.records.site import FieldRule, SiteConfig

MANY = frozenset({"phones", "emails", "handles", "payment", "comments", "images"})
TEXT_MAX = 100_000  # characters of one field; longer ones are cut here, and the reading says so
VALUES_MAX = 50  # values of one field
LINKS_MAX = 5000  # links on one page
ENTRIES_MAX = 50_000  # addresses in one sitemap, the most that its standard allows
SITEMAPS_MAX = 500  # sitemaps in an index
HALF = re2.compile(r"(?i)&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:5[3-9]|6[0-9]|7[0-3])\d{2});")  # references to half a character
DEPTH_MAX = 40  # of lists and objects within each other in a page's structured data


class MissingFieldError(Exception):
    """A page lacks a field that an ad of its site must have."""

    def __init__(self, field: str, url: str) -> None:
        super().__init__(f"no {field}")
        self.field, self.url = field, url


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was fetched: its address and its text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What a list page or sitemap leads to: addresses of ads in their order, the next list page ('' at the end), further lists, sitemaps.

    `named` counts the addresses of ads on the page, before those of one ad were taken as one.
    """

    ads: tuple[str, ...]
    next_page: str
    lists: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    named: int = 0


def list_links(page: Page, site: SiteConfig) -> Links:
    """Return the links of a list page."""
    selector = Selector(text=page.text, type="html")
    found = _attributes(selector, site.ad_links, "href") if site.ad_links else []
    plain = dict.fromkeys(urldefrag(joined(page.url, link)).url for link in found[:LINKS_MAX])
    named = [address for link in plain if (address := ad_address(link, site))]
    ads = dict.fromkeys(named)
    following = _attributes(selector, site.next_page, "href") if site.next_page else []
    further = _attributes(selector, site.list_links, "href")[:LINKS_MAX] if site.list_links else []
    return Links(
        ads=tuple(ads),
        next_page=urldefrag(joined(page.url, following[0])).url if following else "",
        lists=tuple(dict.fromkeys(urldefrag(address).url for link in further if (address := joined(page.url, link)))),
        named=len(named),
    )


def sitemap_links(page: Page, site: SiteConfig) -> Links:
    """Return the ads that a sitemap or a feed (RSS, Atom) names, or the sitemaps that an index of sitemaps names."""
    selector = Selector(text=HALF.sub("", page.text), type="xml")
    found, indexed = _entries(selector.root)
    named = [address for link in dict.fromkeys(found) if (address := ad_address(joined(page.url, link.strip()), site))]
    further = dict.fromkeys(address for link in indexed if (address := joined(page.url, link.strip())))
    return Links(ads=tuple(dict.fromkeys(named)), next_page="", sitemaps=tuple(further), named=len(named))


def _entries(root: Any) -> tuple[list[str], list[str]]:
    """Return the addresses of pages and of sitemaps; one element after the other, because one search for all of them would hold up everything else."""
    pages: list[str] = []
    sitemaps: list[str] = []
    for node in root.iter("{*}loc", "{*}link"):
        parent = node.getparent()
        place = (_plain(parent.tag) if parent is not None else "", _plain(node.tag))
        if place in (("url", "loc"), ("item", "link")):
            pages.append(node.text or "")
        elif place == ("sitemap", "loc") and len(sitemaps) < SITEMAPS_MAX:
            sitemaps.append(node.text or "")
        elif place == ("entry", "link") and node.get("rel", "alternate") == "alternate":
            pages.append(node.get("href", ""))
        if len(pages) >= ENTRIES_MAX:
            break
    return [page for page in pages if page], [page for page in sitemaps if page]


def _plain(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


def joined(base: str, link: str) -> str:
    """Return a link as a whole address; '' when nobody could follow it, such as `http://[`. One bad link must not cost the page its good ones."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def ad_address(url: str, site: SiteConfig) -> str:
    """Return the address by which an ad is fetched and known: without fragment, by its identity where the site says so; '' when it is no ad."""
    plain = urldefrag(url).url
    if site.ad_url and not re2.search(site.ad_url, plain):
        return ""
    if site.ad_id and site.ad_address:
        match = re2.search(site.ad_id, plain)
        if match is None:
            return ""
        return joined(plain, site.ad_address.replace("{id}", match.group(1)))
    return plain


def stored(url: str, site: SiteConfig) -> str:
    """Return the address under which a fetched address is stored."""
    if site.fetch_base and url.startswith(site.fetch_base):
        return site.public_base + url[len(site.fetch_base) :]
    return url


def fetched(url: str, site: SiteConfig) -> str:
    """Return the address at which a stored address is fetched."""
    if site.public_base and url.startswith(site.public_base):
        return site.fetch_base + url[len(site.public_base) :]
    return url


def parse_ad(page: Page, site: SiteConfig, seen_at: datetime) -> Ad:
    """Read one ad from its page: by the site's own function where crawler/pages has one, otherwise by its config.

    Raises:
        MissingFieldError: a required field is empty, or both title and body are.
    """
    own = own_reader(site.site)
    return own(page, site, seen_at) if own is not None else read_ad(page, site, seen_at)


def read_ad(page: Page, site: SiteConfig, seen_at: datetime) -> Ad:
    """Read one ad from its page as the site's config says.

    Raises:
        MissingFieldError: a required field is empty, or both title and body are.
    """
    selector = Selector(text=page.text, type="html")
    structured: list[Any] = []
    if any(rule.json_ld for rule in site.fields):
        structured = structured_items(page.text)
    values: dict[str, Any] = dict(site.defaults)
    for rule in site.fields:
        found = [value[:TEXT_MAX] for value in rule_values(rule, selector, structured)][:VALUES_MAX]
        if rule.required and not found:
            raise MissingFieldError(rule.name, page.url)
        if rule.name in MANY:
            values[rule.name] = tuple(found)
        elif found:
            values[rule.name] = found[0]
    if not values.get("title") and not values.get("body"):
        raise MissingFieldError("title", page.url)
    values["images"] = tuple(stored(address, site) for image in values.get("images", ()) if (address := joined(page.url, image)))
    values["handles"] = tuple(_handle(text) for text in values.get("handles", ()) if ":" in text)
    return Ad(site=site.site, url=stored(page.url, site), seen_at=seen_at, **values)


def _handle(text: str) -> Handle:
    kind, value = text.split(":", 1)
    return Handle(kind=kind.strip().lower(), value=value.strip())


def rule_values(rule: FieldRule, selector: Selector, structured: list[Any]) -> Iterator[str]:
    """Yield the values that a rule finds, cleaned, without empty ones."""
    for raw in _raw(rule, selector, structured):
        text = raw.replace("\r\n", "\n").strip()
        if rule.pattern:
            match = re2.search(rule.pattern, text)
            text = (match.group(1) or "").strip() if match else ""
        if rule.split:
            parts = text.split(rule.split)
            text = parts[rule.part].strip() if -len(parts) <= rule.part < len(parts) else ""
        if text:
            yield text
            if not rule.many and rule.name not in MANY:
                return


def _raw(rule: FieldRule, selector: Selector, structured: list[Any]) -> Iterator[str]:
    if rule.json_ld:
        for item in structured:
            yield from _walk(item, rule.json_ld.split("."))
        return
    found = selector.css(rule.css) if rule.css else selector.xpath(rule.xpath)
    for node in found:
        # a selector that ends in an element means all the text in it, as a reader sees it
        yield node.xpath("string()").get("") if _is_element(node) else node.get()


def _is_element(node: Selector) -> bool:
    return not isinstance(node.root, str)


def _walk(item: Any, path: list[str], depth: int = 0) -> Iterator[str]:
    """Yield the texts at the end of a dotted path, whole characters alone; lists are walked through."""
    if depth > DEPTH_MAX:
        return
    if isinstance(item, list):
        for part in item:
            yield from _walk(part, path, depth + 1)
    elif not path:
        if isinstance(item, str | int | float) and not isinstance(item, bool):
            yield str(item).encode("utf-8", "replace").decode()
    elif isinstance(item, Mapping) and path[0] in item:
        yield from _walk(item[path[0]], path[1:], depth + 1)


def structured_items(text: str) -> list[Any]:
    """Return the JSON-LD items of a page; none where it cannot be read."""
    try:
        found = extruct.extract(text, syntaxes=["json-ld"], uniform=False)["json-ld"]
    except (ValueError, LxmlError, RecursionError):
        return []
    graphs = [item.get("@graph", item) for item in found if isinstance(item, Mapping)]
    return [part for graph in graphs for part in (graph if isinstance(graph, list) else [graph])]


def _attributes(selector: Selector, css: str, attribute: str) -> list[str]:
    """Return what a selector of links gives: its own ::attr() or text, or the attribute of the elements it finds."""
    found = []
    for node in selector.css(css):
        value = node.root.get(attribute, "") if _is_element(node) else node.get()
        if value.strip():
            found.append(value.strip())
    return found
