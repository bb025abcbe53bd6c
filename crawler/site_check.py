"""Tell field by field what a site's config reads: now, from the saved pages, and last week; a dead field is named with what would find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import re2

from crawler.parse import MissingFieldError, list_links, parse_ad
from crawler.records.site import FieldRule, SiteConfig
from crawler.teach.following import next_links
from crawler.teach.links import groups_of
from crawler.teach.nearest import as_config, nearest_by_shape, nearest_exact
from crawler.teach.saved import AT, SavedPage, expected_of
from crawler.teach.seen import Found, Seen
from crawler.teach.values import is_like

ADS = 3  # ads that are fetched
SHOWN_MAX = 80  # characters of a value
USUAL = 0.2  # share of last week's ads or of the saved ones, from which on a field is looked for elsewhere
CHANCE_MAX = 0.05  # probability from which on ads without a field may be chance
_DIGITS = re2.compile(r"\d(?:[ .()\-/]{0,2}\d){5,}")  # six digits and more: a phone, not a price
Row = dict[str, str]


def check(site: SiteConfig, *, found: Found | None, saved: Sequence[SavedPage], week: Mapping[str, float]) -> list[Row]:
    """Compare what a config reads now with what it read when pages were saved, and with last week.

    Args:
        found: what a look brought; None when nothing was fetched.
        week: field to the share of last week's ads that had it, 0-1; empty when nothing is known.

    Returns:
        Rows with `field`, `found` ("2 of 2 ads" now), `value` (the first one, long numbers masked), `saved` ("5 of 5 pages" read as when
        they were saved), `week` ("71 %"), `advice` ('' or what to write). The links of lists, pages not understood and a look that
        failed are rows of their own.
    """
    pages, refused = _read(site, found)
    rows = [_field_row(site, rule, pages, saved, week) for rule in site.fields]
    if site.start:
        rows += [_links_row(site, name, found, saved) for name in ("ad_links", "next_page") if getattr(site, name)]
    rows += [_row("(page)", "not understood", f"{url}: {why}") for url, why in refused]
    if found is not None and (why := found.failed or _nothing(found)):
        rows.append(_row("(site)", "failed", why))
    return rows


def _row(field: str, found: str, value: str, *, saved: str = "", week: str = "", advice: str = "") -> Row:
    return {"field": field, "found": found, "value": value, "saved": saved, "week": week, "advice": advice}


def _read(site: SiteConfig, found: Found | None) -> tuple[list[tuple[Seen, dict[str, Any]]], list[tuple[str, str]]]:
    """Return the ads that were looked at as (page, fields), and the pages that were not understood as (address, reason)."""
    pages, refused = [], []
    for seen in found.pages if found is not None else ():
        if seen.why:
            refused.append((seen.asked, seen.why))
        elif seen.kind == "ad":
            try:
                pages.append((seen, asdict(parse_ad(seen.page, site, AT))))
            except MissingFieldError as missing:
                refused.append((seen.asked, str(missing)))
                pages.append((seen, {}))
    return pages, refused


def _nothing(found: Found) -> str:
    return "" if found.good("ad") else "no ad could be looked at"


def _field_row(
    site: SiteConfig, rule: FieldRule, pages: Sequence[tuple[Seen, dict[str, Any]]], saved: Sequence[SavedPage], week: Mapping[str, float]
) -> Row:
    values = [ad.get(rule.name) for _, ad in pages]
    full = [value for value in values if value]
    kept = [page for page in saved if page.kind == "ad" and page.expected.get(rule.name)]
    same = [page for page in kept if expected_of(site, "ad", page.page).get(rule.name) == page.expected[rule.name]]
    advice = ""
    if len(same) < len(kept):
        advice = _advice("no longer reads its saved pages", nearest_exact(rule, kept))
    elif pages and not full:
        ads = sum(page.kind == "ad" for page in saved)
        usual = max(week.get(rule.name, 0.0), len(kept) / ads if ads else 0.0)
        advice = _missing(rule, [seen.text for seen, _ in pages], kept, usual, site.ad_url)
    return _row(
        rule.name,
        f"{len(full)} of {len(pages)} ads",
        shown_value(rule.name, _as_text(full[0])) if full else "",
        saved=f"{len(same)} of {len(kept)} pages" if kept else "",
        week=f"{week[rule.name]:.0%}".replace("%", " %") if rule.name in week else "",
        advice=advice,
    )


def _missing(rule: FieldRule, texts: Sequence[str], kept: Sequence[SavedPage], usual: float, ad_url: str) -> str:
    """Say that a field died, when it stands elsewhere on the pages, or when so many ads without it are no chance; '' otherwise."""
    nearest = nearest_by_shape(rule, texts, kept, ad_url=ad_url) if usual >= USUAL else None
    if nearest is None and (1.0 - usual) ** len(texts) > CHANCE_MAX:
        return ""
    return _advice("found on none of the ads now", nearest)


def _advice(what: str, rule: FieldRule | None) -> str:
    return f"{what}; nearest that finds it: {as_config(rule)}" if rule is not None else f"{what}, and nothing on them looks like it"


def _links_row(site: SiteConfig, name: str, found: Found | None, saved: Sequence[SavedPage]) -> Row:
    lists = found.good("list") if found is not None else []
    links = [list_links(seen.page, site) for seen in lists]
    number = sum(bool(link.ads if name == "ad_links" else link.next_page) for link in links)
    kept = [page for page in saved if page.kind == "list" and page.expected.get("ads" if name == "ad_links" else "next_page")]
    key = "ads" if name == "ad_links" else "next_page"
    same = [page for page in kept if expected_of(site, "list", page.page)[key] == page.expected[key]]
    first = f"{max(len(link.ads) for link in links)} ads" if links and name == "ad_links" else ""
    advice = _links_advice(site, name, lists[-1]) if lists and not number and (name == "ad_links" or kept) else ""
    if len(same) < len(kept) and not advice:
        advice = "no longer reads its saved pages"
    return _row(name, f"on {number} of {len(lists)} lists", first, saved=f"{len(same)} of {len(kept)} pages" if kept else "", advice=advice)


def _links_advice(site: SiteConfig, name: str, seen: Seen) -> str:
    """Say what on a list page looks like the links that were not found."""
    if name == "next_page":
        following = next_links(seen.page, site.ad_url)
        return "found on none of the lists now" + (f"; a link that says {masked_value(following[0].text)!r} may be it" if following else "")
    groups = groups_of(seen.page)
    alike = [group for group in groups if site.ad_url and any(re2.search(site.ad_url, url) for url in group.urls)] or groups
    return "found on none of the lists now" + (f"; nearest that finds links: ad_links = '{alike[0].selector}', ad_url = '{alike[0].template}'" if alike else "")


def _as_text(value: Any) -> str:
    """Return a field's value as one line; a handle is an account on a service."""
    if isinstance(value, list | tuple):
        return " | ".join(f"{item['kind']}: {item['value']}" if isinstance(item, dict) else str(item) for item in value)
    return str(value)


def shown_value(field: str, text: str) -> str:
    """Return a field's value as a person may see it: masked, but for a date, which is no number of anybody."""
    return text if field == "posted_at" and len(text) <= SHOWN_MAX and is_like(field, text) else masked_value(text)


def masked_value(text: str) -> str:
    """Return the head of a value on one line, every number of six digits and more masked to its last three."""
    line = " ".join(text.split())
    cut = line if len(line) <= SHOWN_MAX else line[:SHOWN_MAX] + "…"
    return str(_DIGITS.sub(lambda found: "•••" + "".join(digit for digit in found.group(0) if digit.isdigit())[-3:], cut))
