"""What can be wrong with a site's config, said before anything is fetched."""

from __future__ import annotations

import difflib
from dataclasses import fields

import re2
from parsel import Selector
from parsel.csstranslator import HTMLTranslator

from crawler.records.ad import CATEGORIES, Ad
from crawler.records.site import FieldRule, SiteConfig

AD_FIELDS = frozenset(item.name for item in fields(Ad)) - {"site", "url", "seen_at"}
SCROLL_MAX = 1000
_EMPTY = Selector(text="<html></html>")


def faults(site: SiteConfig) -> list[str]:
    """List every mistake in a site's config, each with the key and what to write."""
    found = [fault for rule in site.fields for fault in _rule_faults(rule)]
    if site.fetcher not in ("http", "browser"):
        found.append(f'fetcher = "{site.fetcher}": write "http" or "browser"')
    if not site.hosts:
        found.append('hosts is empty: write the hosts that may be asked, such as ["exempel.example"]')
    if not site.start and not site.sitemap:
        found.append("start and sitemap are both empty: there is no page to begin with")
    if not {"title", "body"} & {rule.name for rule in site.fields}:
        found.append("[fields] has neither title nor body: an ad needs one of them")
    if site.start and not site.ad_links:
        found.append("ad_links is empty: write a selector that finds links to ads on a list page")
    for name in ("next_page", "list_links", "ad_links", "wait_for"):
        found += _css_faults(name, getattr(site, name))
    for name in ("ad_url", "ad_id"):
        found += _pattern_faults(name, getattr(site, name))
    for name, value in site.defaults.items():
        if name not in AD_FIELDS:
            found.append(f"[defaults] {name} is not a field of an ad{_near(name)}")
        elif name == "category" and value not in CATEGORIES:
            found.append(f'[defaults] category = "{value}": write one of {", ".join(CATEGORIES)}')
    if site.politeness.delay_s < 1.0 and not site.simulator:
        found.append("[politeness] delay_s is under a second: write 5.0, unless the site allows more in writing")
    if not 0 <= site.scroll_max <= SCROLL_MAX:
        found.append(f"scroll_max = {site.scroll_max}: write a number of steps from 0 to {SCROLL_MAX}")
    if bool(site.fetch_base) != bool(site.public_base):
        found.append("fetch_base and public_base go together: write both or neither")
    return found


def _rule_faults(rule: FieldRule) -> list[str]:
    where = f"[fields.{rule.name}]"
    found = []
    if rule.name not in AD_FIELDS:
        found.append(f"{where} is not a field of an ad{_near(rule.name)}")
    if sum(bool(way) for way in (rule.css, rule.xpath, rule.json_ld)) != 1:
        found.append(f"{where}: write exactly one of css, xpath, json_ld")
    found += [f"{where} {fault}" for fault in _css_faults("css", rule.css)]
    if rule.xpath:
        try:
            _EMPTY.xpath(rule.xpath)
        except ValueError as error:
            found.append(f"{where} xpath does not parse: {str(error).splitlines()[0]}")
    found += [f"{where} {fault}" for fault in _pattern_faults("pattern", rule.pattern)]
    return found


def _css_faults(name: str, selector: str) -> list[str]:
    if not selector:
        return []
    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SyntaxError, ValueError) as error:  # cssselect raises SyntaxError for a selector that does not parse
        return [f"{name} does not parse: {error}"]
    return []


def _pattern_faults(name: str, pattern: str) -> list[str]:
    if not pattern:
        return []
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        return [f"{name} does not parse: {error}"]
    return [] if compiled.groups or name == "ad_url" else [f"{name} has no group: put round brackets around the part to keep"]


def _near(name: str) -> str:
    near = difflib.get_close_matches(name, sorted(AD_FIELDS), n=1)
    return f"; did you mean {near[0]}?" if near else f"; fields: {', '.join(sorted(AD_FIELDS))}"
