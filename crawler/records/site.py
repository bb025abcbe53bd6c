"""What `config/sites/<site>.toml` says, as typed values. Reading and checking the file is the pipeline's settings' work."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """Where one field of an ad stands on its page: a CSS selector, an XPath, or a path into the page's JSON-LD.

    Exactly one of css, xpath, json_ld is set. `many` keeps all hits (phones, images); otherwise the first that is not empty.
    `pattern` is an RE2 expression whose first group is kept; `split`/`part` cut the text at a separator and keep one part.
    """

    name: str
    css: str = ""
    xpath: str = ""
    json_ld: str = ""
    many: bool = False
    pattern: str = ""
    split: str = ""
    part: int = 0
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How gently the site is read. A longer robots.txt Crawl-delay wins over `delay_s`."""

    delay_s: float = 5.0
    pages_max: int = 5000
    timeout_s: float = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """Bounds of an ordinary run; a run outside is kept, marked suspect, and calls no ad gone. 0 leaves a bound to the site's own history.

    Attributes:
        ads_min, ads_max: ads that the lists name.
        phone_rate_min: share of the ads read that show a phone, 0-1.
        rate_min: field to the share of the ads read that show it, 0-1.
        new_share_max, absent_share_max: shares of the ads named that were not known, and of the known ones that were not named, 0-1.
        history: False compares with these bounds alone.
    """

    ads_min: int = 0
    ads_max: int = 0
    phone_rate_min: float = 0.0
    rate_min: dict[str, float] = field(default_factory=dict)
    new_share_max: float = 0.0
    absent_share_max: float = 0.0
    history: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """How often an ad that is known is asked for again: every night while young, then every so many nights. Ads that stand in the lists count as seen."""

    young_days: int = 7
    middle_days: int = 30
    middle_every: int = 3
    old_every: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """One site: where to start, how to go on, how to read an ad, and on what legal ground.

    Attributes:
        fetcher: `http` or `browser` (for pages that show nothing without JavaScript).
        start: addresses of list pages or sitemaps to begin with.
        sitemap: addresses of sitemaps; every address in them that matches `ad_url` is an ad.
        next_page: selector of the link to the next list page ("" when there is none).
        list_links: selector of links to further lists on a list page, such as sections and places ("" when there are none).
        ad_links: selector of links to ads on a list page.
        ad_url: RE2 expression that an ad's address must match ("" for any).
        ad_id: RE2 expression whose first group is the ad's identity, where the address may change ("" for the address).
        ad_address: the address to fetch and store, with `{id}` for the identity ("" for the address as found).
        wait_for: selector that a browser page must show before it is read.
        scroll_max: steps by which the browser scrolls down a list page, for lists that show more as one scrolls; 0 for none.
        defaults: field values that hold for every ad of the site, such as its category.
        fetch_base, public_base: where pages are fetched and the address under which they are stored, when the two differ
            (the made-up town runs on any free port, yet its ads keep their addresses): the prefix `fetch_base` of every
            address is stored as `public_base`, and turned back before a fetch. Both "" otherwise.
        simulator: loopback addresses are allowed; only the made-up town says so.
        photos: pictures may be fetched and hashed (second pass).
    """

    site: str
    fetcher: str
    hosts: tuple[str, ...]
    start: tuple[str, ...]
    fields: tuple[FieldRule, ...]
    sitemap: tuple[str, ...] = ()
    next_page: str = ""
    list_links: str = ""
    ad_links: str = ""
    ad_url: str = ""
    ad_id: str = ""
    ad_address: str = ""
    wait_for: str = ""
    scroll_max: int = 0
    fetch_base: str = ""
    public_base: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    politeness: Politeness = Politeness()
    expect: Expectations = Expectations()
    revisit: Revisit = Revisit()
    photos: bool = False
    simulator: bool = False
    legal_note: str = ""
    user_agent: str = ""
