"""Anslaget: detail pages that carry everything as JSON-LD, found through a sitemap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from crawler.records.ad import Ad
from simulator.pages.frame import element, page, path_of

SHOWN = 60  # ads on the front page

CONFIG = r"""
start     = []
sitemap   = ["/sitemap.xml"]
ad_url    = '/objekt/\d+'
ad_id     = '/objekt/(\d+)'
ad_address = "/objekt/{id}"

[fields]
category = { json_ld = "category" }
title    = { json_ld = "name", required = true }
body     = { json_ld = "description" }
posted_at = { json_ld = "datePosted" }
name     = { json_ld = "seller.givenName" }
age      = { json_ld = "seller.age" }
city     = { json_ld = "availableAtOrFrom.address.addressLocality" }
address  = { json_ld = "availableAtOrFrom.address.streetAddress" }
venue    = { json_ld = "availableAtOrFrom.name" }
price    = { json_ld = "offers.description" }
phones   = { json_ld = "seller.telephone", many = true }
emails   = { json_ld = "seller.email", many = true }
handles  = { json_ld = "seller.sameAs", many = true }
payment  = { json_ld = "offers.acceptedPaymentMethod", many = true }
account  = { json_ld = "seller.identifier" }
comments = { json_ld = "comment.text", many = true }
images   = { json_ld = "image", many = true }
"""


def sitemap(base: str, paths: Sequence[str]) -> str:
    """Return a sitemap of paths below a base address."""
    rows = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def structured(ad: Ad) -> dict[str, Any]:
    """Return an ad as schema.org has it."""
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": ad.title,
        "description": ad.body,
        "category": ad.category,
        "datePosted": ad.posted_at,
        "image": [path_of(image) for image in ad.images],
        "seller": {
            "@type": "Person",
            "givenName": ad.name,
            "age": ad.age,
            "telephone": list(ad.phones),
            "email": list(ad.emails),
            "sameAs": [f"{handle.kind}: {handle.value}" for handle in ad.handles],
            "identifier": ad.account,
        },
        "availableAtOrFrom": {
            "@type": "Place",
            "name": ad.venue,
            "address": {"@type": "PostalAddress", "addressLocality": ad.city, "streetAddress": ad.address},
        },
        "offers": {"@type": "Offer", "description": ad.price, "acceptedPaymentMethod": list(ad.payment)},
        "comment": [{"@type": "Comment", "text": text} for text in ad.comments],
    }


def list_page(ads: Sequence[Ad]) -> str:
    """Return the front page: the newest ads, for people."""
    rows = "".join(
        f'<div class="rad"><a href="{escape(path_of(ad.url))}">{escape(ad.title)}</a> {element("span", "dim", ad.city)}</div>' for ad in ads[:SHOWN]
    )
    return page("anslaget", "Anslagstavlan", f"<main><h2>På tavlan nu</h2>{rows}</main>")


def ad_page(ad: Ad) -> str:
    """Return the page of one ad."""
    script = json.dumps(structured(ad), ensure_ascii=False).replace("<", "\\u003c")
    pictures = "".join(f'<img alt="" src="{escape(path_of(image))}">' for image in ad.images)
    facts = " · ".join(part for part in (ad.name, ad.age, ad.city, ad.address, ad.venue, ad.price, *ad.phones, *ad.emails) if part)
    inner = element("h1", "namn", ad.title) + pictures + element("p", "text", ad.body) + element("p", "dim", facts)
    return page("anslaget", ad.title, f"<main>{inner}</main>", head=f'<script type="application/ld+json">{script}</script>')
