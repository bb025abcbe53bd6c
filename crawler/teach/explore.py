"""What to look at next, and what a look has shown: where the lists are, how they go on, and which pages are ads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

import re2
from parsel import Selector

from crawler.parse import Page, ad_address, joined, sitemap_links
from crawler.records.site import SiteConfig
from crawler.teach.following import next_links, next_selector, pager_selector
from crawler.teach.identity import Identity, identity_of
from crawler.teach.links import LinkGroup, groups_of
from crawler.teach.seen import Found, Step

LISTS = 2  # list pages that are looked at, besides a front page that only leads to them
SECTIONS_MAX = 5  # lists that are looked at until one shows a link to a next page
ADS = 5
CLOSED_MAX = 3  # candidates for a list that turned out empty before the look gives up
LINKED = 0.4  # share of a page's words that are links, from which on it is a list
ANY_SITE = SiteConfig(site="any", fetcher="http", hosts=(), start=(), fields=())
_SPEAKS = re2.compile(r"(?i)tel:|mailto:|\d(?:[ .()\-/]{0,2}\d){7,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a look has shown of a site, so far.

    Attributes:
        front: the page that it began with.
        lists: the pages that name ads, in order.
        sections: links on the front page to lists; None when the front page names ads itself.
        ads: links to ads; None as long as none were found.
        following: selector of the link to the next list page; onward: where that link leads on the first of the lists.
        pager: selector of the links to all list pages, where none says next.
        sitemap: the sitemap that names every ad seen on the lists; '' without.
        sample: addresses of the ads to look at.
        identity: by what ads are known whose addresses carry a session; None for others. plain: the first of the sample, asked for by that alone.
    """

    front: Page
    lists: tuple[Page, ...] = ()
    sections: LinkGroup | None = None
    ads: LinkGroup | None = None
    following: str = ""
    onward: str = ""
    pager: str = ""
    sitemap: str = ""
    sample: tuple[str, ...] = ()
    identity: Identity | None = None
    plain: str = ""


def next_step(found: Found, start: str, example: str = "") -> Step | None:
    """Return the page to look at next; None when enough was seen, or when nothing more can be found.

    Args:
        example: the address of an ad that a person named; '' without.
    """
    asked = {seen.asked for seen in found.pages}
    if not found.pages:
        return Step(url=start, kind="list")
    if found.pages[0].why:
        return None
    for step in _wanted(found, example):
        if step.url not in asked:
            return step
    return None


def _wanted(found: Found, example: str) -> list[Step]:
    """Return the pages that the look needs, in order, seen ones included."""
    front = found.pages[0]
    groups = groups_of(front.page)
    steps = [Step(url=example, kind="ad")] if example else []
    survey = survey_of(found, example)
    if survey.ads is None:
        tried = [group.urls[0] for group in groups[:CLOSED_MAX]]
        inner = survey.sections.urls[:CLOSED_MAX] if survey.sections else ()
        return [*steps, *(Step(url=url, kind="list") for url in dict.fromkeys((*tried[:1], *inner, *tried[1:])))][: 2 * CLOSED_MAX]
    if survey.onward:
        steps.append(Step(url=survey.onward, kind="list"))
    elif survey.sections:  # the first list may be a short one; a longer one shows how lists go on
        steps += [Step(url=url, kind="list") for url in survey.sections.urls[:SECTIONS_MAX]]
    steps += [Step(url=url, kind="sitemap") for url in found.sitemaps[:1]]
    return steps + [Step(url=url, kind="ad") for url in (*survey.sample, survey.plain) if url]


def survey_of(found: Found, example: str = "") -> Survey:
    """Say what the pages seen so far show."""
    front = found.pages[0].page
    survey = Survey(front=front)
    own = groups_of(front)
    if example:
        own = tuple(group for group in own if re2.search(group.template, example)) or own
    for group in own[:CLOSED_MAX]:
        shown = next((seen for seen in found.pages if seen.asked in group.urls and not seen.why), None)
        if shown is None:
            continue
        inner = _inner_groups(shown.page, front, group)
        if not inner or (example and re2.search(group.template, example)):
            return _with_ads(replace(survey, ads=group), found, first=front)
        if any(seen.asked in group.urls for seen in found.pages):
            return _with_ads(replace(survey, sections=group, ads=inner[0]), found, first=shown.page)
    return _by_sitemap(survey, found)


