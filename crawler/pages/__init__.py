"""The door for a site that selectors cannot describe: a module here with the site's name and one pure function, `parse_ad`.

`crawler/pages/exempel.py` (a hyphen in the site's name becomes an underscore) holds

    def parse_ad(page: Page, site: SiteConfig, seen_at: datetime) -> Ad: ...

and nothing else is edited: no list of sites, no registration. It is called instead of reading by config, may call
`crawler.parse.read_ad` for what the config does say, and raises `MissingFieldError` for a page that is no ad. It opens no file, asks
no network and no clock: the same page gives the same ad. Its saved pages, kept by `lykta sites save`, are its test.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable
from datetime import datetime
from typing import Any

from crawler.records.ad import Ad
from crawler.records.site import SiteConfig

Reader = Callable[[Any, SiteConfig, datetime], Ad]


@functools.cache
def own_reader(site: str) -> Reader | None:
    """Return the function that reads a site's ads where it has one of its own; None for all that are read by config.

    Raises:
        AttributeError: the module has no `parse_ad`.
    """
    name = site.replace("-", "_")
    if not name.isidentifier() or importlib.util.find_spec(f"{__name__}.{name}") is None:
        return None
    reader: Reader = importlib.import_module(f"{__name__}.{name}").parse_ad
    return reader
