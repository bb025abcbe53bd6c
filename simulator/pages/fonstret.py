"""Fönstret: pages that are empty until their script has run."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Sequence
from pathlib import Path

from crawler.records.ad import Ad
from simulator.pages.frame import page, path_of

PAGE_ADS = 30

CONFIG = r"""
start     = ["/"]
next_page = "a.fler"
ad_links  = "a.kort"
ad_url    = '/a/\d+'
ad_id     = '/a/(\d+)'
ad_address = "/a/{id}"
wait_for  = "main.klar"

[fields]
category = { css = "section.visning::attr(data-slag)" }
title    = { css = "section.visning h1", required = true }
body     = { css = "section.visning .beskrivning" }
posted_at = { css = "section.visning [data-falt=posted_at]" }
name     = { css = "section.visning [data-falt=name]" }
age      = { css = "section.visning [data-falt=age]" }
city     = { css = "section.visning [data-falt=city]" }
address  = { css = "section.visning [data-falt=address]" }
venue    = { css = "section.visning [data-falt=venue]" }
price    = { css = "section.visning [data-falt=price]" }
phones   = { css = "section.visning [data-falt=phones]" }
emails   = { css = "section.visning [data-falt=emails]" }
handles  = { css = "section.visning [data-falt=handles]" }
payment  = { css = "section.visning [data-falt=payment]" }
account  = { css = "section.visning [data-falt=account]" }
comments = { css = "section.visning [data-falt=comments]" }
images   = { css = "section.visning img::attr(src)" }
"""


@functools.cache
def script() -> str:
    """Return the script that shows lists and ads."""
    return Path(__file__).with_suffix(".js").read_text("utf-8")


def shell(embedded: str = "") -> str:
    """Return the page as it is served: an empty main part, the script, and for an ad its content as JSON."""
    inner = '<main id="app"><noscript>Den här sidan kräver JavaScript.</noscript></main>'
    return page("fonstret", "Fönstret", f'{inner}{embedded}<script src="/visa.js"></script>')


def list_json(ads: Sequence[Ad], following: str) -> str:
    """Return what the script fetches for a list page."""
    rows = [{"path": path_of(ad.url), "title": ad.title, "city": ad.city} for ad in ads]
    return json.dumps({"annonser": rows, "nasta": following}, ensure_ascii=False)


def ad_page(ad: Ad) -> str:
    """Return the page of one ad; without its script it shows nothing."""
    content = {name: value for name, value in dataclasses.asdict(ad).items() if name not in ("site", "url", "seen_at")}
    content["images"] = [path_of(image) for image in ad.images]
    content["handles"] = [f"{handle.kind}: {handle.value}" for handle in ad.handles]
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return shell(f'<script type="application/json" id="annons">{text}</script>')