def _inner_groups(page: Page, front: Page, group: LinkGroup) -> list[LinkGroup]:
    """Return the groups of links for which a page is a list and not an ad; none when it reads like an ad."""
    known = frozenset(link for other in groups_of(front) for link in other.urls)
    inner = [other for other in groups_of(page, without=known) if not re2.search(group.template, other.urls[0])]
    body = Selector(text=page.text).css("body")
    words = sum(len(text.strip()) for text in body.xpath(".//text()[not(ancestor::script or ancestor::style)]").getall())
    linked = sum(len(text.strip()) for text in body.xpath(".//a//text()").getall())
    if not inner or _SPEAKS.search(" ".join(body.xpath(".//a/@href").getall())):
        return []
    return inner if linked > LINKED * words or len(inner[0].urls) > GROUP_LARGE else []


GROUP_LARGE = 5  # links that repeat on a page of few words in links, from which on it is a list


def _with_ads(survey: Survey, found: Found, *, first: Page) -> Survey:
    """Add the lists, the way from one to the next, the sitemap and the sample to a survey that knows its ads."""
    group = survey.ads
    if group is None:
        return survey
    lists = [first] + [seen.page for seen in found.good("list") if seen.url != first.url and _names(seen.page, group) and seen.url != survey.front.url]
    leading = next((page for page in lists if next_links(page, group.template)), None)
    onward = next_links(leading, group.template)[0].url if leading is not None else ""
    after = [page for page in lists if page.url == onward]
    chosen = [leading, *after] if leading is not None and after else lists[:LISTS]
    ads = tuple(dict.fromkeys(url for page in chosen for url in _urls(page, group)))
    following = next_selector(chosen, group.template)
    pager = "" if following else next(filter(None, map(pager_selector, lists)), "")
    sample, identity = _spread(ads), identity_of([_urls(page, group) for page in chosen])
    return replace(
        survey, lists=tuple(chosen), following=following, onward=onward, pager=pager, sitemap=_sitemap(found, group, ads),
        sample=sample, ads=replace(group, urls=ads), identity=identity, plain=_plain(sample, identity),
    )  # fmt: skip


def _plain(sample: Sequence[str], identity: Identity | None) -> str:
    """Return the address of the first ad by its identity alone; '' where addresses carry nothing else."""
    if identity is None or not sample:
        return ""
    return ad_address(sample[0], replace(ANY_SITE, ad_id=identity.ad_id, ad_address=identity.ad_address))


def _names(page: Page, group: LinkGroup) -> bool:
    return bool(_urls(page, group))


def _urls(page: Page, group: LinkGroup) -> tuple[str, ...]:
    """Return the addresses of a group on another page of the same kind, which may hold only one."""
    hrefs = Selector(text=page.text).css(group.selector).xpath("@href").getall()
    found = [urldefrag(joined(page.url, href)).url for href in hrefs]
    return tuple(dict.fromkeys(url for url in found if re2.search(group.template, url)))


def _sitemap(found: Found, group: LinkGroup, ads: Sequence[str]) -> str:
    """Return the sitemap that names every ad seen on the lists; '' when there is none or it leaves some out."""
    for seen in found.good("sitemap"):
        named = set(sitemap_links(seen.page, ANY_SITE).ads)
        if named and set(ads) <= named:
            return seen.asked
    return ""


def _by_sitemap(survey: Survey, found: Found) -> Survey:
    """Take the ads from a sitemap where no list names any: those whose addresses are alike."""
    for seen in found.good("sitemap"):
        links = sitemap_links(seen.page, ANY_SITE).ads
        by_steps: dict[int, list[str]] = {}
        for url in links:
            by_steps.setdefault(urlsplit(url).path.count("/"), []).append(url)
        largest = max(by_steps.values(), key=len, default=[])
        if len(largest) >= ADS:
            groups = groups_of(Page(url=seen.url, text="".join(f'<a href="{url}">{url}</a>' for url in largest)))
            if groups:
                return replace(survey, ads=groups[0], sitemap=seen.asked, sample=_spread(groups[0].urls))
    return survey


def _spread(urls: Sequence[str]) -> tuple[str, ...]:
    """Choose ads from all over the lists, because neighbours are often alike."""
    step = max(1, len(urls) // ADS)
    return tuple(urls[::step][:ADS])
