"""What a run says for itself when it did not go as it should: what, where, and what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.records.site import SiteConfig


def place(url: str) -> str:
    """Return the part of an address that names the page within its site, without its query."""
    path = urlsplit(url).path or "/"
    return path if len(path) <= 60 else path[:57] + "..."


def at_the_end(site: SiteConfig, *, ads: int, rejected: int, endless: int) -> str:
    """Judge a run that read everything it found; '' when there is nothing to say.

    Args:
        ads, rejected: rows in the landing file.
        endless: list pages in a row that named no new ad and still led to a next one; 0 when the lists came to an end.
    """
    if ads and endless:
        return (
            f"its lists do not end: {endless} pages in a row named no new ad, and the rest was not read. "
            f"All ads named before were read. Look at next_page in config/sites/{site.site}.toml"
        )
    if ads:
        return ""
    if rejected:
        return changed(site, rejected=rejected, reason="")
    selector = f"ad_links = {site.ad_links!r}" if site.start else f"ad_url = {site.ad_url!r}"
    return (
        f"no ad was found where {selector} looks; the site has probably changed, is empty, or showed another page. "
        f"Nothing was overwritten. Look with `lykta sites check {site.site}` and update config/sites/{site.site}.toml."
    )


def changed(site: SiteConfig, *, rejected: int, reason: str) -> str:
    """Say that no ad of a site was understood."""
    why = f" ({reason})" if reason else ""
    return (
        f"none of {rejected} pages could be read as an ad{why}; the site has probably changed or served an error page. "
        f"Nothing was overwritten. Look with `lykta sites check {site.site}` and update config/sites/{site.site}.toml."
    )


def budget_spent(site: SiteConfig, *, left: int) -> str:
    """Say that the run stopped at its number of pages."""
    pages = site.politeness.pages_max
    return f"stopped after {pages} pages with {left} left; raise pages_max in [politeness] of config/sites/{site.site}.toml if the site allows it"


def no_browser(site: SiteConfig) -> str:
    """Say that a site needs a browser and there is none."""
    return f"no browser: {site.site} shows nothing without JavaScript. Install Chromium (Debian: apt-get install chromium) and crawl again"
