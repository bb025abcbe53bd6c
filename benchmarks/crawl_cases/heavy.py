"""A site of pages as heavy as a site may have them: a sitemap of 50,000 addresses, a list of 5,000 links, an ad and a wall of megabytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crawler.records.site import Politeness, SiteConfig
from tests.crawler.small_site import Answer, Route, ad_page, config, list_page, small_site

ENTRIES, ASKED = 50_000, 30  # addresses in the sitemap, the most that its standard allows; pages asked for
WORDS = "påhittad text <b>med fet stil</b> "


@contextmanager
def heavy_site() -> Iterator[SiteConfig]:
    """Serve it until the block ends, and give its config."""
    pages: dict[str, Route] = {f"/annons/{number}": ad_page(number) for number in range(20)}
    pages |= {
        "/annons/0": f'<html><h1>Annons 0</h1><p class="text">{WORDS * 100_000}</p>',
        "/annons/1": f'<html><h2>Utan rubrik</h2><p class="text">{WORDS * 100_000}</p>',
        "/annons/2": "<html><h2>Djupt</h2>" + "<div class=a>" * 200_000,
        "/robots.txt": "User-agent: *\nDisallow: /hemligt\n",
    }
    with small_site(pages) as running:
        named = "".join(f"<url><loc>{running.base}/{'annons' if number < 20 else 'arkiv'}/{number}</loc></url>" for number in range(ENTRIES))
        pages["/sitemap.xml"] = Answer(body=f"<urlset>{named}</urlset>", kind="application/xml")
        pages["/"] = list_page(range(5000)).replace("/annons/", "/annons/0?nr=")
        gentle = Politeness(delay_s=0.0, timeout_s=30.0, pages_max=ASKED)
        yield config(running.base, ad_url=r"/(annons|arkiv)/\d+$", sitemap=(running.base + "/sitemap.xml",), politeness=gentle)
