"""A site's config as the text of its file, with the same comments that docs/SITES.md has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.records.site import FieldRule, SiteConfig

LINES = (
    ("fetcher", '"browser" for pages that show nothing without JavaScript'),
    ("hosts", "all that may be asked, pictures' hosts included"),
    ("start", "list pages to begin with"),
    ("sitemap", "addresses of sitemaps"),
    ("list_links", "links on a list page to further lists"),
    ("next_page", "link to the next list page"),
    ("ad_links", "links on a list page to ads"),
    ("ad_url", "what an ad's address must match"),
    ("ad_id", "the first group is the ad, where its address may change"),
    ("ad_address", "the address that it is fetched by and known by"),
    ("wait_for", "what must have appeared before a page is read"),
    ("scroll_max", "steps down a list page, for lists that show more as one scrolls"),
)


def toml_of(site: SiteConfig, *, remarks: Sequence[str] = ()) -> str:
    """Return the text of `config/sites/<site>.toml`.

    Args:
        remarks: sentences that stand at the top as comments.
    """
    lines = [f"# {remark}" for remark in remarks]
    lines.append(f"site = {literal(site.site)}")
    lines += [f"{name} = {literal(value)}   # {why}" for name, why in LINES if (value := getattr(site, name)) or name in ("start", "next_page")]
    if site.simulator:
        lines.append("simulator = true   # it stands on this machine; no other site may say so")
    lines += ["photos = false   # true only with a decision in legal_note that covers pictures"]
    lines += [f"legal_note = {literal(site.legal_note)}   # on what ground this site is read; without it nothing is fetched", ""]
    lines += ["[politeness]", f"delay_s = {site.politeness.delay_s}   # seconds between requests"]
    lines += [f"pages_max = {site.politeness.pages_max}   # pages a night", ""]
    if site.defaults:
        lines += ["[defaults]", *(f"{name} = {literal(value)}   # escort, massage, recruitment or other" for name, value in site.defaults.items()), ""]
    lines += ["[fields]", *(f"{rule.name} = {{ {', '.join(_parts(rule))} }}" for rule in site.fields)]
    return "\n".join(lines) + "\n"


def _parts(rule: FieldRule) -> Iterable[str]:
    for name in ("css", "xpath", "json_ld", "pattern", "split"):
        if value := getattr(rule, name):
            yield f"{name} = {literal(value)}"
    if rule.split:
        yield f"part = {rule.part}"
    for name in ("many", "required"):
        if getattr(rule, name):
            yield f"{name} = true"


def literal(value: object) -> str:
    """Return a text or texts as TOML: in single quotes where backslashes or double quotes would need care."""
    if isinstance(value, tuple | list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if ("\\" in text or '"' in text) and "'" not in text and "\n" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
