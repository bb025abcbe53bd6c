"""Fields that a page states for machines, as JSON-LD: the first choice, because it survives redesigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawler.parse import MANY, structured_items
from crawler.records.ad import CATEGORIES
from crawler.records.site import FieldRule
from crawler.teach.values import is_like

# the end of a path as schema.org has it, the most telling first
ENDS: dict[str, tuple[str, ...]] = {
    "title": ("name", "headline", "title"),
    "body": ("description", "articleBody", "text"),
    "posted_at": ("datePosted", "datePublished", "dateCreated", "uploadDate", "availabilityStarts"),
    "category": ("category",),
    "name": ("seller.givenName", "givenName", "seller.name", "author.name", "offers.seller.name", "offeredBy.name"),
    "age": ("seller.age", "age"),
    "city": ("addressLocality",),
    "address": ("streetAddress",),
    "venue": ("availableAtOrFrom.name", "location.name", "availableAt.name"),
    "price": ("offers.description", "offers.price", "priceRange", "price", "offers.priceSpecification.price"),
    "phones": ("telephone",),
    "emails": ("email",),
    "handles": ("sameAs",),
    "payment": ("acceptedPaymentMethod", "paymentAccepted"),
    "account": ("seller.identifier", "author.identifier", "seller.url"),
    "comments": ("comment.text", "review.reviewBody", "review.description"),
    "images": ("image", "image.url", "image.contentUrl", "photo.contentUrl", "photo"),
}
TOP_ALONE = frozenset({"title", "body"})  # a name deeper down is the name of something else
PATHS_MAX = 400  # of one page


def by_structure(texts: Sequence[str]) -> dict[str, FieldRule]:
    """Propose a rule for each field that the JSON-LD of most pages states.

    Args:
        texts: pages of ads.
    """
    pages = [_paths(structured_items(text)) for text in texts]
    paths = list(dict.fromkeys(path for page in pages for path in page))
    found = {}
    for field, ends in ENDS.items():
        rule = next((FieldRule(name=field, json_ld=path, many=field in MANY) for path in _candidates(field, ends, paths) if _holds(field, path, pages)), None)
        if rule is not None:
            found[field] = rule
    return found


def _candidates(field: str, ends: Sequence[str], paths: Sequence[str]) -> list[str]:
    if field in TOP_ALONE:
        return [end for end in ends if end in paths]
    fits = [(place, path.count("."), path) for place, end in enumerate(ends) for path in paths if path == end or path.endswith("." + end)]
    return list(dict.fromkeys(path for _, _, path in sorted(fits)))


def _holds(field: str, path: str, pages: Sequence[Mapping[str, list[str]]]) -> bool:
    """Tell whether a path gives what the field is, on enough pages, and not the same everywhere."""
    given = [page[path] for page in pages if page.get(path)]
    values = [value for page in given for value in page]
    if not values:
        return False
    if field in ("title", "body") and (len(given) < len(pages) * 0.6 or (len(pages) > 2 and len({page[0] for page in given}) == 1)):
        return False
    if field == "category":
        return all(value in CATEGORIES for value in values)
    if field in ("phones", "emails", "handles", "age"):
        return sum(is_like(field, value) for value in values) >= 0.8 * len(values)
    return not (field in ("phones", "emails", "name", "account") and len(pages) > 2 and len(given) > 2 and len(set(values)) == 1)


def _paths(items: Sequence[Any]) -> dict[str, list[str]]:
    """Return every dotted path of a page's structured data with its texts."""
    found: dict[str, list[str]] = {}

    def walk(item: Any, path: tuple[str, ...]) -> None:
        if len(found) > PATHS_MAX:
            return
        if isinstance(item, Mapping):
            for name, inner in item.items():
                if not str(name).startswith("@") and "." not in str(name):
                    walk(inner, (*path, str(name)))
        elif isinstance(item, list):
            for inner in item:
                walk(inner, path)
        elif path and isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip():
            found.setdefault(".".join(path), []).append(str(item).strip())

    for item in items:
        walk(item, ())
    return found
