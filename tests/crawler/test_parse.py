"""A saved page and a config give an ad, always the same one, or say what is missing."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.overgrown import overgrown
from crawler.parse import Links, MissingFieldError, Page, fetched, list_links, parse_ad, sitemap_links, stored
from crawler.records.ad import Ad, Handle
from crawler.records.site import FieldRule, SiteConfig

AT = datetime(2026, 11, 23, 2)
BASE = "http://127.0.0.1:8000"


def site(*fields: FieldRule, **change: object) -> SiteConfig:
    values: dict[str, object] = {
        "site": "exempel", "fetcher": "http", "hosts": ("127.0.0.1",), "start": (BASE + "/",), "ad_links": "a.ad", "next_page": "a[rel=next]",
        "fetch_base": BASE, "public_base": "https://exempel.example", "simulator": True, **change,
    }  # fmt: skip
    return SiteConfig(fields=fields, **values)  # type: ignore[arg-type]


TITLE = FieldRule(name="title", css="h1", required=True)


def test_a_page_becomes_an_ad_with_the_listed_fields_alone() -> None:
    html = """<html><h1> Massage i <b>centrum</b></h1><pre class=body>Rad ett
Rad två</pre><p class=meta>Helsingborg · 24 år</p><ul><li class=h>telegram: exempel_lina</li></ul>
      <img src="/bilder/1.jpg"><img src="https://annan.example/2.jpg"><p class=secret>aldrig sparat</p></html>"""
    rules = (
        TITLE,
        FieldRule(name="body", css="pre.body"),
        FieldRule(name="city", css="p.meta::text", split="·", part=0),
        FieldRule(name="age", xpath="//p[@class='meta']", pattern=r"(\d+) år"),
        FieldRule(name="handles", css="li.h::text"),
        FieldRule(name="images", css="img::attr(src)", many=True),
    )
    assert parse_ad(Page(url=BASE + "/annons/17", text=html), site(*rules, defaults={"category": "massage"}), AT) == Ad(
        site="exempel", url="https://exempel.example/annons/17", seen_at=AT, title="Massage i centrum", body="Rad ett\nRad två", city="Helsingborg", age="24",
        category="massage", handles=(Handle(kind="telegram", value="exempel_lina"),),
        images=("https://exempel.example/bilder/1.jpg", "https://annan.example/2.jpg"),
    )  # fmt: skip


def test_structured_data_is_read_by_its_path() -> None:
    html = """<script type="application/ld+json">{"@type": "Product", "name": "Lina", "offers": {"price": 1500}, "image": ["/1.jpg", "/2.jpg"]}</script>"""
    rules = (
        FieldRule(name="title", json_ld="name"),
        FieldRule(name="price", json_ld="offers.price"),
        FieldRule(name="images", json_ld="image", many=True),
    )
    ad = parse_ad(Page(url=BASE + "/1", text=html), site(*rules), AT)
    assert (ad.title, ad.price, ad.images) == ("Lina", "1500", ("https://exempel.example/1.jpg", "https://exempel.example/2.jpg"))


@pytest.mark.parametrize("html", ["", "<h1> </h1>", "<p>Vi bygger om</p>", "\x00\xff<<<", "<script type='application/ld+json'>{broken</script>"])
def test_a_page_without_its_required_field_says_which(html: str) -> None:
    with pytest.raises(MissingFieldError, match="no title"):
        parse_ad(Page(url=BASE + "/1", text=html), site(TITLE), AT)


def test_a_list_page_gives_each_ad_once_and_the_next_page() -> None:
    html = (
        '<a class=ad href="/annons/2#bilder">b</a><a class=ad href="/annons/1">a</a><a class=ad href="/annons/2">b</a>'
        '<a href="/om">om</a><a rel=next href="?sida=2">'
    )
    assert list_links(Page(url=BASE + "/", text=html), site(ad_url="/annons/")) == Links(
        ads=(BASE + "/annons/2", BASE + "/annons/1"), next_page=BASE + "/?sida=2", named=2
    )


def test_identity_is_the_number_where_any_slug_answers() -> None:
    html = '<a class=ad href="/17-lina/"></a><a class=ad href="/17-another-slug/"></a>'
    found = list_links(Page(url=BASE + "/", text=html), site(ad_id=r"/(\d+)-", ad_address="/{id}-x/"))
    assert found.ads == (BASE + "/17-x/",)


def test_a_sitemap_gives_its_ads() -> None:
    xml = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{BASE}/annons/1</loc></url><url><loc>{BASE}/om</loc></url></urlset>"
    )
    assert sitemap_links(Page(url=BASE + "/sitemap.xml", text=xml), site(ad_url="/annons/")).ads == (BASE + "/annons/1",)


def test_addresses_are_stored_in_public_and_fetched_where_they_are() -> None:
    assert stored(BASE + "/annons/1", site()) == "https://exempel.example/annons/1"
    assert fetched("https://exempel.example/annons/1", site()) == BASE + "/annons/1"


def test_a_tag_of_tens_of_thousands_of_attributes_is_told_from_long_texts_scripts_and_pictures_within_a_page() -> None:
    named = " ".join(f"a{number}=1" for number in range(20_000))
    words = "ord " * 40_000
    grown = (f"<h1 {named}>x</h1>", f"<p>{words}</p><h1 x='>' {named}>", f"<h1 {'a/' * 40_000}", f"<h1 x=\"<\" {named}>")
    plain = (f"<p>{words}</p>", f"<script>{words}</script>", f'<img alt="x" src="data:image/png;base64,{"ab/" * 40_000}">', "<br>" * 40_000, words)
    assert [overgrown(text) for text in (*grown, *plain)] == [True] * 4 + [False] * 5
