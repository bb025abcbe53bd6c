"""From a finished look to a config that can be written down, and to the table that shows what each field came out as."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.parse import Page
from crawler.records.site import FieldRule, Politeness, SiteConfig
from crawler.site_check import shown_value
from crawler.teach.explore import Survey, survey_of
from crawler.teach.fields import found_in, pages_of, propose_fields, read
from crawler.teach.seen import Found

SCROLLS = 200  # steps of four fifths of a window: some thousand rows
ADS_MIN = 2  # pages that must read like ads before a config is proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A config as it could be written, the pages that it was made from, and what a person should know about it.

    Attributes:
        site: without a legal note, so that nothing can be crawled by it yet.
        notes: sentences about what was not found.
    """

    site: SiteConfig
    lists: tuple[Page, ...]
    ads: tuple[Page, ...]
    notes: tuple[str, ...] = ()


class NothingToTeachError(Exception):
    """A look that shows no ads, with what to do about it."""


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine, where only made-up sites are."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hosts_of(url: str) -> tuple[str, ...]:
    """Return the hosts that a site at an address may be asked at: its own, with and without www."""
    host = (urlsplit(url).hostname or "").lower()
    if is_loopback(url) or not host:
        return (host,)
    return tuple(dict.fromkeys((host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")))


def provisional(name: str, url: str, *, browser: bool) -> SiteConfig:
    """Return the config by which a site is looked at before anything is known of it: its own hosts, the usual pauses, nothing kept."""
    loopback = is_loopback(url)
    return SiteConfig(
        site=name, fetcher="browser" if browser else "http", hosts=hosts_of(url), start=(url,), fields=(), simulator=loopback,
        scroll_max=SCROLLS if browser else 0, politeness=Politeness(delay_s=0.0 if loopback else 5.0),
    )  # fmt: skip


def propose(found: Found, looked_by: SiteConfig, *, example: str = "", places: frozenset[str] = frozenset()) -> Proposal:
    """Propose a config from what a look found.

    Args:
        looked_by: the provisional config of the look.
        places: names of places in lower case, by which a city is known in a line of other things.

    Raises:
        NothingToTeachError: no list, no ads, or too few of them could be read; the message says what to try.
    """
    if found.failed or not found.pages or found.pages[0].why:
        why = found.failed or (found.pages[0].why if found.pages else "nothing was asked")
        raise NothingToTeachError(f"the first page could not be read: {why}")
    survey = survey_of(found, example)
    ads = [seen for seen in found.pages if not seen.why and seen.asked in survey.sample]
    if survey.ads is None or len(ads) < ADS_MIN:
        raise NothingToTeachError(_nothing(found, looked_by))
    pages = pages_of([seen.text for seen in ads], ad_url=survey.ads.template, places=places)
    fields = propose_fields(pages)
    if not {"title", "body"} & {rule.name for rule in fields}:
        raise NothingToTeachError("the pages that the list leads to have neither a title nor a text that differs from ad to ad")
    site = _known_by(_site(survey, looked_by, fields), survey, found)
    return Proposal(site=site, lists=survey.lists, ads=tuple(seen.page for seen in ads), notes=_notes(survey, site, found))


def _nothing(found: Found, looked_by: SiteConfig) -> str:
    if looked_by.fetcher == "http" and "<script" in found.pages[0].text:
        return "no links to ads were found; if the page shows its list in a browser, try again with --browser. Otherwise name an ad with --ad URL"
    return "no links to ads were found. Begin with a page that lists ads, or name one of its ads with --ad URL"


def _site(survey: Survey, looked_by: SiteConfig, fields: tuple[FieldRule, ...]) -> SiteConfig:
    group = survey.ads
    if group is None:
        raise NothingToTeachError("no ads")
    by_sitemap = bool(survey.sitemap)
    more = [survey.sections.selector] if survey.sections else []
    more += [survey.pager] if survey.pager else []
    start = survey.front.url if survey.sections or not survey.lists else survey.lists[0].url
    return SiteConfig(
        site=looked_by.site, fetcher=looked_by.fetcher, hosts=looked_by.hosts, fields=fields, simulator=looked_by.simulator, politeness=looked_by.politeness,
        scroll_max=looked_by.scroll_max, start=() if by_sitemap else (start,), sitemap=(survey.sitemap,) if by_sitemap else (), ad_url=group.template,
        ad_links="" if by_sitemap else group.selector, next_page="" if by_sitemap else survey.following,
        list_links="" if by_sitemap else ", ".join(more), wait_for=_wait_for(group.selector, fields) if looked_by.fetcher == "browser" else "",
        defaults={} if any(rule.name == "category" for rule in fields) else {"category": "escort"},
    )  # fmt: skip


def _known_by(site: SiteConfig, survey: Survey, found: Found) -> SiteConfig:
    """Know ads without the session in their addresses, where one that was asked for without it was the same ad."""
    by_asked = {seen.asked: seen.text for seen in found.pages if not seen.why}
    title = next((rule for rule in site.fields if rule.name == "title"), None)
    whole, plain = (by_asked.get(url, "") for url in (next(iter(survey.sample), ""), survey.plain))
    if survey.identity is None or title is None or not plain or not read(title, plain) or read(title, plain) != read(title, whole):
        return site
    return replace(site, ad_id=survey.identity.ad_id, ad_address=survey.identity.ad_address)


def _wait_for(ad_links: str, fields: Sequence[FieldRule]) -> str:
    """Return what a page shows once its script is done: the links of a list, or the title of an ad, which no ad lacks."""
    on_ad = [rule.css.partition("::")[0] for name in ("title", "body") for rule in fields if rule.name == name and rule.css]
    return ", ".join(css for css in (ad_links, *on_ad[:1]) if css and ":contains" not in css)


def _notes(survey: Survey, site: SiteConfig, found: Found) -> tuple[str, ...]:
    notes = []
    if survey.identity is not None:
        passing = ", ".join(survey.identity.passing)
        known = "ads are known without it (ad_id, ad_address)" if site.ad_id else "every night would take each ad for new. Fill in ad_id and ad_address"
        notes.append(f"The addresses of ads carry {passing}, which is another one at each visit: {known}.")
    if not survey.sitemap and not survey.following and not survey.pager:
        notes.append("No link to a next list page was found: only the first page of each list will be read. Fill in next_page if there are more.")
    if not any(rule.name == "phones" for rule in site.fields):
        notes.append("No place for phones was found. Those in the ads' texts are read all the same; those shown only after a click cannot be.")
    notes += [f"{urlsplit(seen.asked).path}: {seen.why}" for seen in found.pages if seen.why]
    return tuple(notes)


def table_of_fields(proposal: Proposal) -> list[dict[str, str]]:
    """Return a row a field: how it is read, in how many of the ads looked at it was found, its first value with numbers masked."""
    pages = pages_of([page.text for page in proposal.ads])
    rows = []
    for rule in proposal.site.fields:
        first = next((values for text in pages.texts if (values := read(rule, text))), [])
        found = f"{found_in(rule, pages)} of {len(pages.texts)} ads"
        rows.append({"field": rule.name, "how": rule_text(rule), "found": found, "value": shown_value(rule.name, " | ".join(first))})
    return rows


def rule_text(rule: FieldRule) -> str:
    """Return a rule in a few words, as the config has it."""
    way = "json_ld" if rule.json_ld else "css" if rule.css else "xpath"
    cut = f", pattern {rule.pattern}" if rule.pattern else f", part {rule.part} at {rule.split!r}" if rule.split else ""
    return f"{way} {rule.json_ld or rule.css or rule.xpath}{cut}"
