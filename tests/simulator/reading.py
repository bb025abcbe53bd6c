"""Read the made-up sites as a crawler would, for the tests."""

from __future__ import annotations

import http.client
from pathlib import Path

from crawler.parse import Page, list_links, sitemap_links
from crawler.records.site import SiteConfig
from pipeline.settings import read_site
from simulator.serve import Running


def get(url: str, *, cookie: str = "", timeout: float = 60.0) -> tuple[int, dict[str, str], bytes]:
    """Fetch an address without following redirects. Returns status, headers in lower case, body."""
    host, _, path = url.removeprefix("http://").partition("/")
    con = http.client.HTTPConnection(host, timeout=timeout)
    try:
        con.request("GET", "/" + path, headers={"Cookie": cookie} if cookie else {})
        answer = con.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        con.close()


def page(url: str) -> Page:
    return Page(url=url, text=get(url)[2].decode("utf-8"))


def config_of(running: Running, folder: Path) -> SiteConfig:
    """Read a running site's config as an installation would."""
    path = folder / f"{running.site.name}.toml"
    path.write_text(running.config, "utf-8")
    return read_site(path)


def links_of(site: SiteConfig, *, pages: int = 50) -> list[str]:
    """Follow a site's lists or its sitemap as a crawler would, at most so many pages."""
    found: list[str] = []
    for address in site.sitemap:
        found += sitemap_links(page(address), site).ads
    for address in site.start:
        while address and pages:
            links = list_links(page(address), site)
            found, address, pages = [*found, *links.ads], links.next_page, pages - 1
    return found
