"""Torget: plain server pages, a list with a next page, fields by class."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.records.ad import Ad
from simulator.pages.frame import element, items, page, path_of

PAGE_ADS = 40

CONFIG = r"""
start     = ["/annonser"]
next_page = "a.nasta"
ad_links  = "li.annons a.rubrik"
ad_url    = '/annons/\d+'
ad_id     = '/annons/(\d+)'
ad_address = "/annons/{id}"

[fields]
category = { css = "article.annons::attr(data-kategori)" }
title    = { css = "h1.rubrik", required = true }
body     = { css = "div.text" }
posted_at = { css = "time.inlagd::attr(datetime)" }
name     = { css = "dd.namn" }
age      = { css = "dd.alder" }
city     = { css = "dd.ort" }
address  = { css = "dd.adress" }
venue    = { css = "dd.lokal" }
price    = { css = "dd.pris" }
phones   = { css = "ul.telefon li" }
emails   = { css = "ul.epost li" }
handles  = { css = "ul.konton li" }
payment  = { css = "ul.betalning li" }
account  = { css = "span.konto" }
comments = { css = "ul.kommentarer li" }
images   = { css = "img.bild::attr(src)" }
"""


def list_page(ads: Sequence[Ad], number: int, *, links: Sequence[str] = (), following: str = "") -> str:
    """Return page `number` (from 1) of the list; `links` replace the ads' own paths, `following` the path of the next page."""
    rows = []
    for ad, link in zip(ads, links or [path_of(ad.url) for ad in ads], strict=True):
        seen = f'<span class="dim">{escape(ad.city)} {escape(ad.posted_at[:10])}</span>'
        rows.append(f'<li class="annons rad"><a class="rubrik" href="{escape(link)}">{escape(ad.title) or "Annons"}</a> {seen}</li>')
    more = f'<a class="nasta" href="{escape(following)}">Nästa sida</a>' if following else ""
    listed = f'<ul class="lista">{"".join(rows)}</ul>' if rows else '<p class="tomt">Inga annonser just nu.</p>'
    return page("torget", "Annonser", f"<main><h2>Annonser, sida {number}</h2>{listed}{more}</main>")


def ad_page(ad: Ad) -> str:
    """Return the page of one ad."""
    facts = "".join(
        f"<dt>{label}</dt>{element('dd', kind, value)}"
        for label, kind, value in (
            ("Namn", "namn", ad.name),
            ("Ålder", "alder", ad.age),
            ("Ort", "ort", ad.city),
            ("Adress", "adress", ad.address),
            ("Lokal", "lokal", ad.venue),
            ("Pris", "pris", ad.price),
        )
        if value
    )
    pictures = "".join(f'<img class="bild" alt="" src="{escape(path_of(image))}">' for image in ad.images)
    accounts = tuple(f"{handle.kind}: {handle.value}" for handle in ad.handles)
    lists = items("telefon", ad.phones) + items("epost", ad.emails) + items("konton", accounts) + items("betalning", ad.payment)
    said = "<h3>Kommentarer</h3>" + items("kommentarer", ad.comments) if ad.comments else ""
    posted = element("time", "inlagd", ad.posted_at[:16].replace("T", " "), attributes=f' datetime="{escape(ad.posted_at)}"')
    by = f'<p class="dim">Inlagd {posted} av {element("span", "konto", ad.account)}</p>'
    inner = element("h1", "rubrik", ad.title) + by + pictures + element("div", "text", ad.body) + f"<dl>{facts}</dl>" + lists + said
    return page("torget", ad.title, f'<main><article class="annons" data-kategori="{escape(ad.category)}">{inner}</article></main>')
